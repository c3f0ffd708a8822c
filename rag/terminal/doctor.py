"""What is wrong here, and the command that fixes it."""

from collections.abc import Callable
from dataclasses import dataclass

from rag.errors import RagError
from rag.terminal.commands import Session


@dataclass(frozen=True, slots=True)
class Check:
    """One thing an installation may have; ``look`` says what it found or raises."""

    name: str
    needed: bool
    look: Callable[[], object]


def examine(session: Session) -> int:
    """Print a line for each check; the exit code of the first failure among what is needed."""
    codes = [_examined(check, session) for check in _checks(session)]
    return next((code for code in codes if code), 0)


def _examined(check: Check, session: Session) -> int:
    try:
        session.display.line(f"ok       {check.name}: {check.look()}")
    except RagError as error:
        verdict = "problem" if check.needed else "absent"
        session.display.line(f"{verdict:<8} {check.name}: {error}")
        return error.exit_code if check.needed else 0
    return 0


def _checks(session: Session) -> list[Check]:
    wiring, settings = session.wiring, session.settings
    return [
        Check("embedder", True, lambda: wiring.embedder_folder),
        Check("embedded model", False, lambda: settings.gguf or wiring.weights.language_model),
        Check("ollama", False, lambda: wiring.ollama_chat(settings.ollama_model).identity.name),
        Check("index", True, lambda: f"{_articles(session)} articles in {settings.home}"),
    ]


def _articles(session: Session) -> int:
    return session.wiring.retriever.index.contents().articles

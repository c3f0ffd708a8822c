"""A conversation at a prompt: follow-up questions are understood from the turns before."""

import contextlib
from dataclasses import replace
from datetime import date

from rag.answering.assistant import Assistant
from rag.domain import Question, Turn
from rag.errors import RagError
from rag.terminal.display import Display
from rag.terminal.question import parse_question

PROMPT = "? "
_END = frozenset({"exit", "quit", "/exit", "/quit", ":q"})


def converse(assistant: Assistant, as_of: date, display: Display) -> None:
    """Ask and answer until end of input; Ctrl-C stops one answer, at the prompt the whole."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - line editing and history where there is a terminal

    display.note(f"As of {as_of}. Ask; Ctrl-D ends, Ctrl-C stops an answer.")
    history: tuple[Turn, ...] = ()
    while (text := _read()) is not None:
        if text.strip().lower() in _END:
            return
        if text.strip():
            history += _exchange(assistant, Question(text, as_of, history), display)


def _read() -> str | None:
    try:
        return input(PROMPT)
    except EOFError:
        return None


def _exchange(assistant: Assistant, question: Question, display: Display) -> tuple[Turn, ...]:
    """One question and its answer; a failure is shown and the conversation goes on."""
    try:
        asked = replace(question, text=parse_question(question.text))
        with display.busy("Reading the articles …"):
            answer = assistant.ask(asked, display.claim)
    except KeyboardInterrupt:
        display.note("Stopped.")
        return ()
    except RagError as error:
        display.error(str(error))
        return ()
    display.rest(answer)
    return (Turn(asked.text, answer.text),)

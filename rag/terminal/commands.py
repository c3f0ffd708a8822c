"""What each command does, once its words are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rag.answering.as_json import answer_json, article_json, search_json
from rag.answering.question.interpret import interpret
from rag.domain import Evidence, Question
from rag.settings import Settings
from rag.terminal.display import Display, dated
from rag.terminal.last import cited_spans, remember
from rag.terminal.question import parse_as_of, parse_question
from rag.wiring import Wiring

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant
    from rag.terminal.timeline import TimelineOutput

ABSTAINED = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much evidence to show."""

    limit: int
    one_an_article: bool

    def of(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The best of it, within the limit."""
        best: dict[str, Evidence] = {}
        for item in evidence:
            best.setdefault(item.article.id, item)
        chosen = best.values() if self.one_an_article else evidence
        return list(chosen)[: self.limit]


@dataclass(frozen=True, slots=True)
class Session:
    """The settings of one command, how it prints and what it is wired to."""

    settings: Settings
    display: Display
    wiring: Wiring

    @classmethod
    def start(cls, **flags: Any) -> Self:
        """The session for these flags; ``None`` means a flag was not given."""
        settings, display = Settings.load(flags), Display()
        return cls(settings, display, Wiring(settings, display.note, display.progress))


def ingest(paths: Sequence[Path], session: Session, *, rebuild: bool, as_json: bool) -> None:
    """Bring the index in line with the files and say what changed."""
    with session.display.progress() as advance:
        report = session.wiring.ingest(paths, advance, rebuild=rebuild)
    if as_json:
        session.display.json(report.as_json())
        return
    session.display.ingested(report)


def ask(question: str, days: Sequence[str], session: Session, *, as_json: bool) -> int:
    """Answer as of each day in turn; the exit code is that of the least answered."""
    text = parse_question(question)
    questions = [Question(text, parse_as_of(day)) for day in days]
    assistant = session.wiring.assistant
    codes = []
    for number, item in enumerate(questions):
        if len(questions) > 1 and not as_json:
            session.display.heading(item, first=number == 0)
        codes.append(_answer(item, assistant, session, as_json=as_json))
    return max(codes)


def _answer(question: Question, assistant: "Assistant", session: Session, *, as_json: bool) -> int:
    display = session.display
    if as_json:
        answer = assistant.ask(question)
        display.json(answer_json(answer))
    else:
        with display.busy("Reading the articles …"):
            answer = assistant.ask(question, display.claim)
        display.rest(answer)
    remember(session.settings.home, answer)
    return ABSTAINED if answer.status == "abstained" else 0


def search(question: str, as_of: str, wanted: Wanted, session: Session, *, as_json: bool) -> int:
    """Show evidence without a model; 1 where there is none at all."""
    asked = Question(parse_question(question), parse_as_of(as_of))
    evidence = wanted.of(session.wiring.retriever.search(interpret(asked), wanted.limit))
    if as_json:
        session.display.json(search_json(asked, evidence))
    else:
        session.display.evidence(evidence)
    return 0 if evidence else ABSTAINED


def timeline(topic: str, as_of: str, output: "TimelineOutput", session: Session) -> int:
    """Show what is told of a topic, by the days it speaks of; 1 where that is nothing."""
    from rag.answering.timeline.timeline import make_timeline

    asked = interpret(Question(parse_question(topic), parse_as_of(as_of)))
    retriever = session.wiring.retriever
    found = retriever.statements(asked)
    made = make_timeline(asked, found, retriever.coverage(asked.as_of), output.limit)
    output.show(made, session.display)
    return 0 if made.entries else ABSTAINED


def chat(as_of: str, session: Session) -> None:
    """Hold a conversation."""
    from rag.terminal.repl import converse

    day = parse_as_of(as_of)
    converse(session.wiring.assistant, day, session.display)


def batch(file: str, as_of: str, session: Session) -> int:
    """Answer every line, each answer written out before the next is begun.

    The exit code is 0 unless a line wanted an index or a model that is not there.
    """
    from rag.terminal.batch import Batch
    from rag.terminal.lines import opened_lines

    wiring = session.wiring
    answers = Batch(lambda: wiring.assistant, wiring.assistant_over, parse_as_of(as_of))
    code = 0
    with opened_lines(file) as lines:
        for reply in answers.run(lines):
            session.display.json(reply.record)
            code = max(code, reply.exit_code)
    return code


def show(article: str, session: Session, *, as_json: bool) -> None:
    """Show one stored article."""
    found = session.wiring.index.article(article)
    if as_json:
        session.display.json(article_json(found))
        return
    session.display.article(found, cited_spans(session.settings.home, found))


def status(session: Session, *, as_json: bool) -> None:
    """Show what is indexed, article by article."""
    index = session.wiring.index
    if as_json:
        session.display.json(index.status_json())
        return
    for article in index.catalog.articles():
        session.display.line(f"{article.id}  {dated(article.published)}  {article.title}")


def pull(session: Session) -> None:
    """Fetch what is missing of the weights."""
    with session.display.progress() as advance:
        session.wiring.weights.pull(advance)
    session.display.note(f"The weights are complete in {session.settings.cache}.")

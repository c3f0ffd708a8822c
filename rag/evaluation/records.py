"""What was replied to one question, and the line of a run folder that keeps it.

A line of ``answers.jsonl`` and ``baseline.jsonl``:

    {"id", "set", "kind", "as_of", "question", "turns",
     "expected": {"status", "contains", "excludes", "may_cite"}, with "times" where a text is read,
         "supported" where a claim is checked,
     "answer": the answer as ``rag ask --json`` prints it, or null where none is measured,
     "ranked": ids of the articles retrieved, best first; empty where retrieval is not measured,
     "times": {"timexes": those found, "sentences", "seconds"}, or null where no text is read,
     "dated": {"day", "basis", "earliest", "latest"} found for an undated article, or null,
     "support": {"supported", "score", "quote", "why"} of a claim, or null,
     "rejected": [{"text", "failed": [names of checks], "wrong"}] of drafted sentences not said,
     "texts": {article id: its text} of every article cited, named as nearest or read,
     "scores": {metric: number, or null where it does not apply}}
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from rag.answering.as_json import answer_json
from rag.answering.grounding import Support
from rag.domain import Answer, Article, Published
from rag.evaluation.questions import EvalQuestion, Expected, expected_of
from rag.evaluation.timexes import Found

Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with the articles it cites or names as nearest; or none, but what was measured.

    ``ranked`` are ids of articles; ``times`` were found in the one article of ``articles``;
    ``dated`` is when an article without a date was published, as far as its text tells;
    ``support`` is the verdict on a claim.
    """

    answer: Answer | None = None
    articles: Mapping[str, Article] = field(default_factory=dict)
    ranked: tuple[str, ...] = ()
    times: Found | None = None
    dated: Published | None = None
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A drafted sentence that was not said, and whether saying it alone would have been wrong."""

    text: str
    failed: tuple[str, ...]
    wrong: bool

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The rejection that a line holds. Raises ``KeyError`` or ``TypeError``."""
        return cls(fields["text"], tuple(fields["failed"]), fields["wrong"])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a run folder, as far as the program reads it again."""

    id: str
    set: str
    kind: str
    as_of: str
    expected: Expected
    answer: Mapping[str, Any] | None
    ranked: tuple[str, ...]
    times: Found | None
    dated: Published | None
    support: Support | None
    scores: Scores

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The row that a line holds. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
        return cls(
            fields["id"],
            fields["set"],
            fields["kind"],
            fields["as_of"],
            expected_of(fields["expected"]),
            fields["answer"],
            tuple(fields["ranked"]),
            Found.of(fields.get("times")),
            published_of(fields.get("dated")),
            support_of(fields.get("support")),
            dict(fields["scores"]),
        )

    @property
    def key(self) -> tuple[str, str]:
        """The set and the question."""
        return self.set, self.id

    @property
    def status(self) -> str | None:
        """The status of the answer, where there is one."""
        return str(self.answer["status"]) if self.answer else None

    @property
    def said(self) -> Any:
        """All that was replied, without what it took: equal in two equal runs."""
        answer = {name: value for name, value in (self.answer or {}).items() if name != "timings"}
        return answer, self.ranked, self.times and self.times.timexes, self.dated, self.support


def published_of(fields: Mapping[str, Any] | None) -> Published | None:
    """The date that a line holds, if any. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    if fields is None:
        return None
    day, earliest, latest = (
        date.fromisoformat(fields[name]) if fields[name] else None
        for name in ("day", "earliest", "latest")
    )
    return Published(day, fields["basis"], earliest, latest)


def support_of(fields: Mapping[str, Any] | None) -> Support | None:
    """The verdict that a line holds, if any. Raises ``KeyError`` or ``TypeError``."""
    return None if fields is None else Support(**fields)


def _published_json(published: Published) -> dict[str, str | None]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(published).items()
    }


def line_of(
    name: str,
    question: EvalQuestion,
    reply: Reply,
    scores: Scores,
    rejections: Sequence[Rejection] = (),
) -> dict[str, Any]:
    """The line that keeps a reply and its scores."""
    return {
        "id": question.id,
        "set": name,
        "kind": question.kind,
        "as_of": question.as_of.isoformat(),
        "question": question.text,
        "turns": list(question.turns),
        "expected": question.expected.as_json(),
        "answer": answer_json(reply.answer, question.id) if reply.answer else None,
        "ranked": list(reply.ranked),
        "times": reply.times.as_json() if reply.times else None,
        "dated": _published_json(reply.dated) if reply.dated else None,
        "support": asdict(reply.support) if reply.support else None,
        "rejected": [asdict(item) for item in rejections],
        "texts": {name: article.text for name, article in reply.articles.items()},
        "scores": dict(scores),
    }

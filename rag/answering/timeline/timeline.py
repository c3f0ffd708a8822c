"""What articles tell of a topic in the order of its days: planned, changed and done.

Plan and outcome are kept apart: what was only announced stays a plan, and is marked once its
day has passed; what was told as past is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Literal, Self

from rag.answering.evidence.topic import Topic
from rag.answering.question.interpret import Interpretation
from rag.answering.timeline.statements import Statement, Told, find_statements
from rag.answering.timeline.strands import Strand, Strands
from rag.domain import Citation, Coverage, Evidence, Published, TimeSpan

# Where it stands on the day asked. A plan is ``ahead``; ``replaced`` by a later one; ``withdrawn``
# where the sentence moves or drops it; ``reported`` where it was told as past since; else
# ``passed``: its day is over, and no article tells what came of it.
Standing = Literal["ahead", "replaced", "withdrawn", "reported", "passed", "done"]


@dataclass(frozen=True, slots=True)
class Telling:
    """Days that were told, whether they are reckoned from an inferred date, and when told."""

    span: TimeSpan
    is_inferred: bool
    published: Published

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """The days of this statement."""
        return cls(statement.span, statement.is_inferred, statement.evidence.article.published)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told for some days, the sentence that tells it best cited first.

    ``day`` is its place in the order: the first of the days, of a plan the first still ahead.
    ``before`` is what was planned until this changed it, ``replaced_by`` what it gave way to.
    """

    kind: Told
    day: date
    days: Telling
    standing: Standing
    citations: tuple[Citation, ...]
    before: Telling | None = None
    replaced_by: Telling | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of a topic as of a day, in the order of the days they speak of.

    ``left_out`` earlier ones were more than wanted.
    """

    topic: str
    as_of: date
    entries: tuple[Entry, ...]
    left_out: int
    coverage: Coverage


def make_timeline(
    interpretation: Interpretation, evidence: Sequence[Evidence], coverage: Coverage, limit: int
) -> Timeline:
    """The last so many dated statements about the topic, of articles that existed on its day."""
    as_of = interpretation.as_of
    visible = [item for item in evidence if item.article.published.exists_on(as_of)]
    topic = Topic.of(interpretation, visible)
    strands = Strands(topic, find_statements(topic, visible))
    kept = strands.in_order[-limit:]
    numbers = count(1)
    entries = tuple(_entry(strand, strands, as_of, numbers) for strand in kept)
    left_out = len(strands.in_order) - len(kept)
    return Timeline(interpretation.text, as_of, entries, left_out, coverage)


def _entry(strand: Strand, strands: Strands, as_of: date, numbers: Iterator[int]) -> Entry:
    before, after = strands.replaced_by(strand), strands.that_replaces(strand)
    return Entry(
        kind="changed" if before else strand.head.told,
        day=strand.head.starts,
        days=Telling.of(strand.head),
        standing=_standing(strand, strands, as_of),
        citations=tuple(Citation.of(item.evidence, next(numbers)) for item in strand.statements),
        before=Telling.of(before.head) if before else None,
        replaced_by=Telling.of(after.head) if after else None,
    )


def _standing(strand: Strand, strands: Strands, as_of: date) -> Standing:
    if strand.head.told == "done":
        return "done"
    if strands.that_replaces(strand):
        return "replaced"
    if strands.has_report_of(strand):
        return "reported"
    if strand.head.told == "changed":
        return "withdrawn"
    return "ahead" if strand.head.last_day >= as_of else "passed"

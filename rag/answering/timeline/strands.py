"""Statements about one topic, joined where they tell the same, and which plan replaced which."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self

from rag.answering.evidence.topic import Topic
from rag.answering.language.terms import terms
from rag.answering.timeline.plans import supersedes
from rag.answering.timeline.statements import Statement

# Two reports of one event share at least half of their words.
_SAME_REPORT = 0.5


@dataclass(frozen=True, slots=True)
class Strand:
    """Statements that tell the same; the head is the first and most exact of them."""

    statements: tuple[Statement, ...]

    @property
    def head(self) -> Statement:
        """The one that stands for all."""
        return self.statements[0]

    @property
    def is_plan(self) -> bool:
        """Whether it was told before its day."""
        return self.head.told != "done"

    def joined_by(self, statement: Statement) -> Self:
        """The same with one more at its end."""
        return replace(self, statements=(*self.statements, statement))


class Strands:
    """All that was told of one topic."""

    def __init__(self, topic: Topic, statements: Iterable[Statement]) -> None:
        self._topic = topic
        self._strands: list[Strand] = []
        for statement in sorted(statements, key=_first_and_most_exact):
            self._add(statement)

    @cached_property
    def in_order(self) -> list[Strand]:
        """The strands by the day they speak of, then by the day they were published."""
        return sorted(self._strands, key=lambda strand: _place(strand.head))

    def that_replaces(self, plan: Strand) -> Strand | None:
        """The first later plan that gives this one another or a more exact day."""
        return next((newer for newer, older in self._replacements if older is plan), None)

    def replaced_by(self, plan: Strand) -> Strand | None:
        """The last earlier plan that this one replaced."""
        replaced = [older for newer, older in self._replacements if newer is plan]
        return max(replaced, key=lambda strand: strand.head.published, default=None)

    def has_report_of(self, plan: Strand) -> bool:
        """Whether an article tells as past what was planned, for a day that was planned."""
        starts, ends = plan.head.starts, plan.head.last_day
        return any(
            starts <= other.head.last_day
            and other.head.first_day <= ends
            and self._is_same(other.head, plan.head)
            for other in self._strands
            if not other.is_plan
        )

    def _add(self, statement: Statement) -> None:
        """To the newest strand that tells the same: beside days, prefer all of them to one."""
        for place in reversed(range(len(self._strands))):
            if self._repeats(statement, self._strands[place].head):
                self._strands[place] = self._strands[place].joined_by(statement)
                return
        self._strands.append(Strand((statement,)))

    def _repeats(self, statement: Statement, head: Statement) -> bool:
        """Whether it tells no more than the head, published before it or on the same day."""
        if statement.told != head.told or not head.is_within(statement):
            return False
        if statement.told == "done":
            return statement.is_within(head) and _likeness(statement, head) >= _SAME_REPORT
        if statement.is_exact and not statement.is_within(head):
            return False
        return head.last_day >= statement.published and self._is_same(statement, head)

    def _replaces(self, newer: Strand, older: Strand) -> bool:
        """Whether a plan that was still ahead became this one of a later day."""
        new, old = newer.head, older.head
        if not newer.is_plan or old.told != "planned" or not new.overlaps(old):
            return False
        if not old.published < new.published <= old.last_day or not self._is_same(new, old):
            return False
        is_more_exact = not old.is_exact and supersedes(new.evidence, old.evidence)
        return new.told == "changed" or is_more_exact

    @cached_property
    def _replacements(self) -> list[tuple[Strand, Strand]]:
        """Each plan that was replaced, behind the plan of the first day that did so."""
        found = []
        for older in self._strands:
            newer = [other for other in self._strands if self._replaces(other, older)]
            if newer:
                found.append((min(newer, key=lambda strand: strand.head.published), older))
        return found

    def _is_same(self, one: Statement, other: Statement) -> bool:
        return self._topic.is_shared_by(one.evidence.quote, other.evidence.quote)


def _first_and_most_exact(statement: Statement) -> tuple[date, int, str, int]:
    evidence = statement.evidence
    width = (statement.last_day - statement.first_day).days
    return statement.published, width, evidence.article.id, evidence.start


def _place(statement: Statement) -> tuple[date, date, str, int]:
    evidence = statement.evidence
    return statement.starts, statement.published, evidence.article.id, evidence.start


def _likeness(one: Statement, other: Statement) -> float:
    """The share of the words of both that each has (Jaccard)."""
    first, second = terms(one.evidence.quote), terms(other.evidence.quote)
    return len(first & second) / (len(first | second) or 1)

"""What a sentence told of a topic on the day it was published: a plan, its end, or an event."""

import re
from calendar import day_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from rag.answering.evidence.topic import Topic
from rag.answering.language.clauses import clause_start
from rag.answering.timeline.plans import published_day
from rag.domain import Evidence, Published, TimeSpan
from rag.reading.narrative import Direction, Narrative

Told = Literal["planned", "changed", "done"]

# What undoes or moves a plan. Such a sentence tells no outcome, whatever its tense.
CHANGES = re.compile(
    r"\b(postpon|reschedul|cancel|delay|put off|called? off|pushed? back|brought? forward"
    r"|moved? (to|from)|no longer|will not|won['’]t)",
    re.IGNORECASE,
)
_LOOKS_AHEAD = re.compile(r"\b(would|was to|were to)\b", re.IGNORECASE)
_RECENTLY = re.compile(r"recently|lately", re.IGNORECASE)
_WEEKDAY = re.compile("|".join(day_name), re.IGNORECASE)
# How far back "recently" reaches, and how old the news may be that "said on Tuesday" brings.
_RECENT = timedelta(days=31)
_TOLD = timedelta(days=7)
# "Lavrov said during a meeting on Monday": what was said then has been held.
_TOLD_THERE = re.compile(r"\s*(?:during|at)\s+(?:an?|the|his|her|their)\s", re.IGNORECASE)
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and the one time it tells of the topic; ``evidence.spans`` is that time."""

    evidence: Evidence
    told: Told

    @property
    def span(self) -> TimeSpan:
        """When it is said to happen or to have happened."""
        return self.evidence.spans[0]

    @property
    def published(self) -> date:
        """The day it was published, the first of the calendar where that is unknown."""
        return published_day(self.evidence)

    @property
    def first_day(self) -> date:
        """The first day it may mean: "recently" is the month before."""
        return self.span.first_day or self.last_day - _RECENT

    @property
    def last_day(self) -> date:
        """The last day it may mean."""
        return self.span.last_day or date.max

    @property
    def starts(self) -> date:
        """Where it belongs in the order of days: of a plan, only what was ahead counts."""
        if self.told == "done":
            return self.span.first_day or self.last_day
        return max(self.first_day, self.published)

    @property
    def is_exact(self) -> bool:
        """Whether it names days, not a week, a month or a year."""
        return bool(_A_DAY.search(self.span.timex))

    @property
    def is_inferred(self) -> bool:
        """Whether its days are reckoned from a date that is itself inferred."""
        article, year = self.evidence.article, f"{self.last_day.year:04}"
        return article.published.basis == "inferred" and year not in article.text

    def overlaps(self, other: "Statement") -> bool:
        """Whether both may mean the same day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def is_vaguer(self, other: "Statement") -> bool:
        """Whether the other tells some of its days more exactly."""
        return other.is_within(self) and not self.is_within(other)

    def is_within(self, other: "Statement") -> bool:
        """Whether its days are all among those of the other."""
        return other.first_day <= self.first_day and self.last_day <= other.last_day


def find_statements(topic: Topic, evidence: Sequence[Evidence]) -> list[Statement]:
    """What the sentences tell of the topic, one for each time; without a day there is none."""
    return [statement for item in evidence for statement in _statements(topic, item)]


def looks_back(evidence: Evidence) -> bool:
    """Whether it tells in the past of a time that was not over: "was better this year"."""
    day = evidence.article.published.day
    return (
        day is not None
        and any(_is_ahead(span, day) and not _begins_after(span, day) for span in evidence.spans)
        and all(_direction(evidence, span) == "past" for span in evidence.spans)
    )


def _statements(topic: Topic, evidence: Evidence) -> Iterator[Statement]:
    found = [
        Statement(replace(evidence, spans=(span,)), told)
        for span in topic.times_in(evidence)
        if _is_usable(span) and (told := _told(topic, evidence, span))
    ]
    has_plan = any(item.told != "done" for item in found)
    return (item for item in found if not (has_plan and _is_of_the_telling(item)))


def _is_usable(span: TimeSpan) -> bool:
    """Whether it stands for days: now does not, nor does "every year" or "in 25 years"."""
    is_date = span.kind in ("DATE", "TIME") and not span.is_now
    begins = span.first_day is not None or _RECENTLY.fullmatch(span.text)
    return bool(is_date and begins and span.last_day)


def _is_of_the_telling(statement: Statement) -> bool:
    """Beside a plan, a day of the last week is the day on which it was told."""
    is_recent = statement.told == "done" and statement.last_day >= statement.published - _TOLD
    return is_recent and not _TOLD_THERE.match(_clause(statement.evidence, statement.span))


def _told(topic: Topic, evidence: Evidence, span: TimeSpan) -> Told | None:
    """How the sentence tells that time; nothing where it does not decide."""
    published, direction = evidence.article.published, _direction(evidence, span)
    if published.day is None:
        return "done" if direction == "past" else None
    if CHANGES.search(evidence.quote):
        return "changed" if _is_ahead(span, published.day) else None
    if direction == "future":
        return "planned" if _is_ahead(span, published.day) else None
    if _is_over(span, published):
        return "done" if _is_outcome(topic, evidence, span) else None
    if direction == "open" or _begins_after(span, published.day):
        return "planned"
    return "done" if topic.has_happened(_clause(evidence, span)) else None


def _is_outcome(topic: Topic, evidence: Evidence, span: TimeSpan) -> bool:
    """Whether it tells of days behind it what happened, not what was agreed or left open."""
    after = evidence.article.text[span.end : evidence.end]
    if topic.is_intended(_clause(evidence, span), after):
        return False
    if _direction(evidence, span) == "past" or _TOLD_THERE.match(_clause(evidence, span)):
        return True
    return _is_long_over(span, evidence.article.published) and not _WEEKDAY.match(span.text)


def _direction(evidence: Evidence, span: TimeSpan) -> Direction:
    """Where the clause of that time looks."""
    before = _clause(evidence, span)
    if _LOOKS_AHEAD.search(before):
        return "future"
    clause = before + evidence.article.text[span.start : evidence.end]
    return Narrative(clause).direction(len(before), len(before) + len(span.text))


def _clause(evidence: Evidence, span: TimeSpan) -> str:
    """What its clause says before that time."""
    before = evidence.article.text[evidence.start : span.start]
    return before[clause_start(before, len(before)) :]


def _is_ahead(span: TimeSpan, day: date) -> bool:
    return span.last_day is not None and span.last_day >= day


def _begins_after(span: TimeSpan, day: date) -> bool:
    return span.first_day is not None and span.first_day > day


def _is_over(span: TimeSpan, published: Published) -> bool:
    """Whether it was over on the day of publication, or is that day."""
    return span.last_day is not None and span.last_day <= (published.day or date.min)


def _is_long_over(span: TimeSpan, published: Published) -> bool:
    """Whether it was over on any day that may be that of publication."""
    earliest = published.earliest or published.day
    return bool(span.last_day and earliest and span.last_day < earliest)

"""The stretch of time a question asks about: "in May 2024", "this week", "since 2023"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from rag.answering.dates import cut_out
from rag.domain import Evidence, TimeSpan
from rag.reading.times import find_times

_SINCE = re.compile(r"\b(since|after|from)\s+(the\s+)?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(before|until|till|by)\s+(the\s+)?$", re.IGNORECASE)
_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
# News is printed on the day or the day after, and told without saying so.
_PRINTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question is about, the first and the last among them."""

    first: date
    last: date

    def holds(self, evidence: Evidence) -> bool:
        """Whether the sentence tells of these days; where it tells no day, those it was printed.

        "In 2024" tells nothing of August. A sentence whose day nobody knows may tell of any.
        """
        days = [(span.first_day, span.last_day) for span in evidence.spans]
        told = [(first, last) for first, last in days if first and last]
        if told:
            return any(self._holds(first, last) for first, last in told)
        published = evidence.article.published.day
        return published is None or self.first <= published <= self.last + _PRINTED

    def meets(self, span: TimeSpan) -> bool:
        """Whether some day of the time expression may be one of these."""
        other = Period.of(span)
        return other.first <= self.last and self.first <= other.last

    def _holds(self, first: date, last: date) -> bool:
        widest = max(self.last - self.first, _A_WEEK)
        return first <= self.last and self.first <= last and last - first <= widest

    @classmethod
    def of(cls, span: TimeSpan) -> Self:
        """The days of a time expression, without end where it names none."""
        return cls(span.first_day or date.min, span.last_day or date.max)

    def days_to(self, day: date) -> int:
        """How many days lie between the period and that day; 0 within it."""
        return max(0, (self.first - day).days, (day - self.last).days)


def bounded_times(question: str, as_of: date) -> list[TimeSpan]:
    """The words of a question asked as of that day that name a stretch of time, in order."""
    return [span for span in find_times(question, as_of) if span.first_day and span.last_day]


def without_times(question: str, as_of: date) -> str:
    """The question without the words for stretches of time, which ``Period`` stands for."""
    return cut_out(question, bounded_times(question, as_of))


def period_of(question: str, as_of: date) -> Period | None:
    """The last stretch of time that the words of a question asked as of that day name.

    Where it asks for the time itself ("which day", "what year") it names none.
    """
    spans = bounded_times(question, as_of)
    if not spans:
        return None
    period, before = Period.of(spans[-1]), question[: spans[-1].start]
    if _SINCE.search(before):
        return Period(period.first, date.max)
    if _BEFORE.search(before):
        return Period(date.min, period.first - _DAY)
    return period

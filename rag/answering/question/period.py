"""The stretch of time a question asks about: "in May 2024", "this week", "since 2023"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from rag.answering.language.dates import cut_out, led_by
from rag.domain import Evidence, TimeSpan
from rag.reading.times import find_times

_SINCE = frozenset({"since", "after", "from"})
_BEFORE = frozenset({"before", "until", "till", "by"})
_WEEK = re.compile(r"\d{4}-W\d\d")
_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
# News is printed on the day or the day after, and told without saying so.
_PRINTED = timedelta(days=1)
# Characters of an article without a date that are read for the days it names.
_READ = 20_000


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question is about, the first and the last among them."""

    first: date
    last: date

    def holds(self, evidence: Evidence, *, counted: bool = False) -> bool:
        """Whether the sentence tells of these days; where it tells no day, those it was printed.

        "In 2024" tells nothing of August, nor "since 2018" of 2018 alone, nor "as of 2018" but of
        what is ``counted``. Of an article whose day nobody knows, what tells no day may tell of
        those that the article names.
        """
        told = [span for span in evidence.spans if span.first_day and span.last_day]
        if told:
            text = evidence.article.text
            return any(self._holds(Period.bounded(text, it, counted=counted)) for it in told)
        if evidence.article.published.day is None:
            return any(map(self.meets, _named_in(evidence.article.headed_text[:_READ])))
        return self.is_of_print(evidence)

    def is_of_print(self, evidence: Evidence) -> bool:
        """Whether it was printed on these days, or on the day after."""
        published = evidence.article.published.day
        return published is not None and self.first <= published <= self.last + _PRINTED

    def meets(self, span: TimeSpan) -> bool:
        """Whether some day of the time expression may be one of these."""
        return self._overlaps(Period.of(span))

    def _holds(self, other: Self) -> bool:
        widest = max(self.last - self.first, _A_WEEK)
        return self._overlaps(other) and other.last - other.first <= widest

    def _overlaps(self, other: Self) -> bool:
        return other.first <= self.last and self.first <= other.last

    @classmethod
    def of(cls, span: TimeSpan) -> Self:
        """The days of a time expression, without end where it names none."""
        return cls(span.first_day or date.min, span.last_day or date.max)

    @classmethod
    def bounded(cls, text: str, span: TimeSpan, *, counted: bool) -> Self:
        """The days of a time of the text as the word before it bounds them: "since 2018" is open.

        "From 31 March to 2 April" is not; nor is "as of 2018" for what is ``counted``.
        """
        period, bound = cls.of(span), led_by(text, span)
        if bound in _SINCE and "/" not in span.timex:
            return cls(period.first, date.max)
        if bound == "as of" and not counted:
            return cls(date.min, period.last)
        if bound in _BEFORE:
            return cls(date.min, period.first - _DAY)
        return period

    def days_to(self, day: date) -> int:
        """How many days lie between the period and that day; 0 within it."""
        return max(0, (self.first - day).days, (day - self.last).days)


def bounded_times(text: str, written: date | None) -> list[TimeSpan]:
    """The words of a text of that day, if it is known, that name a stretch of time, in order."""
    return [span for span in find_times(text, written) if span.first_day and span.last_day]


@lru_cache(maxsize=64)
def _named_in(text: str) -> list[TimeSpan]:
    return bounded_times(text, None)


def without_times(question: str, as_of: date) -> str:
    """The question without the words for stretches of time, which ``Period`` stands for."""
    return cut_out(question, bounded_times(question, as_of))


def period_of(question: str, as_of: date) -> Period | None:
    """The last stretch of time that the words of a question asked as of that day name.

    Where it asks for the time itself ("which day", "what year") it names none. A week may begin on
    Sunday.
    """
    spans = bounded_times(question, as_of)
    if not spans:
        return None
    period = Period.bounded(question, spans[-1], counted=True)
    if _WEEK.fullmatch(spans[-1].timex) and period == Period.of(spans[-1]):
        return Period(period.first - _DAY, period.last)
    return period

"""What an article's day says of whether it answers: news is asked about while it is new."""

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from rag.answering.question.period import Period, bounded_times
from rag.domain import TimeSpan

# Measured on rtqa2022: no difference is made within a week, then the weight falls by 1/e in two
# weeks or in a month, to a floor. Smooth decay from the first day was worse (hit@1 0.65 for
# 0.76), since reciprocal ranks lie close together.
_FRESH = 7
_UNDATED = 0.6
_A_MONTH = 31
_IS_NEWS = re.compile(r"\b(just|recent(ly)?|latest|newest|so far|current(ly)?|now)\b", re.I)
_A_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class _Decay:
    """How quickly and how far the weight of an article falls with the days between."""

    days: float
    floor: float

    def weight(self, distance: int) -> float:
        return max(self.floor, math.exp(-max(0, distance - _FRESH) / self.days))


_NAMED = _Decay(14, 0.2)
_UNNAMED = _Decay(30, 0.5)


@dataclass(frozen=True, slots=True)
class Recency:
    """The days a question is about: those before ``as_of``, and an older period it names."""

    as_of: date
    decay: _Decay
    period: Period | None

    @classmethod
    def of(cls, question: str, as_of: date) -> Self:
        """Read from a question asked as of that day.

        "This week" makes older news count less than it does where nothing is said. "A year ago"
        names no period: it is most often told by today's news.
        """
        times = bounded_times(question, as_of)
        news = bool(_IS_NEWS.search(question)) or any(
            _is_recent(Period.of(time), as_of) for time in times
        )
        older = [Period.of(time) for time in times if _is_older(time, as_of)]
        return cls(as_of, _NAMED if news else _UNNAMED, older[-1] if older else None)

    def weight(self, published: date | None) -> float:
        """How much an article of that day counts, from above 0 to 1; it is not after ``as_of``."""
        if published is None:
            return _UNDATED
        weight = self.decay.weight((self.as_of - published).days)
        return max(weight, _NAMED.weight(self.period.days_to(published)) if self.period else 0)


def _is_recent(period: Period, as_of: date) -> bool:
    return period.first <= as_of <= period.last and (as_of - period.first).days <= _A_MONTH


def _is_older(time: TimeSpan, as_of: date) -> bool:
    """Whether the words name a past stretch: a month or less of it, or a year by its number."""
    period = Period.of(time)
    is_short = (period.last - period.first).days <= _A_MONTH
    return period.last < as_of and (is_short or bool(_A_YEAR.search(time.text)))

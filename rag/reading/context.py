"""What a time expression depends on: the publication, the clause, what was spoken of before."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from rag.reading.days import Period, Unit, after, around
from rag.reading.narrative import Direction, Narrative

# How many times nearer a day against the clause's direction must be to be preferred all the same.
_PRICE: dict[Direction, tuple[float, float]] = {  # of a day behind, of a day ahead
    "past": (1.0, 6.0),
    "open": (1.0, 1.5),
    "future": (6.0, 1.0),
}
_COORDINATED = re.compile(
    r"\s*(?:,|,?\s(?:and|or|to|through|until|till)(?:\s(?:from|in))?|[-–—])\s*"
)
_LONGEST_LINK = 16
EARLIER = {"last", "past", "this past", "previous", "the previous"}
LATER = {"next", "coming", "this coming", "following", "the following"}


class Context:
    """The state of reading one text in order, expression after expression."""

    def __init__(self, text: str, published: date | None) -> None:
        self.published = published
        self.last: Period | None = None  # spoken of last
        self.year: int | None = None  # spoken of last
        self.years: dict[tuple[int, int], int] = {}  # of the days named in full
        self.quarter: Period | None = None  # reported on, which "a year earlier" compares with
        self._text = text
        self._narrative = Narrative(text)
        self._place = (0, 0)
        self._direction: Direction | None = None

    def move_to(self, start: int, end: int) -> None:
        """Go on to the expression at these characters."""
        link = self._text[self._place[1] : start] if start - self._place[1] < _LONGEST_LINK else ""
        if not _COORDINATED.fullmatch(link):
            self._direction = None
        self._place = (start, end)

    def remember(self, period: Period) -> None:
        """Take note of what was spoken of."""
        if period.kind in ("DURATION", "SET") or not (period.first and period.last):
            return
        self.last = period
        if period.unit not in ("decade", "century"):
            self.year = period.first.year
        if period.first == period.last:
            self.years[period.first.month, period.first.day] = period.first.year

    @property
    def direction(self) -> Direction:
        """Where the clause looks; "late August and early September" look the same way."""
        if self._direction is None:
            self._direction = self._narrative.direction(*self._place)
        return self._direction

    @property
    def anchor(self) -> date | None:
        """The day that "the following month" and "two days later" count from."""
        return self.last.first if self.last else self.published

    def moved(self, unit: Unit, count: int, start: date | None) -> Period:
        """The day, week, month or year that lies so many of them after the one of ``start``."""
        return around(after(start, unit, count), unit) if start else Period.unknown(unit)

    def today_and(self, days: int) -> Period:
        """The day so many days after publication."""
        return self.moved("day", days, self.published)

    def in_nearest_year(
        self, make: Callable[[int], Period | None], which: str = ""
    ) -> Period | None:
        """Of the period in each year near the publication, the one that is meant."""
        if self.published is None:
            return None
        year = self.published.year
        years = range(max(year - 1, 1), min(year + 1, 9999) + 1)
        candidates = [period for number in years if (period := make(number))]
        return self._chosen(candidates, which, self.published) if candidates else None

    def _chosen(self, candidates: Sequence[Period], which: str, today: date) -> Period:
        if which in EARLIER:
            return next(one for one in reversed(candidates) if one.last and one.last < today)
        if which in LATER:
            return next(one for one in candidates if one.first and one.first > today)
        behind, ahead = _PRICE[self.direction]
        return min(candidates, key=lambda one: _distance(one, today, behind, ahead))


def _distance(period: Period, today: date, behind: float, ahead: float) -> float:
    if period.first and period.first > today:
        return (period.first - today).days * ahead
    if period.last and period.last < today:
        return (today - period.last).days * behind
    return 0

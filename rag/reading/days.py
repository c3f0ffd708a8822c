"""The calendar: names of months and weekdays, periods with their TIMEX3 values, and arithmetic.

Values follow TIMEX3 (TimeML 1.2.1): ``2024-05-12``, ``2024-W20``, ``2024-05``, ``2024-Q2``,
``2024-SU``, ``202`` (a decade), ``20`` (a century). Weeks are those of ISO 8601, Monday first.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, Self

from rag.domain import TimexKind

Unit = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"
]


def _numbered(rows: str, first: int) -> dict[str, int]:
    """Every name in a row, with the number of its row."""
    lines = enumerate(rows.strip().splitlines(), start=first)
    return {name: number for number, names in lines for name in names.split()}


MONTHS = _numbered(
    """
    january jan
    february feb
    march mar
    april apr
    may
    june jun
    july jul
    august aug
    september sept sep
    october oct
    november nov
    december dec
    """,
    first=1,
)
WEEKDAYS = _numbered(
    """
    monday mon
    tuesday tues tue
    wednesday weds wed
    thursday thurs thur thu
    friday fri
    saturday sat
    sunday sun
    """,
    first=0,
)
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included, with the TIMEX3 value that names them.

    Either end is ``None`` where there is no such bound or where it is not known.
    """

    first: date | None
    last: date | None
    timex: str
    unit: Unit = "day"
    kind: TimexKind = "DATE"

    @classmethod
    def unknown(cls, unit: Unit, timex: str | None = None) -> Self:
        """A period of that length whose place in the calendar is not known."""
        return cls(None, None, timex or _UNKNOWN[unit], unit)

    def within(self, first: date | None, last: date | None) -> Self:
        """The same expression, speaking of these days only."""
        return replace(self, first=first, last=last)

    def of_kind(self, kind: TimexKind, timex: str) -> Self:
        """The same days under another TIMEX3 type and value."""
        return replace(self, kind=kind, timex=timex)


def alternatives(names: dict[str, int] | dict[str, str]) -> str:
    """A regular expression for any of the names, the longest tried first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def day_or_none(year: int, month: int, day: int) -> date | None:
    """That day, or ``None`` where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter."""
    month = day.year * 12 + day.month - 1 + months
    year, zero_based = divmod(month, 12)
    return date(year, zero_based + 1, min(day.day, monthrange(year, zero_based + 1)[1]))


def after(day: date, unit: Unit, count: int) -> date:
    """The day that lies ``count`` units later, earlier where ``count`` is negative."""
    if unit in _DAYS_IN:
        return day + timedelta(days=_DAYS_IN[unit] * count)
    return month_after(day, _MONTHS_IN[unit] * count)


_DAYS_IN = {"day": 1, "week": 7, "weekend": 7}
_MONTHS_IN = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "season": 3,
    "year": 12,
    "decade": 120,
    "century": 1200,
}


def around(day: date, unit: Unit) -> Period:
    """The day, week, month, quarter, year, decade or century that holds ``day``."""
    return _AROUND[unit](day)


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Period(monday, monday + timedelta(days=6), f"{year:04}-W{week:02}", "week")


def _weekend(day: date) -> Period:
    saturday = day + timedelta(days=5 - day.weekday())
    year, week, _ = day.isocalendar()
    timex = f"{year:04}-W{week:02}-WE"
    return Period(saturday, saturday + timedelta(days=1), timex, "weekend")


_AROUND: dict[Unit, Callable[[date], Period]] = {
    "day": lambda day: Period(day, day, day.isoformat()),
    "week": _week,
    "weekend": _weekend,
    "month": lambda day: month_of(day.year, day.month),
    "quarter": lambda day: quarter_of(day.year, (day.month + 2) // 3),
    "half": lambda day: half_of(day.year, (day.month + 5) // 6),
    "season": lambda day: quarter_of(day.year, (day.month + 2) // 3),
    "year": lambda day: year_of(day.year),
    "decade": lambda day: decade_of(day.year // 10 * 10),
    "century": lambda day: century_of(day.year // 100 + 1),
}


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month_after(date(year, month, 1), count - 1)
    return date(year, month, 1), last.replace(day=monthrange(last.year, last.month)[1])


def month_of(year: int, month: int) -> Period:
    """That month."""
    return Period(*_months(year, month, 1), f"{year:04}-{month:02}", "month")


def quarter_of(year: int, quarter: int) -> Period:
    """That quarter of the calendar year."""
    return Period(*_months(year, quarter * 3 - 2, 3), f"{year:04}-Q{quarter}", "quarter")


def half_of(year: int, half: int) -> Period:
    """The first or second half of that year."""
    return Period(*_months(year, half * 6 - 5, 6), f"{year:04}-H{half}", "half")


def season_of(year: int, season: str) -> Period:
    """The season (SP, SU, FA, WI) that begins in that year, by the months of meteorology."""
    return Period(*_months(year, _SEASON_MONTHS[season], 3), f"{year:04}-{season}", "season")


def year_of(year: int) -> Period:
    """That year."""
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}", "year")


def decade_of(year: int) -> Period:
    """The ten years that begin with ``year``."""
    return Period(date(year, 1, 1), date(year + 9, 12, 31), f"{year // 10:03}", "decade")


def century_of(number: int) -> Period:
    """The ``number``-th century as news counts it: the 19th is 1800 to 1899."""
    first = max(number * 100 - 100, 1)
    return Period(date(first, 1, 1), date(number * 100 - 1, 12, 31), f"{number - 1:02}", "century")

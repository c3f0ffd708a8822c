"""How likely each candidate day makes the clues of an undated text.

How far the days and years that news speaks of lie from the day it is written was counted on some
thousand dated articles of 2012 to 2022; the figures below are those shares, rounded. The clues of
one text are weighed as if they were independent (naive Bayes), and those that repeat each other
share one weight.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from rag.reading.clues import Clues, DayClue, FixedClue, MonthClue, WeekdayClue, WindowClue

Days = npt.NDArray[np.int64]  # proleptic ordinals, ascending, without gaps
Weights = npt.NDArray[np.float64]  # logarithms of how likely a clue is, one a day

# Days from writing to a day that is named without its year, and how often, a day, in a thousand.
_DISTANCES = [-183, -120, -60, -30, -14, -7, -2, 0, 2, 7, 14, 30, 60, 120, 183]
_HOW_OFTEN = {
    "past": [1.3, 1.3, 1.3, 2.7, 8.6, 15.0, 12.0, 20.0, 8.0, 6.0, 6.0, 4.0, 2.0, 1.2, 1.2],
    "future": [0.5, 0.3, 0.2, 0.4, 1.8, 2.5, 2.0, 20.0, 12.0, 20.0, 20.0, 12.0, 6.0, 2.0, 1.5],
    "open": [1.4, 1.2, 0.9, 1.0, 2.0, 2.5, 4.0, 20.0, 9.0, 10.0, 9.0, 8.0, 7.0, 2.6, 1.4],
}
_UNTOLD = 0.3  # of the weight of a day on which something happens
_OF_A_MONTH = 0.5  # of the weight of a day
_NEXT_DAY, _OFF_DATELINE = 0.3, 0.002  # a dateline of the day before, or of another day
_ON_SATURDAY, _ON_SUNDAY = 0.4, 0.1  # official business, against a working day

# Share of weekdays named that lie 0, 1, ... 6 days before the day of writing.
_WEEKDAYS_BACK = {
    "past": [0.36, 0.22, 0.14, 0.10, 0.07, 0.055, 0.055],
    "future": [0.27, 0.09, 0.06, 0.08, 0.10, 0.15, 0.25],
    "open": [0.22, 0.09, 0.08, 0.08, 0.16, 0.15, 0.22],
}

# Share of articles written -1, 0, 1, ... years after the latest year they name, or the only one.
_YEARS_SINCE_LATEST = [0.1, 0.36, 0.22, 0.10, 0.06, 0.045, 0.03, 0.02, 0.02, 0.02, 0.015, 0.01]
_YEARS_SINCE_ONLY = [0.05, 0.13, 0.175, 0.165, 0.08, 0.05, 0.04, 0.02, 0.015, 0.015, 0.015, 0.01]
_SEVERAL, _HARDLY_SEVERAL = 2, 0.3  # years in "recent years", and the share with fewer

# Days since the latest day that an article names in full, and how often, a day, in ten thousand.
_DAYS_SINCE = [-365, -31, -30, -1, 0, 1, 3, 4, 7, 8, 14, 30, 60, 120, 365, 1000, 3000]
_DAY_NAMED = [0.8, 0.8, 11, 11, 890, 240, 240, 75, 75, 20, 20, 9, 6, 4, 2.5, 2, 0.8]

_MISREAD = 0.03  # share of days told as past that were still to come
_OVERDUE = 0.3  # the same of days told as to come
_WELL_INTO = timedelta(days=182)  # a year is told as past from its middle on
_UNLINKED = 0.5  # weight left where "last month" holds none of the days named
_ANNIVERSARY = 3.0  # times likelier in the year that the anniversary falls in
_INDEPENDENT = 3  # clues of one kind; more of them repeat each other

_FADES_IN = 120.0  # days: how far undated articles lie from their neighbours at the least
_FAR_NEIGHBOUR = 0.01  # weight of a day that no neighbour is near to
_NEIGHBOURS = 100  # taken evenly from however many there are


def weigh(clues: Clues, days: Days) -> Weights:
    """The logarithm of how likely the clues are on each of the days, up to a constant."""
    named = {(clue.month, clue.day): clue for clue in clues.yearless()}
    fixed = {(clue.first, clue.last): clue for clue in clues.fixed}
    weights = _shared([_weigh_day(clue, days) for clue in named.values()], days)
    weights += _shared([_weigh_weekday(clue, days) for clue in clues.weekdays], days)
    weights += _shared([_weigh_month(clue, days) for clue in clues.months], days)
    weights += _shared([_weigh_fixed(clue, days) for clue in fixed.values()], days)
    weights += sum((_weigh_window(window, clues, days) for window in clues.windows), _none(days))
    weights += _weigh_latest_year(clues, days) + _weigh_latest_day(clues, days)
    return weights + _weigh_anniversaries(clues, days)


def weigh_neighbours(days: Days, neighbours: Sequence[date]) -> Weights:
    """The logarithm of how likely an article of a collection with these dates is on each day.

    The further the dates of the collection are spread, the less they tell.
    """
    if not neighbours:
        return _none(days)
    step = -(-len(neighbours) // _NEIGHBOURS)
    known = np.array(sorted(day.toordinal() for day in neighbours)[::step])
    away = np.abs(days[:, None] - known[None, :])
    fades_in = max(_FADES_IN, float(known.std()))
    return np.asarray(np.log(np.exp(-away / fades_in).mean(axis=1) + _FAR_NEIGHBOUR))


def nearest(clue: DayClue, days: Days) -> Days:
    """For each candidate the occurrence of that day of the year that is nearest to it."""
    return _nearest(clue.month, clue.day, days)


def window(clue: WindowClue, days: Days) -> tuple[Days, Days]:
    """The first and last day of "next week" and its like for each candidate."""
    if clue.unit == "day":
        return days + clue.shift, days + clue.shift
    if clue.unit == "week":
        monday = days - weekday(days) + 7 * clue.shift
        return np.maximum(monday, days + 1) if clue.is_later else monday, monday + 6
    unit = "datetime64[M]" if clue.unit == "month" else "datetime64[Y]"
    units = _calendar(days).astype(unit) + clue.shift
    return _ordinals(units), _ordinals(units + 1) - 1


def weekday(days: Days) -> Days:
    """The weekdays, Monday being 0."""
    return (days + 6) % 7


_EPOCH = date(1970, 1, 1).toordinal()


def _calendar(days: Days) -> npt.NDArray[np.datetime64]:
    return (days - _EPOCH).astype("datetime64[D]")


def _ordinals(units: npt.NDArray[np.datetime64]) -> Days:
    return np.asarray(units.astype("datetime64[D]").astype(np.int64) + _EPOCH)


def _none(days: Days) -> Weights:
    return np.zeros(len(days))


def _shared(weights: list[Weights], days: Days) -> Weights:
    share = min(1.0, _INDEPENDENT / max(len(weights), 1))
    return share * sum(weights, _none(days))


def _weigh_day(clue: DayClue, days: Days) -> Weights:
    named = nearest(clue, days)
    away = named - days
    if clue.is_dateline:
        is_same, is_next = away == 0, away == -1
        return np.asarray(np.log(np.select([is_same, is_next], [1.0, _NEXT_DAY], _OFF_DATELINE)))
    weights = np.log(np.interp(away, _DISTANCES, _HOW_OFTEN[clue.direction]))
    if not clue.is_told:
        return np.asarray(_UNTOLD * weights)
    if clue.is_official:
        is_saturday, is_sunday = weekday(named) == 5, weekday(named) == 6  # noqa: PLR2004
        weights += np.log(np.select([is_saturday, is_sunday], [_ON_SATURDAY, _ON_SUNDAY], 1.0))
    return np.asarray(weights)


def _nearest(month: int, day: int, days: Days) -> Days:
    first, last = (date.fromordinal(int(days[index])).year for index in (0, -1))
    years = range(max(first - 1, 1), min(last + 1, 9999) + 1)
    day = min(day, 28) if month == 2 else day  # noqa: PLR2004 - a leap day is near enough
    occurrences = np.array([date(year, month, day).toordinal() for year in years])
    after = np.clip(np.searchsorted(occurrences, days), 1, len(occurrences) - 1)
    before, following = occurrences[after - 1], occurrences[after]
    return np.where(days - before <= following - days, before, following)


def _weigh_weekday(clue: WeekdayClue, days: Days) -> Weights:
    back = (weekday(days) - clue.weekday) % 7
    return np.asarray(np.log(np.array(_WEEKDAYS_BACK[clue.direction])[back]))


def _weigh_month(clue: MonthClue, days: Days) -> Weights:
    away = _nearest(clue.month, 15, days) - days
    often = np.interp(away, _DISTANCES, _HOW_OFTEN[clue.direction])
    return np.asarray(_OF_A_MONTH * np.log(often))


def _weigh_fixed(clue: FixedClue, days: Days) -> Weights:
    if clue.direction == "future":
        return np.log(np.where(days > clue.last.toordinal(), _OVERDUE, 1.0))
    if clue.is_day:  # weighed by _weigh_latest_day
        return _none(days)
    start = clue.first if clue.direction == "open" else min(clue.last, clue.first + _WELL_INTO)
    return np.log(np.where(days < start.toordinal(), _MISREAD, 1.0))


def _weigh_window(clue: WindowClue, clues: Clues, days: Days) -> Weights:
    """A window such as "last month" is a little likelier to hold a day that is named."""
    told = [day for day in clues.told() if day.direction == clue.direction]
    if not told:
        return _none(days)
    first, last = window(clue, days)
    named = [nearest(day, days) for day in told]
    holds = np.any([(first <= day) & (day <= last) for day in named], axis=0)
    return np.log(np.where(holds, 1.0, _UNLINKED))


def _weigh_latest_year(clues: Clues, days: Days) -> Weights:
    today = date.fromordinal(int(days[-1]))
    told = [clue for clue in clues.fixed if clue.direction != "future" and clue.first <= today]
    if not told:
        return _none(days)
    latest = max(told, key=lambda clue: clue.first)
    since = _years(days) - latest.first.year
    is_only = len({clue.first.year for clue in told}) == 1
    often = _YEARS_SINCE_ONLY if is_only else _YEARS_SINCE_LATEST
    weights = np.log(np.interp(since, np.arange(-1, len(often) - 1), often))
    if latest.is_years_ago:
        weights += np.log(np.where(since < _SEVERAL, _HARDLY_SEVERAL, 1.0))
    return np.asarray(weights)


def _weigh_latest_day(clues: Clues, days: Days) -> Weights:
    """The latest day told in full is often the day of the news itself."""
    latest = clues.latest_day(date.fromordinal(int(days[-1])))
    if latest is None:
        return _none(days)
    return np.log(np.interp(days - latest.toordinal(), _DAYS_SINCE, _DAY_NAMED))


def _weigh_anniversaries(clues: Clues, days: Days) -> Weights:
    marked = {clue.first.year + count for clue in clues.fixed for count in clues.anniversaries}
    return np.where(np.isin(_years(days), list(marked)), np.log(_ANNIVERSARY), 0.0)


def _years(days: Days) -> Days:
    return np.asarray(_calendar(days).astype("datetime64[Y]").astype(np.int64) + 1970)

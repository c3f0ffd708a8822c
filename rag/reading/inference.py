"""When an undated article was written, as the text itself tells it.

Every day that comes into question is weighed against every clue, and the weights are multiplied
(naive Bayes). How far the days that news speaks of lie from the day it is written was counted on
700 dated articles; the rest is what the words mean: "next week" and "March 31" in neighbouring
sentences are one event. An interval that holds most of the weight is an answer if it is short.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from rag.domain import Published
from rag.reading.clues import (
    Clues,
    DayClue,
    FixedClue,
    MonthClue,
    WeekdayClue,
    WindowClue,
    gather_clues,
)

Days = npt.NDArray[np.int64]  # proleptic ordinals, ascending, without gaps
Weights = npt.NDArray[np.float64]  # logarithms of how likely a clue is, one a day

ENOUGH = 0.85  # of all weight must lie in the interval
LONGEST = 31  # days: a longer interval decides nothing
_YEARS_BACK = 15
_FADES_IN = 120.0  # days: how far undated articles lie from their dated neighbours
_FAR_NEIGHBOUR = 0.01

# Days from writing to a day that is named without its year, and how often, a day, in a thousand.
_DISTANCES = [-183, -120, -60, -30, -14, -7, -2, 0, 2, 7, 14, 30, 60, 120, 183]
_HOW_OFTEN = {
    "past": [1.3, 1.3, 1.3, 2.7, 8.6, 15.0, 12.0, 20.0, 8.0, 6.0, 6.0, 4.0, 2.0, 1.2, 1.2],
    "future": [0.5, 0.3, 0.2, 0.4, 1.8, 2.5, 2.0, 20.0, 12.0, 20.0, 20.0, 12.0, 6.0, 2.0, 1.5],
    "open": [1.4, 1.2, 0.9, 1.0, 2.0, 2.5, 4.0, 20.0, 9.0, 10.0, 9.0, 8.0, 7.0, 2.6, 1.4],
}
# Share of weekdays named that lie 0, 1, ... 6 days before the day of writing.
_WEEKDAYS_BACK = {
    "past": [0.36, 0.22, 0.14, 0.10, 0.07, 0.055, 0.055],
    "future": [0.27, 0.09, 0.06, 0.08, 0.10, 0.15, 0.25],
    "open": [0.22, 0.09, 0.08, 0.08, 0.16, 0.15, 0.22],
}
# Share of articles written -1, 0, 1, ... years after the latest year they name, or the only one.
_YEARS_SINCE_LATEST = [0.1, 0.36, 0.22, 0.10, 0.06, 0.045, 0.03, 0.02, 0.02, 0.02, 0.015, 0.01]
_YEARS_SINCE_ONLY = [0.05, 0.13, 0.175, 0.165, 0.08, 0.05, 0.04, 0.02, 0.015, 0.015, 0.015, 0.01]
_SEVERAL = 2  # years, for "recent years" to have passed
_MISREAD = 0.03  # share of days told as past that were still to come
_WRONG_WEEKDAY = 0.02
_ON_SATURDAY, _ON_SUNDAY = 0.4, 0.1  # official business, against a working day
_UNLINKED = 0.5  # weight left where "last month" holds none of the days named


def infer_published(
    text: str, neighbours: Sequence[date], *, today: date | None = None
) -> Published:
    """The publication date the text implies: an interval with its best day, or unknown.

    ``neighbours`` are dates of other articles of the collection; nothing later than ``today``
    (the current day if not given) comes into question.
    """
    latest = today or date.today()
    clues = gather_clues(text)
    days = _candidates(clues, neighbours, latest)
    if days is None:
        return Published.unknown()
    weights = np.where(
        _possible(clues, days),
        _weigh(clues, days) + _near_neighbours(days, neighbours),
        -np.inf,
    )
    found = _interval(weights)
    if found is None or not _is_solved(clues):
        return _bounded(clues, latest)
    first, last, best = (date.fromordinal(int(days[index])) for index in found)
    return Published(best, "inferred", first, last)


def later_bound(text: str, published: date) -> date | None:
    """The day a text with a stated date must be at least, where it tells a later day as past."""
    told = [
        clue.last
        for clue in gather_clues(text).fixed
        if clue.direction == "past" and clue.first == clue.last and clue.last > published
    ]
    return max(told, default=None)


def _candidates(clues: Clues, neighbours: Sequence[date], latest: date) -> Days | None:
    """Every day from the year before the first that comes into question up to ``latest``."""
    years = [clue.first.year for clue in clues.fixed if clue.first <= latest]
    if not years and not neighbours:
        return None
    near = min([max(years, default=9999), *(day.year for day in neighbours)])
    first = max(near - 1, latest.year - _YEARS_BACK, 1)
    return np.arange(date(first, 1, 1).toordinal(), latest.toordinal() + 1, dtype=np.int64)


def _is_solved(clues: Clues) -> bool:
    """Whether there is anything that tells the day, not the year alone."""
    return any(_near(window, clues) for window in clues.windows) or any(
        day.weekday is not None or day.is_dateline for day in _told(clues)
    )


def _bounded(clues: Clues, latest: date) -> Published:
    """Unknown, but not before the latest day that is named in full and told as past."""
    told = [
        clue.last
        for clue in clues.fixed
        if clue.direction == "past" and clue.first == clue.last and clue.last <= latest
    ]
    return Published(None, "unknown", max(told, default=None), None)


def _possible(clues: Clues, days: Days) -> npt.NDArray[np.bool_]:
    """Which days contradict no clue."""
    possible = np.ones(len(days), dtype=bool)
    for day in _told(clues):
        named = _nearest(day.month, day.day, days)
        if day.weekday is not None:
            possible &= (named + 6) % 7 == day.weekday
        if day.direction == "future":
            possible &= named >= days
    for fixed in clues.fixed:
        if fixed.direction == "past" and fixed.setting.is_lead and fixed.first == fixed.last:
            possible &= fixed.first.toordinal() <= days
    for window in clues.windows:
        if near := _near(window, clues):
            possible &= _holds(window, near, days)
    return possible


def _undated(clues: Clues) -> list[DayClue]:
    """The days whose year is named neither with them nor in their sentence nor elsewhere."""
    named = {(c.first.month, c.first.day) for c in clues.fixed if c.first == c.last}
    dated = {c.setting.sentence for c in clues.fixed}
    return [
        c
        for c in clues.days
        if (c.month, c.day) not in named and c.setting.sentence not in dated
    ]


def _told(clues: Clues) -> list[DayClue]:
    """Those on which the news happens."""
    return [clue for clue in _undated(clues) if clue.is_told and clue.setting.is_lead]


def _near(window: WindowClue, clues: Clues) -> list[DayClue]:
    """The days that speak of one event with "next week": close by, and looking the same way."""
    if window.unit != "week" or not window.setting.is_lead:
        return []
    return [
        day
        for day in _told(clues)
        if day.direction == window.direction and day.setting.is_near(window.setting)
    ]


def _holds(window: WindowClue, told: list[DayClue], days: Days) -> npt.NDArray[np.bool_]:
    """Whether the window holds all the days that one of the sentences names."""
    first, last = _window(window, days)
    holds = np.zeros(len(days), dtype=bool)
    for sentence in {day.setting.sentence for day in told}:
        named = [_nearest(d.month, d.day, days) for d in told if d.setting.sentence == sentence]
        holds |= np.all([(first <= day) & (day <= last) for day in named], axis=0)
    return holds


def _weigh(clues: Clues, days: Days) -> Weights:
    total = np.zeros(len(days))
    for group, weigh in (
        ({(c.month, c.day): c for c in _undated(clues)}.values(), _weigh_day),
        (set(clues.weekdays), _weigh_weekday),
        (set(clues.months), _weigh_month),
        ({(c.first, c.last): c for c in clues.fixed}.values(), _weigh_fixed),
    ):
        found = list(group)
        share = min(1.0, 3 / max(len(found), 1))  # many clues of one kind repeat each other
        for clue in found:
            total += share * weigh(clue, days)  # type: ignore[operator]
    for window in set(clues.windows):
        total += _weigh_window(window, clues, days)
    return total + _weigh_latest_year(clues, days) + _weigh_anniversaries(clues, days)


def _weigh_day(clue: DayClue, days: Days) -> Weights:
    named = _nearest(clue.month, clue.day, days)
    away = named - days
    if clue.is_dateline:
        return np.log(np.where((away <= 0) & (away >= -1), 1.0, 0.01))
    weights = np.log(np.interp(away, _DISTANCES, _HOW_OFTEN[clue.direction]))
    weekday = (named + 6) % 7
    if clue.weekday is not None:
        weights += np.log(np.where(weekday == clue.weekday, 1.0, _WRONG_WEEKDAY))
    if clue.is_official:
        weights += np.log(np.select([weekday == 5, weekday == 6], [_ON_SATURDAY, _ON_SUNDAY], 1.0))
    return np.asarray(weights)


def _nearest(month: int, day: int, days: Days) -> Days:
    """For each candidate the occurrence of that day of the year that is nearest to it."""
    first, last = date.fromordinal(int(days[0])).year - 1, date.fromordinal(int(days[-1])).year + 1
    occurrences = np.array(
        [
            date(year, month, min(day, 28 if month == 2 else day)).toordinal()
            for year in range(max(first, 1), min(last, 9999) + 1)
        ]
    )
    after = np.clip(np.searchsorted(occurrences, days), 1, len(occurrences) - 1)
    before, following = occurrences[after - 1], occurrences[after]
    return np.where(days - before <= following - days, before, following)


def _weigh_weekday(clue: WeekdayClue, days: Days) -> Weights:
    back = (days + 6 - clue.weekday) % 7
    return np.asarray(np.log(np.array(_WEEKDAYS_BACK[clue.direction])[back]))


def _weigh_month(clue: MonthClue, days: Days) -> Weights:
    away = _nearest(clue.month, 15, days) - days
    often = _HOW_OFTEN[clue.direction]
    return np.asarray(0.5 * np.log(np.interp(away, _DISTANCES, often)))


def _weigh_fixed(clue: FixedClue, days: Days) -> Weights:
    if clue.direction == "future":
        return np.log(np.where(days > clue.last.toordinal(), 0.3, 1.0))
    start = clue.first if clue.direction == "open" else min(clue.last, clue.first + _HALF_A_YEAR)
    return np.log(np.where(days < start.toordinal(), _MISREAD, 1.0))


_HALF_A_YEAR = timedelta(days=182)


def _weigh_latest_year(clues: Clues, days: Days) -> Weights:
    last = date.fromordinal(int(days[-1]))
    told = [c for c in clues.fixed if c.direction != "future" and c.first <= last]
    if not told:
        return np.zeros(len(days))
    latest = max(told, key=lambda clue: clue.first)
    since = _years(days) - latest.first.year
    often = _YEARS_SINCE_ONLY if len({c.first.year for c in told}) == 1 else _YEARS_SINCE_LATEST
    weights = np.log(np.interp(since, np.arange(-1, 11), often))
    if latest.is_years_ago:
        weights += np.log(np.where(since < _SEVERAL, 0.3, 1.0))
    return np.asarray(weights)


def _years(days: Days) -> Days:
    epoch = date(1970, 1, 1).toordinal()
    years = (days - epoch).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return np.asarray(years + 1970)


def _weigh_anniversaries(clues: Clues, days: Days) -> Weights:
    marked = {c.first.year + count for c in clues.fixed for count in clues.anniversaries}
    if not marked:
        return np.zeros(len(days))
    return np.where(np.isin(_years(days), list(marked)), np.log(3.0), 0.0)


def _weigh_window(clue: WindowClue, clues: Clues, days: Days) -> Weights:
    """A window such as "last month" is a little likelier to hold a day that is named."""
    told = [day for day in _told(clues) if day.direction == clue.direction]
    if not told:
        return np.zeros(len(days))
    first, last = _window(clue, days)
    named = [_nearest(day.month, day.day, days) for day in told]
    holds = np.any([(first <= day) & (day <= last) for day in named], axis=0)
    return np.log(np.where(holds, 1.0, _UNLINKED))


def _window(clue: WindowClue, days: Days) -> tuple[Days, Days]:
    match clue.unit:
        case "day":
            return days + clue.shift, days + clue.shift
        case "week":
            monday = days - (days + 6) % 7 + 7 * clue.shift
            return np.maximum(monday, days + 1) if clue.is_later else monday, monday + 6
    code = "M" if clue.unit == "month" else "Y"
    epoch = date(1970, 1, 1).toordinal()
    units = (days - epoch).astype("datetime64[D]").astype(f"datetime64[{code}]") + clue.shift
    first = units.astype("datetime64[D]").astype(np.int64) + epoch
    last = (units + 1).astype("datetime64[D]").astype(np.int64) + epoch - 1
    return first, last


def _near_neighbours(days: Days, neighbours: Sequence[date]) -> Weights:
    if not neighbours:
        return np.zeros(len(days))
    known = np.array([day.toordinal() for day in neighbours])
    away = np.abs(days[:, None] - known[None, :])
    fades_in = max(_FADES_IN, known.std())
    return np.asarray(np.log(np.exp(-away / fades_in).mean(axis=1) + _FAR_NEIGHBOUR))


def _interval(weights: Weights) -> tuple[int, int, int] | None:
    """First, last and best index of the shortest run of days with enough of the weight."""
    if weights.max() == -np.inf:
        return None
    share = np.exp(weights - weights.max())
    share /= share.sum()
    total = np.concatenate([[0.0], np.cumsum(share)])
    lasts = np.searchsorted(total, total[:-1] + ENOUGH)  # one past the last day of each run
    lengths = np.where(lasts < len(total), lasts - np.arange(len(share)), len(share) + 1)
    first = int(np.argmin(lengths))
    if lengths[first] > LONGEST:
        return None
    last = first + int(lengths[first]) - 1
    best = first + int(np.argmax(share[first : last + 1]))
    while first > 0 and last - first < LONGEST and share[first - 1] > share[best] / 50:
        first -= 1
    while last + 1 < len(share) and last - first < LONGEST and share[last + 1] > share[best] / 50:
        last += 1
    return first, last, best

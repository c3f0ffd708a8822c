"""When an undated article was written, as the text itself tells it.

First the days that contradict the text go: a plan for "next week" and "from March 31 to April 2"
in neighbouring sentences are one event, and "Tuesday, May 14" falls on a Tuesday. The days that
are left are weighed by ``likelihood``; a short interval that holds most of the weight is the
answer. Where the text alone gives none, the days of the other articles are weighed with it; where
there is still none, the day is unknown.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from rag.domain import Published
from rag.reading.clues import Clues, DayClue, WindowClue, gather_clues
from rag.reading.likelihood import (
    Days,
    Weights,
    nearest,
    weekday,
    weigh,
    weigh_neighbours,
    window,
)

ENOUGH = 0.85  # of all weight must lie in the interval
ENOUGH_UNPROVED = 0.95  # where nothing ties a weekday or a week to a day of the month
# The others rule out years, not weeks: that the text was written soon after the last day it tells
# of remains a guess from averages. Of 102 intervals that so held 0.95, 10 were wrong; of 41 that
# held 0.98, one was (rtqa2022, each article beside three draws of five others).
ENOUGH_BESIDE_OTHERS = 0.98
LONGEST = 31  # days: a longer interval decides nothing
LONGEST_SHOWN = 45  # days, with the days at its edges that are still possible
POSSIBLE = 0.005  # of the weight of the best day
CHRONICLE = 12  # days named: a text that names more is no report of one of them
_LONGEST_MEMORY = 200  # years before today that come into question


def infer_published(
    text: str, neighbours: Sequence[date], *, today: date | None = None
) -> Published:
    """The publication date the text implies: an interval with its best day, or unknown.

    ``neighbours`` are dates of other articles of the collection; nothing later than ``today``
    (the current day if not given) comes into question.
    """
    today = today or date.today()
    clues = gather_clues(text)
    days = _candidates(clues, neighbours, today)
    if days is None or clues.days_named > CHRONICLE:
        return _unknown(clues, today)
    found = _decided(clues, days, neighbours)
    if found is None:
        return _unknown(clues, today)
    first, last, best = (date.fromordinal(int(days[index])) for index in found)
    return Published(best, "inferred", first, last)


def _decided(clues: Clues, days: Days, neighbours: Sequence[date]) -> tuple[int, int, int] | None:
    """The interval by the text alone, or else with the days of the other articles beside it."""
    is_tied = _is_tied(clues)
    weights = np.where(_possible(clues, days), weigh(clues, days), -np.inf)
    beside_others = weights + weigh_neighbours(days, neighbours)
    alone = _interval(weights, ENOUGH if is_tied else ENOUGH_UNPROVED)
    return alone or _interval(beside_others, ENOUGH if is_tied else ENOUGH_BESIDE_OTHERS)


def _unknown(clues: Clues, today: date) -> Published:
    """Unknown, but not before the latest day that is named in full and told as past."""
    told = [clue.last for clue in clues.fixed if clue.is_day and clue.direction == "past"]
    return Published(None, "unknown", max((day for day in told if day <= today), default=None))


def _candidates(clues: Clues, neighbours: Sequence[date], today: date) -> Days | None:
    """Every day that comes into question; ``None`` where nothing tells even the year."""
    named = [clue.first.year for clue in clues.fixed if clue.first <= today]
    known = [day.year for day in neighbours if day <= today]
    if not named and not known:
        return None
    oldest = max(today.year - _LONGEST_MEMORY, 2)
    first = max(min([max(named, default=today.year), *known]), oldest) - 1
    return np.arange(date(first, 1, 1).toordinal(), today.toordinal() + 1, dtype=np.int64)


def _possible(clues: Clues, days: Days) -> npt.NDArray[np.bool_]:
    """Which of the days contradict neither a weekday with its date nor a plan with its days."""
    possible = np.ones(len(days), dtype=bool)
    for clue in clues.told():
        if clue.weekday is not None:
            named = nearest(clue, days)
            possible &= weekday(named) == clue.weekday
            possible &= (named >= days) | (clue.direction != "future")
    for plan, coming in clues.plans():
        possible &= _holds(plan, coming, days)
    return possible


def _holds(plan: WindowClue, coming: list[DayClue], days: Days) -> npt.NDArray[np.bool_]:
    """Whether the plan's week holds all the days that one of the sentences names."""
    first, last = window(plan, days)
    holds = np.zeros(len(days), dtype=bool)
    for sentence in {clue.setting.sentence for clue in coming}:
        named = [nearest(clue, days) for clue in coming if clue.setting.sentence == sentence]
        holds |= np.all([(first <= day) & (day <= last) for day in named], axis=0)
    return holds


def _is_tied(clues: Clues) -> bool:
    """Whether a weekday or a week is tied to a day of the month: else only statistics speak."""
    has_tie = any(clue.weekday is not None or clue.is_dateline for clue in clues.told())
    return has_tie or bool(clues.plans())


def _interval(weights: Weights, enough: float) -> tuple[int, int, int] | None:
    """First, last and best index of the shortest run of days that holds enough of the weight."""
    if weights.max() == -np.inf:
        return None
    share = np.exp(weights - weights.max())
    total = np.concatenate([[0.0], np.cumsum(share / share.sum())])
    ends = np.searchsorted(total, total[:-1] + enough)  # one past the last day of each run
    lengths = np.where(ends < len(total), ends - np.arange(len(share)), len(share) + 1)
    first = int(np.argmin(lengths))
    if lengths[first] > LONGEST:
        return None
    best = first + int(np.argmax(share[first : ends[first]]))
    return _widened(share, first, int(ends[first]) - 1, best)


def _widened(share: Weights, first: int, last: int, best: int) -> tuple[int, int, int]:
    """The run with the days at its edges that are still possible."""
    faded = share[best] * POSSIBLE
    while first > 0 and last - first + 1 < LONGEST_SHOWN and share[first - 1] > faded:
        first -= 1
    while last + 1 < len(share) and last - first + 1 < LONGEST_SHOWN and share[last + 1] > faded:
        last += 1
    return first, last, best

"""When an undated article was written, as the text itself tells it.

First the days that contradict the text go: a plan for "next week" and "from March 31 to April 2"
in neighbouring sentences are one event, and "Tuesday, May 14" falls on a Tuesday. The days that
are left are weighed by ``likelihood``; a short interval that holds most of the weight is the
answer, and where there is none the day is unknown.
"""

import re
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
from rag.reading.narrative import Narrative
from rag.reading.times import directed_times

ENOUGH = 0.85  # of all weight must lie in the interval
ENOUGH_UNPROVED = 0.95  # where nothing ties a weekday or a week to a day of the month
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
    weights = weigh(clues, days) + weigh_neighbours(days, neighbours)
    found = _interval(np.where(_possible(clues, days), weights, -np.inf), _enough(clues))
    if found is None:
        return _unknown(clues, today)
    first, last, best = (date.fromordinal(int(days[index])) for index in found)
    return Published(best, "inferred", first, last)


def later_bound(text: str, published: date) -> date | None:
    """The day a text with a stated date must be at least, where it tells a later day as past.

    Only a day named with its year counts, in a sentence that speaks of nothing still to come.
    """
    narrative = Narrative(text)
    told = (
        span.last_day
        for span, direction in directed_times(text)
        if direction == "past"
        and span.first_day == span.last_day
        and _YEAR.search(span.text)
        and not _TO_COME.search(narrative.sentence(span.start, span.end).of(text))
    )
    return max((day for day in told if day and day > published), default=None)


_YEAR = re.compile(r"\d{4}")
_TO_COME = re.compile(
    r"\b(?:will|would|shall|could|may|might|if|starting|beginning|ending|until|till|through|before"
    r"|by|between|expected|scheduled|planned|due|upcoming|plans?|claim\w*)\b",
    re.IGNORECASE,
)


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


def _enough(clues: Clues) -> float:
    """The share of all weight the interval must hold: more where only statistics speak."""
    is_tied = any(clue.weekday is not None or clue.is_dateline for clue in clues.told())
    return ENOUGH if is_tied or clues.plans() else ENOUGH_UNPROVED


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

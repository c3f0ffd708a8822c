"""Time expressions of an English text, resolved to days against the day it was published."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from rag.domain import TimeSpan
from rag.reading import absolute, relative
from rag.reading.context import Context
from rag.reading.days import Period
from rag.reading.expressions import Expression, find_expressions
from rag.reading.joining import joined
from rag.reading.narrative import Direction

_READERS = absolute.READERS | relative.READERS


def find_times(text: str, published: date | None) -> list[TimeSpan]:
    """Every time expression of the text in order, resolved against ``published``.

    Without a publication date the relative ones ("next week") are found but have no days.
    """
    return joined(text, list(_times(text, Context(text, published))))


def directed_times(text: str) -> Iterator[tuple[TimeSpan, Direction]]:
    """Every time expression of an undated text, with where its clause looks."""
    context = Context(text, None)
    for span in _times(text, context):
        yield span, context.direction


def _times(text: str, context: Context) -> Iterator[TimeSpan]:
    for found in find_expressions(text):
        context.move_to(found.start, found.end)
        if period := _read(found, context):
            context.remember(period)
            yield _span(text, found.start, found.end, period)


def _read(found: Expression, context: Context) -> Period | None:
    try:
        period = _READERS[found.rule](found.parts, context)
        return period and _narrowed(period, found.parts.get("part", "").lower(), context.published)
    except (ValueError, OverflowError, StopIteration):  # beyond the calendar's years 1 to 9999
        return None


def _narrowed(period: Period, part: str, today: date | None) -> Period:
    """The days meant by "early", "the end of" or "later this": the TIMEX3 value stays."""
    first, last = period.first, period.last
    if not part or first is None or last is None or period.unit == "day":
        return period
    if today and first <= today <= last and part in ("later", "rest", "remainder"):
        return period.within(today, last)
    if today and first <= today <= last and part == "earlier":
        return period.within(first, today)
    edge = timedelta(days=ceil(((last - first).days + 1) / _SHARE.get(part, 3)) - 1)
    if part in ("end", "close", "late", "later"):
        return period.within(last - edge, last)
    if part in ("mid", "middle"):
        return period.within(first + edge, last - edge)
    return period.within(first, first + edge)


# "Early" is the first third of a period, its "end" the last twelfth: December of a year.
_SHARE = {"end": 12, "close": 12, "start": 12, "beginning": 12}


def _span(text: str, start: int, end: int, period: Period) -> TimeSpan:
    return TimeSpan(
        text[start:end], start, end, period.first, period.last, period.timex, period.kind
    )

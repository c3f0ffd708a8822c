"""Days in words."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from datetime import date

from rag.domain import TimeSpan
from rag.reading.times import find_times

_NAMES_A_DAY = re.compile(r"\d|" + "|".join(month_name[1:]), re.IGNORECASE)
_NAMES_A_YEAR = re.compile(r"\b\d{4}\b")
_PREPOSITION = re.compile(
    r"\b(on|in|by|until|till|from|since|before|after|for|during|of|to)\s+$", re.IGNORECASE
)


def full_date(day: date) -> str:
    """The day in words, such as 9 April 2024."""
    return f"{day.day} {day:%B %Y}"


def made_absolute(sentence: str, published: date | None) -> str:
    """The sentence of an article of that day with "next week" and the like as days.

    Expressions that name a month or a number stay as they are, and so do those that no days
    are known for.
    """
    written, position = "", 0
    for span in find_times(sentence, published):
        if not _NAMES_A_DAY.search(span.text) and (days := _in_words(span)):
            before = sentence[position : span.start]
            written += before + _fitting(days, written + before)
            position = span.end
    return written + sentence[position:]


def days_meant(spans: Iterable[TimeSpan]) -> str:
    """What expressions that leave out the year stand for: "late August: 21 to 31 August 2025"."""
    return "; ".join(
        f"{span.text}: {_range(span.first_day, span.last_day, 'to')}"
        for span in spans
        if span.first_day and span.last_day and not _NAMES_A_YEAR.search(span.text)
    )


def _in_words(span: TimeSpan) -> str | None:
    """The days a relative expression stands for, with the preposition they take."""
    first, last = span.first_day, span.last_day
    if first is None or last is None:
        return None
    if first == last:
        return f"on {full_date(first)}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    if first == last.replace(day=1) and last.day == monthrange(last.year, last.month)[1]:
        return f"in {first:%B %Y}"
    return f"between {_range(first, last, 'and')}"


def _range(first: date, last: date, word: str) -> str:
    """Two days in words, what they share said once: "31 March to 2 April 2025"."""
    if first == last:
        return full_date(last)
    if first.year != last.year:
        return f"{full_date(first)} {word} {full_date(last)}"
    month = "" if first.month == last.month else f" {first:%B}"
    return f"{first.day}{month} {word} {full_date(last)}"


def _fitting(days: str, before: str) -> str:
    """The days without their preposition where the sentence has one already."""
    return days.partition(" ")[2] if _PREPOSITION.search(before) else days

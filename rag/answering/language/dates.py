"""Days in words."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import ceil

from rag.domain import TimeSpan
from rag.reading.times import find_times

_NAMES_A_DAY = re.compile(r"\d|" + "|".join(month_name[1:]), re.IGNORECASE)
_NAMES_DAYS = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES_A_YEAR = re.compile(r"\b\d{4}s?\b")
_PREPOSITION = re.compile(
    r"\b(on|in|by|until|till|from|since|before|after|for|during|of|to|within|over)\s+$",
    re.IGNORECASE,
)
_WITHIN = frozenset({"in", "on", "during"})
# These bound a time by the one behind them.
_BOUND = re.compile(
    r"\b(since|after|from|before|until|till|by|as\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"['’]s\b")
_LONGEST_BOUND = 24  # characters
_LONGEST = 2_000  # characters: what is longer is no sentence


def full_date(day: date) -> str:
    """The day in words, such as 9 April 2024."""
    return f"{day.day} {day:%B %Y}"


def names_a_day(span: TimeSpan) -> bool:
    """Whether it tells a reader when: by its days, or by a month or a number in it.

    "Next month" of an article that nobody knows the day of does not.
    """
    return span.last_day is not None or bool(_NAMES_A_DAY.search(span.text))


def days_in_words(span: TimeSpan) -> str:
    """The days a time stands for, as exactly as it tells them, on their own.

    "16 to 17 May 2024", "July 2024", "late August to early September 2025"; "by 21 May 2024"
    where it has no first day. Empty where it has no last one.
    """
    first, last = span.first_day, span.last_day
    if first is None or last is None:
        return f"by {full_date(last)}" if last else ""
    if _NAMES_DAYS.search(span.timex):
        return _range(first, last, "to")
    return _period(first, last) or _months(first, last) or _range(first, last, "to")


def made_absolute(sentence: str, published: date | None) -> str:
    """The sentence of an article of that day with "next week" and the like as days.

    Expressions that name a month or a number stay as they are, and so do those that no days
    are known for. "Next week's summit" becomes "the 14 to 20 November 2022 summit", and "within
    a week" the last day of it.
    """
    written, position = "", 0
    for span in find_times(sentence, published):
        if span.is_now or _NAMES_A_DAY.search(span.text) or not (days := _in_words(span)):
            continue
        before, position = written + sentence[position : span.start], span.end
        if _OWNER.match(sentence, span.end):
            written, position = f"{before}the {days_in_words(span)}", span.end + len("'s")
        else:
            written = _joined(before, days, span.last_day)
    return written + sentence[position:]


def led_by(text: str, span: TimeSpan) -> str:
    """The word before a time of the text that makes it the bound of another, lower case.

    "Since", "before", "as of" and the like; empty where there is none, or the time owns what
    follows: "after Thursday's summit".
    """
    match = _BOUND.search(text[max(0, span.start - _LONGEST_BOUND) : span.start])
    is_owner = _OWNER.match(text, span.end)
    return " ".join(match[1].lower().split()) if match and not is_owner else ""


def cut_out(text: str, spans: Sequence[TimeSpan]) -> str:
    """The text without these times, given in their order; what leads to them stays."""
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return text


def without_dates(text: str) -> str:
    """The text without its dates: a year is no number of things, and code reckons days."""
    return cut_out(text, find_times(text, None))


@lru_cache(maxsize=256)
def undated(sentence: str) -> str:
    """The same of a sentence, which several checks read; of a longer text its beginning."""
    return without_dates(sentence[:_LONGEST])


def untimed(sentence: str) -> str:
    """The sentence without the one time it tells; empty where it tells none or several."""
    spans = find_times(sentence, None)
    if len(spans) != 1:
        return ""
    before = _PREPOSITION.sub("", sentence[: spans[0].start]).rstrip(" ,")
    after = sentence[spans[0].end :]
    rest = f"{before}{after}" if before else after.lstrip(" ,")
    return rest[:1].upper() + rest[1:]


def days_meant(spans: Iterable[TimeSpan]) -> str:
    """What expressions that leave out the year stand for: "late August: 21 to 31 August 2025"."""
    return "; ".join(
        f"{span.text}: {_range(span.first_day, span.last_day, 'to')}"
        for span in spans
        if span.first_day and span.last_day and not (span.is_now or _NAMES_A_YEAR.search(span.text))
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
    if first == last.replace(day=1) and last.day == _length(last):
        return f"in {first:%B %Y}"
    return f"between {_range(first, last, 'and')}"


def _period(first: date, last: date) -> str | None:
    """Years, a month or a part of either in words, such as "late May 2024"."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    if first.year != last.year:
        return None
    year = date(first.year, 1, 1), date(last.year, 12, 31)
    month = first.replace(day=1), last.replace(day=_length(last))
    if (part := _part(first, last, *year)) is not None:
        return f"{part}{first.year}"
    if first.month == last.month and (part := _part(first, last, *month)) is not None:
        return f"{part}{first:%B %Y}"
    return None


def _months(first: date, last: date) -> str | None:
    """From one month or part of one to another, such as "late August to early September 2025"."""
    opening = _period(first, first.replace(day=_length(first)))
    closing = _period(last.replace(day=1), last)
    if not opening or not closing or first.replace(day=1) == last.replace(day=1):
        return None
    return f"{opening.removesuffix(f' {last.year}')} to {closing}"


def _part(first: date, last: date, period_first: date, period_last: date) -> str | None:
    """Which part of a period the days are; empty for the whole, ``None`` for no third of it."""
    edge = timedelta(days=ceil(((period_last - period_first).days + 1) / 3) - 1)
    parts = {
        (period_first, period_last): "",
        (period_first, period_first + edge): "early ",
        (period_first + edge, period_last - edge): "mid-",
        (period_last - edge, period_last): "late ",
    }
    return parts.get((first, last))


def _length(day: date) -> int:
    """The number of days in its month."""
    return monthrange(day.year, day.month)[1]


def _range(first: date, last: date, word: str) -> str:
    """Two days in words, what they share said once: "31 March to 2 April 2025"."""
    if first == last:
        return full_date(last)
    if first.year != last.year:
        return f"{full_date(first)} {word} {full_date(last)}"
    month = "" if first.month == last.month else f" {first:%B}"
    return f"{first.day}{month} {word} {full_date(last)}"


def _joined(before: str, days: str, last: date | None) -> str:
    """The text before and the days, under one preposition: "in", "for 1 to 3 May 2024".

    What is to be within them is by the last of them.
    """
    led = _PREPOSITION.search(before)
    if led is None:
        return before + days
    if led[1] == "within" and last:
        return f"{before[: led.start()]}by {full_date(last)}"
    between, _, bare = days.partition(" ")
    if between != "between":
        return before + bare
    if led[1].lower() not in _WITHIN:
        return before + bare.replace(" and ", " to ")
    return before[: led.start()] + (f"B{days[1:]}" if led[1][0].isupper() else days)


def are_within(reach: timedelta, some: Iterable[TimeSpan], others: Sequence[TimeSpan]) -> bool:
    """Whether any of them lie so near to each other; days in common are no time apart."""
    return any(
        max(one.first_day - other.last_day, other.first_day - one.last_day) <= reach
        for one in some
        for other in others
        if one.first_day and one.last_day and other.first_day and other.last_day
    )


def overlap(some: Iterable[TimeSpan], others: Sequence[TimeSpan]) -> bool:
    """Whether any of them have a day in common."""
    return are_within(timedelta(0), some, others)

"""Neighbouring expressions that are one: "from March 31 to April 2", "5 p.m. on Friday"."""

import re
from dataclasses import replace
from datetime import timedelta

from rag.domain import TimeSpan

_LONGEST_LINK = 10  # characters between the two
_RANGE = re.compile(r"\s+(?:to|through|until|till)\s+|\s?[-–—]\s?")
_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_SAME_TIME = re.compile(r",?\s+(?:on\s+|at\s+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS_OR_MONTHS = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_RANGED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def joined(text: str, spans: list[TimeSpan]) -> list[TimeSpan]:
    """The spans in order, those that are one range of days or one time of a day made one."""
    kept: list[TimeSpan] = []
    for span in spans:
        one = _joined(text, kept[-1], span) if kept else None
        if one:
            kept[-1] = one
        else:
            kept.append(span)
    return kept


def _joined(text: str, left: TimeSpan, right: TimeSpan) -> TimeSpan | None:
    if right.start - left.end > _LONGEST_LINK:
        return None
    link = text[left.end : right.start]
    if left.kind == right.kind == "DATE" and _is_range(text, left, right, link):
        return _from_to(text, left, right)
    if _SAME_TIME.fullmatch(link):
        return _time_of_day(text, left, right) or _time_of_day(text, right, left)
    return None


def _is_range(text: str, left: TimeSpan, right: TimeSpan, link: str) -> bool:
    alike = len(left.timex) == len(right.timex) and _RANGED.fullmatch(left.timex)
    if not alike or not (left.last_day and right.first_day and left.last_day < right.first_day):
        return False
    if _RANGE.fullmatch(link):
        return True
    if not _AND.fullmatch(link):
        return False
    follows = left.last_day + timedelta(days=1) == right.first_day
    is_between = _BETWEEN.search(text, max(left.start - _LONGEST_LINK, 0), left.start)
    return bool(is_between or (follows and _DAYS_OR_MONTHS.fullmatch(left.timex)))


def _from_to(text: str, left: TimeSpan, right: TimeSpan) -> TimeSpan:
    timex = f"{left.timex}/{right.timex}"
    words = text[left.start : right.end]
    return replace(left, text=words, end=right.end, last_day=right.last_day, timex=timex)


def _time_of_day(text: str, time: TimeSpan, day: TimeSpan) -> TimeSpan | None:
    """The time on that day; a time of day alone was taken for one of the day of publication."""
    if time.kind != "TIME" or day.kind != "DATE" or not _DAY.fullmatch(day.timex):
        return None
    start, end = min(time.start, day.start), max(time.end, day.end)
    timex = day.timex + time.timex[time.timex.index("T") :]
    return replace(day, text=text[start:end], start=start, end=end, timex=timex, kind="TIME")

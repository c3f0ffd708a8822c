"""When an article was published, from what its file, its header or its metadata state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from rag.domain import Published, Span
from rag.reading.days import MONTHS, WEEKDAYS, alternatives, day_or_none


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of an article states about its date, and the text that remains."""

    published: Published | None
    text: str


_MONTH = rf"(?P<{{name}}>{alternatives(MONTHS)})\b\.?"
_WEEKDAY = rf"(?:(?:{alternatives(WEEKDAYS)})\b\.?,?\s+)?"
_NUMBER = r"(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{name}>\d{{4}})"
_WRITTEN_DAY = rf"""
    (?:
        {_YEAR.format(name="iso_year")} (?P<dash>[-/.]) (?P<iso_month>\d{{1,2}})
        (?P=dash) (?P<iso_day>\d{{1,2}})
      | {_WEEKDAY} {_NUMBER.format(name="day_first")} \s+ {_MONTH.format(name="month_after")}
        ,? \s+ {_YEAR.format(name="year_last")}
      | {_WEEKDAY} {_MONTH.format(name="month_before")} \s+ {_NUMBER.format(name="day_second")}
        ,? \s+ {_YEAR.format(name="year_end")}
      | (?P<first>\d{{1,2}}) (?P<mark>[/.]) (?P<second>\d{{1,2}})
        (?P=mark) {_YEAR.format(name="numeric_year")}
    ) (?!\d)
"""
_ZONE = r"(?:Z|UTC|GMT|[ECMP][SD]?T|CES?T|BST|IST|[+-]\d{2}:?\d{2})\b"
_CLOCK = rf"""
    (?: ,? (?:T|[ \t]+(?:at[ \t]+)?) \d{{1,2}}[:.]\d{{2}} (?:[:.]\d{{2}}(?:\.\d+)?)?
        (?: [ \t]? [ap]\.?m\b\.? )? (?: [ \t]? {_ZONE} )? )?
"""
_KEYWORD = r"(?:(?:date)?published|pub(?:lish|lication)?[ ]?date|date|posted|(?:last[ ])?updated)"
_LINE_ENDS = r"[ \t]* (?:[-–—|·,][^\n]{0,80})? (?:\n|\Z)"
_FLAGS = re.VERBOSE | re.IGNORECASE
_DAY = re.compile(rf"{_WRITTEN_DAY} {_CLOCK}", _FLAGS)

# "date 2024-04-09 16.09 - martedì 9 aprile 2024" on a line of its own goes as a whole; of
# "date 2024-04-10 China stands ready" only the date goes, and only at the very top.
_HEADER_LINE = re.compile(
    rf"[ \t]* {_KEYWORD} (?:\s+on)? [ \t]* [:=]? [ \t]+ {_WRITTEN_DAY} {_CLOCK} {_LINE_ENDS}",
    _FLAGS,
)
_DAY_LINE = re.compile(
    rf"[ \t]* (?:(?-i:[A-Z])[\w.' -]{{1,30}},[ \t]+)? {_WRITTEN_DAY} {_CLOCK} [ \t]* (?:\n|\Z)",
    _FLAGS,
)
_OPENING = re.compile(rf"\s* (?:date|{_KEYWORD}[ ]?:) [ \t]+ {_WRITTEN_DAY} {_CLOCK}", _FLAGS)
# "Oct 19, 2021 ... Google has": an excerpt as search engines and feeds date it.
_DATED_EXCERPT = re.compile(rf"\s* {_WRITTEN_DAY} {_CLOCK} \s* (?:\.\.\.|[…|·])", _FLAGS)
_DATELINE = re.compile(
    rf"""
    \s* (?-i:[A-Z][A-Z.' -]{{2,30}}) (?:, [ \w.]{{2,20}}?)? ,?\s* [(]? {_WRITTEN_DAY} [)]?
    ,? (?:\s*[(][^()\n]{{2,40}}[)])? \s* (?:--|[-–—:])
    """,
    _FLAGS,
)
_AT_THE_TOP = (_HEADER_LINE, _DAY_LINE, _OPENING, _DATED_EXCERPT)
_FILE_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)(?!\d)"
)
_EPOCH_MILLISECONDS_FROM = 100_000_000_000  # as seconds this would be the year 5138
_COMPACT = range(1900_01_01, 2100_01_01)
_LINES_SEARCHED = 5

# A day is written within so many characters before its year, or after it: 2024-05-12.
_BEFORE_YEAR, _AFTER_YEAR = len("Wednesday, 12th September, "), len("-12-31")
_A_YEAR = re.compile(r"\b\d{4}(?!\d)")


def split_header(text: str) -> Header:
    """The publication date that the top of an article states, and the text without that header.

    A header is one of the first lines that has ``Date: 12 May 2024`` (also ``Published``,
    ``Posted``, ``Updated``) or nothing but a date, perhaps with a place ("Marlow, 12 May 2024");
    or a date in front of an excerpt ("19 Oct 2021 ... Google"). A dateline with a full date
    ("BEIJING, April 9, 2024 (Xinhua) --") is read but stays, for it is part of the story.
    """
    for start in _line_starts(text):
        for pattern in (_HEADER_LINE, _DAY_LINE) if start else _AT_THE_TOP:
            if (found := pattern.match(text, start)) and (day := _day_of(found)):
                line_break = "\n" if start else ""
                rest = text[:start] + line_break + text[found.end() :].lstrip("\n")
                return Header(Published.on(day, "stated"), rest.lstrip())
    datelines = filter(None, (_DATELINE.match(text, start) for start in _line_starts(text)))
    day = next(filter(None, map(_day_of, datelines)), None)
    return Header(Published.on(day, "stated") if day else None, text)


def parse_day(value: object) -> date | None:
    """The day a metadata value names, or ``None`` where it names none or an impossible one.

    Reads dates, datetimes, ISO 8601, epoch seconds or milliseconds (as UTC), RFC 2822, and days
    written in English. A day written with a zone is the day as its publisher wrote it; 05/06/2024
    is nobody's day for sure.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return _from_words(value.strip()) if isinstance(value, str) else None


def from_file_name(name: str) -> date | None:
    """The day in a file name such as ``2024-05-12-summit.txt``, ``20240512`` or ``2024_05_12``."""
    found = _FILE_DAY.search(name)
    return day_or_none(*map(int, found.group("year", "month", "day"))) if found else None


def days_in_full(text: str, since: int) -> Iterator[tuple[Span, date]]:
    """Where a text names a day of the year ``since`` or later in full, and the day.

    One that stands between two years may come twice.
    """
    for year in (year for year in _A_YEAR.finditer(text) if int(year[0]) >= since):
        around = max(year.start() - _BEFORE_YEAR, 0), year.end() + _AFTER_YEAR
        for found in _DAY.finditer(text, *around):
            if day := _day_of(found):
                yield Span(*found.span()), day


def _line_starts(text: str) -> Iterator[int]:
    start = 0
    for _ in range(_LINES_SEARCHED):
        yield start
        start = text.find("\n", start) + 1
        if not start:
            return


def _day_of(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    if part["iso_year"]:
        return day_or_none(int(part["iso_year"]), int(part["iso_month"]), int(part["iso_day"]))
    if part["numeric_year"]:
        return _unambiguous(int(part["first"]), int(part["second"]), int(part["numeric_year"]))
    year = part["year_last"] or part["year_end"]
    month = part["month_after"] or part["month_before"]
    day = part["day_first"] or part["day_second"]
    return day_or_none(int(year), MONTHS[month.lower()], int(day))


def _unambiguous(first: int, second: int, year: int) -> date | None:
    """Day and month in either order, where only one order is possible."""
    readings = {day_or_none(year, first, second), day_or_none(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _from_number(number: float) -> date | None:
    if _COMPACT.start <= number < _COMPACT.stop:  # "in" would try each number of the range
        return from_file_name(str(int(number)))
    seconds = number / 1000 if abs(number) >= _EPOCH_MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _from_words(words: str) -> date | None:
    if re.fullmatch(r"\d{8,13}(?:\.\d+)?", words):
        return _from_number(float(words))
    if found := _DAY.match(words):
        return _day_of(found)
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

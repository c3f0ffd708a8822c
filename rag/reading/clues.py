"""What an undated text lets slip about the day it was written: the clues ``inference`` weighs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rag.domain import TimeSpan
from rag.reading.days import MONTHS, WEEKDAYS, Unit
from rag.reading.narrative import Direction, Narrative
from rag.reading.times import directed_times

_READ = 20_000  # characters: what comes later in a text does not tell when it was written
_LEAD = 12  # sentences: the news; after them comes the background
_CLOSE, _SHARED = 4, 2  # sentences apart at most, and long words in common at least
_PREPOSITION, _CLAUSE = 12, 80  # characters before a day that are looked at
_DATELINE_WITHIN = 60  # characters from the start of the text


@dataclass(frozen=True, slots=True)
class Setting:
    """The sentence a clue stands in: its number in the text, and its longer words."""

    sentence: int
    words: frozenset[str]

    @property
    def is_lead(self) -> bool:
        """Whether the sentence is one of those that tell the news, before the background."""
        return self.sentence < _LEAD

    def is_near(self, other: "Setting") -> bool:
        """Whether both are likely to speak of one event: one sentence, or close and alike."""
        apart = abs(self.sentence - other.sentence)
        return not apart or (apart <= _CLOSE and len(self.words & other.words) >= _SHARED)


@dataclass(frozen=True, slots=True)
class DayClue:
    """A day of a month without its year, perhaps with its weekday: "Tuesday, May 14".

    It is told where something happens on it; in "the Jan. 6 committee" it is but a name.
    """

    month: int
    day: int
    weekday: int | None
    direction: Direction
    is_told: bool
    is_dateline: bool
    is_official: bool
    setting: Setting


@dataclass(frozen=True, slots=True)
class FixedClue:
    """Days whose year is named: "early 2022", "May 9, 2024".

    They are years ago where their sentence looks back over "recent years".
    """

    first: date
    last: date
    direction: Direction
    is_years_ago: bool
    setting: Setting

    @property
    def is_day(self) -> bool:
        """Whether it is one day, named in full."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class WeekdayClue:
    """A weekday alone: "said on Tuesday"."""

    weekday: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class MonthClue:
    """A month alone: "in July"."""

    month: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class WindowClue:
    """A period counted from the day of writing: "next week" is unit week, shift 1.

    It may begin only after the day of writing: "later this week".
    """

    unit: Unit
    shift: int
    direction: Direction
    is_later: bool
    setting: Setting


@dataclass(slots=True)
class Clues:
    """All clues of one text, by kind."""

    days: list[DayClue] = field(default_factory=list)
    fixed: list[FixedClue] = field(default_factory=list)
    weekdays: set[WeekdayClue] = field(default_factory=set)
    months: set[MonthClue] = field(default_factory=set)
    windows: set[WindowClue] = field(default_factory=set)
    anniversaries: set[int] = field(default_factory=set)

    @property
    def days_named(self) -> int:
        """How many different days the text names."""
        in_full = {clue.first for clue in self.fixed if clue.is_day}
        return len(in_full) + len({(clue.month, clue.day) for clue in self.days})

    def yearless(self) -> list[DayClue]:
        """The days whose year is named neither with them, nor in their sentence, nor elsewhere."""
        in_full = {(clue.first.month, clue.first.day) for clue in self.fixed if clue.is_day}
        with_year = {clue.setting.sentence for clue in self.fixed}
        return [
            clue
            for clue in self.days
            if (clue.month, clue.day) not in in_full and clue.setting.sentence not in with_year
        ]

    def told(self) -> list[DayClue]:
        """Those on which the news happens: not those told now as past and now as to come."""
        ways = {(clue.month, clue.day, clue.direction) for clue in self.days}
        return [
            clue
            for clue in self.yearless()
            if clue.is_told
            and clue.setting.is_lead
            and not {(clue.month, clue.day, way) for way in ("past", "future")} <= ways
        ]

    def plans(self) -> list[tuple[WindowClue, list[DayClue]]]:
        """Each plan for "next week" or "this week", with the days that speak of the same event."""
        coming = [clue for clue in self.told() if clue.direction == "future"]
        plans = (
            (window, [day for day in coming if day.setting.is_near(window.setting)])
            for window in self.windows
            if window.unit == "week" and window.direction == "future" and window.setting.is_lead
        )
        return [(window, days) for window, days in plans if days]

    def latest_day(self, today: date) -> date | None:
        """The latest day that is named in full and not told as to come."""
        told = (clue.last for clue in self.fixed if clue.is_day and clue.direction != "future")
        return max((day for day in told if day <= today), default=None)


_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_MONTH = re.compile(r"XXXX-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
_UNITS: dict[str, Unit] = {
    "XXXX-XX-XX": "day",
    "XXXX-WXX": "week",
    "XXXX-XX": "month",
    "XXXX": "year",
}
_SHIFTS = (
    (re.compile(r"\b(?:last|previous|yesterday)\b", re.I), -1),
    (re.compile(r"\b(?:next|tomorrow)\b", re.I), 1),
    (re.compile(r"\b(?:this|today|tonight)\b", re.I), 0),
)
_DATELINE = re.compile(r"\s*[A-Z][A-Z.' -]{2,30}(?:, [A-Z][\w. ]{1,20})?,\s+$")
_DATELINE_ENDS = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:--|[-–—])")
_OFFICIAL = re.compile(r"\b(?:visits?|talks|summit|meetings?|session|hearing|forum|trial)\b", re.I)
_ON = re.compile(r"\b(?:on|to|until|by|between|for|through|and)\s+$", re.I)
_FROM, _TO = re.compile(r"\bfrom\s+$", re.I), re.compile(r"\s+(?:to|until|through)\s", re.I)
_ANNIVERSARY = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)[ -]anniversary\b")
_FIRST_WORD = re.compile(r"[a-z]+")
_LONG_WORD = re.compile(r"[a-z]{5,}")
_TIME_WORDS = frozenset(MONTHS) | frozenset(WEEKDAYS)


def gather_clues(text: str) -> Clues:
    """The clues in the first pages of a text."""
    text = text[:_READ]
    clues, narrative = Clues(), Narrative(text)
    clues.anniversaries = {int(found[1]) for found in _ANNIVERSARY.finditer(text)}
    for span, direction in directed_times(text):
        if span.kind in ("DATE", "TIME"):
            _sort_in(clues, span, direction, text, _setting(span, text, narrative))
    return clues


def _sort_in(
    clues: Clues, span: TimeSpan, direction: Direction, text: str, setting: Setting
) -> None:
    value = span.timex.split("T")[0].split("/")[0]
    if span.first_day and span.last_day:
        is_years_ago = direction == "past" and {"recent", "years"} <= setting.words
        days = span.first_day, span.last_day
        return clues.fixed.append(FixedClue(*days, direction, is_years_ago, setting))
    if _DAY.fullmatch(value):
        return clues.days.append(_day(span, value, direction, text, setting))
    if found := _MONTH.fullmatch(value):
        return clues.months.add(MonthClue(int(found[1]), direction))
    if found := _WEEKDAY.fullmatch(value):
        return clues.weekdays.add(WeekdayClue(int(found[1]) - 1, direction))
    return clues.windows.update(_windows(span.text, value, direction, setting))


def _day(span: TimeSpan, value: str, direction: Direction, text: str, setting: Setting) -> DayClue:
    month, day = int(value[5:7]), int(value[8:10])
    first = _FIRST_WORD.match(span.text.lower())
    weekday = WEEKDAYS.get(first[0]) if first else None
    is_dateline = _is_dateline(span, text)
    is_told = weekday is not None or is_dateline or _is_told(span, text)
    clause = text[max(span.start - _CLAUSE, 0) : span.end + _CLAUSE]
    is_official = bool(_OFFICIAL.search(clause))
    return DayClue(month, day, weekday, direction, is_told, is_dateline, is_official, setting)


def _is_told(span: TimeSpan, text: str) -> bool:
    before = max(span.start - _PREPOSITION, 0), span.start
    opens_range = _FROM.search(text, *before) and _TO.match(text, span.end)
    return bool(opens_range or _ON.search(text, *before))


def _is_dateline(span: TimeSpan, text: str) -> bool:
    if span.start > _DATELINE_WITHIN:
        return False
    return bool(_DATELINE.match(text[: span.start]) and _DATELINE_ENDS.match(text, span.end))


def _windows(
    words: str, value: str, direction: Direction, setting: Setting
) -> Iterator[WindowClue]:
    """The window of "next week" and its like; none where the words or the value name none."""
    shift = next((shift for pattern, shift in _SHIFTS if pattern.search(words)), None)
    if value in _UNITS and shift is not None:
        is_later = words.lower().startswith("later")
        yield WindowClue(_UNITS[value], shift, direction, is_later, setting)


def _setting(span: TimeSpan, text: str, narrative: Narrative) -> Setting:
    sentence = narrative.sentence(span.start, span.end).of(text)
    words = frozenset(_LONG_WORD.findall(sentence.lower())) - _TIME_WORDS
    return Setting(narrative.sentence_number(span.start), words)

"""What an undated text lets slip about the day it was written: the clues ``inference`` weighs."""

import re
from dataclasses import dataclass, field
from datetime import date

from rag.domain import TimeSpan
from rag.reading.days import MONTHS, WEEKDAYS, Unit
from rag.reading.narrative import Direction, Narrative
from rag.reading.times import directed_times

_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_MONTH = re.compile(r"XXXX-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
_UNITS: dict[str, Unit] = {"XXXX-XX-XX": "day", "XXXX-WXX": "week", "XXXX-XX": "month", "XXXX": "year"}
_FIRST_WORD = re.compile(r"[a-z]+")
_SHIFTS = (
    (re.compile(r"\b(?:last|previous|yesterday)\b", re.I), -1),
    (re.compile(r"\b(?:next|tomorrow)\b", re.I), 1),
    (re.compile(r"\b(?:this|today|tonight)\b", re.I), 0),
)
_DATELINE = re.compile(r"\s*[A-Z][A-Z.' -]{2,30}(?:, [A-Z][\w. ]{1,20})?,\s+$")
_DATELINE_ENDS = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:--|[-–—])")
_OFFICIAL = re.compile(r"\b(?:visits?|talks|summit|meetings?|session|hearing|forum|trial)\b", re.I)
_ON = re.compile(r"\b(?:on|from|to|until|by|between|for|since|through|and)\s+$", re.I)
_LONG_WORD = re.compile(r"[a-z]{5,}")
_CLOSE, _SHARED, _LEAD = 4, 2, 12  # sentences, words, sentences
_ANNIVERSARY = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)[ -]anniversary\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """The sentence a clue stands in: its number in the text, and its longer words."""

    sentence: int
    words: frozenset[str]

    def is_near(self, other: "Setting") -> bool:
        """Whether both are likely to speak of one event: close by, or in the same words."""
        if self.sentence == other.sentence:
            return True
        is_close = abs(self.sentence - other.sentence) <= _CLOSE
        return is_close and len(self.words & other.words) >= _SHARED

    @property
    def is_lead(self) -> bool:
        """Whether the sentence is one of those that tell the news, before the background."""
        return self.sentence < _LEAD


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
    setting: "Setting"


@dataclass(frozen=True, slots=True)
class FixedClue:
    """Days whose year is named: "early 2022", "May 9, 2024".

    It is years ago where its sentence looks back over "recent years".
    """

    first: date
    last: date
    direction: Direction
    setting: Setting
    is_years_ago: bool


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
    setting: "Setting"


@dataclass(slots=True)
class Clues:
    """All clues of one text, by kind."""

    days: list[DayClue] = field(default_factory=list)
    fixed: list[FixedClue] = field(default_factory=list)
    weekdays: list[WeekdayClue] = field(default_factory=list)
    months: list[MonthClue] = field(default_factory=list)
    windows: list[WindowClue] = field(default_factory=list)
    anniversaries: list[int] = field(default_factory=list)


def gather_clues(text: str) -> Clues:
    """The clues of a text, in no order that matters."""
    clues, narrative = Clues(), Narrative(text)
    clues.anniversaries += {int(found[1]) for found in _ANNIVERSARY.finditer(text)}
    for span, direction in directed_times(text):
        if span.kind in ("DATE", "TIME"):
            _sort_in(clues, span, direction, text, narrative)
    return clues


def _sort_in(
    clues: Clues, span: TimeSpan, direction: Direction, text: str, narrative: Narrative
) -> None:
    value = span.timex.split("T")[0].split("/")[0]
    setting = _setting(text, span, narrative)
    if span.first_day and span.last_day:
        clues.fixed.append(_fixed(span.first_day, span.last_day, direction, setting))
    elif _DAY.fullmatch(value):
        clues.days.append(_day(span, value, direction, text, setting))
    elif found := _MONTH.fullmatch(value):
        clues.months.append(MonthClue(int(found[1]), direction))
    elif found := _WEEKDAY.fullmatch(value):
        clues.weekdays.append(WeekdayClue(int(found[1]) - 1, direction))
    elif value in _UNITS:
        clues.windows += _window(span.text, _UNITS[value], direction, setting)


def _fixed(first: date, last: date, direction: Direction, setting: Setting) -> FixedClue:
    is_years_ago = direction == "past" and {"recent", "years"} <= setting.words
    return FixedClue(first, last, direction, setting, is_years_ago)


def _day(
    span: TimeSpan, value: str, direction: Direction, text: str, setting: Setting
) -> DayClue:
    month, day = int(value[5:7]), int(value[8:10])
    first = _FIRST_WORD.match(span.text.lower())
    weekday = WEEKDAYS.get(first[0]) if first else None
    around = text[max(span.start - _CLAUSE, 0) : span.end + _CLAUSE]
    is_official = bool(_OFFICIAL.search(around))
    is_told = weekday is not None or bool(_ON.search(text, max(span.start - 12, 0), span.start))
    return DayClue(month, day, weekday, direction, is_told, _is_dateline(text, span), is_official, setting)


def _setting(text: str, span: TimeSpan, narrative: Narrative) -> Setting:
    sentence = narrative.sentence(span.start, span.end)
    words = frozenset(_LONG_WORD.findall(sentence.of(text).lower())) - _TIME_WORDS
    return Setting(narrative.sentence_number(span.start), words)


def _window(words: str, unit: Unit, direction: Direction, setting: Setting) -> list[WindowClue]:
    shifts = (shift for pattern, shift in _SHIFTS if pattern.search(words))
    is_later = words.lower().startswith("later")
    return [WindowClue(unit, shift, direction, is_later, setting) for shift in shifts][:1]


def _is_dateline(text: str, span: TimeSpan) -> bool:
    if span.start > _DATELINE_WITHIN:
        return False
    return bool(_DATELINE.match(text[: span.start]) and _DATELINE_ENDS.match(text, span.end))


_DATELINE_WITHIN = 60  # characters from the start of the text
_CLAUSE = 80  # characters: about a clause
_TIME_WORDS = frozenset(MONTHS) | frozenset(WEEKDAYS)

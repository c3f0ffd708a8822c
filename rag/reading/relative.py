"""What expressions mean that point from the day of publication, or from the day last spoken of."""

from datetime import date

from rag.reading.absolute import Parts, Reader, month_in
from rag.reading.context import EARLIER, LATER, Context
from rag.reading.days import WEEKDAYS, Period, after, around, year_of
from rag.reading.numerals import count_of, duration, unit_of

_PART_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "MI"}
_NAMED_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def _ago(parts: Parts, context: Context) -> Period | None:
    unit, way = unit_of(parts["unit"]), parts["way"].lower()
    if unit is None or "few" in parts:
        return _vague(way in ("ago", "earlier"), context.published)
    start = context.anchor if way in ("earlier", "later") else context.published
    count = count_of(parts)
    return context.moved(unit, -count if way in ("ago", "earlier") else count, start)


def _window(parts: Parts, context: Context) -> Period | None:
    """A length that ends or begins today: "the past five years", "the next three weeks"."""
    way, unit, today = parts["way"].lower(), unit_of(parts["unit"]), context.published
    if "few" in parts and unit:
        return _vague(way not in LATER, today)
    length = _length(parts, context)
    if unit is None or today is None or way in ("first", "following"):
        return length
    if way in EARLIER:
        return length.within(after(today, unit, -count_of(parts)), today)
    return length.within(today, after(today, unit, count_of(parts)))


def _within(parts: Parts, context: Context) -> Period | None:
    """A length that begins today, where the clause looks ahead: "in less than a month"."""
    length, unit, today = _length(parts, context), unit_of(parts["unit"]), context.published
    if unit is None or today is None or "few" in parts or context.direction == "past":
        return length
    return length.within(today, after(today, unit, count_of(parts)))


def _length(parts: Parts, context: Context) -> Period:
    if parts["unit"].rstrip("s").lower() == "month":
        context.quarter = None  # "in the nine months ...": no longer the quarter's report
    return Period(None, None, duration(parts), "day", "DURATION")


def _repeated(parts: Parts, _: Context) -> Period | None:
    weekday = parts.get("weekday") or parts.get("weekdays", "").removesuffix("s")
    if weekday:
        return Period(None, None, f"XXXX-WXX-{WEEKDAYS[weekday.lower()] + 1}", "day", "SET")
    if "month" in parts:
        return Period(None, None, f"XXXX-{month_in(parts):02}", "month", "SET")
    return Period(None, None, duration(parts), "day", "SET")


def _day_beyond(parts: Parts, context: Context) -> Period | None:
    return context.today_and(-2 if parts["way"].lower().startswith("before") else 2)


def _named_day(parts: Parts, context: Context) -> Period | None:
    return _at(context.today_and(_NAMED_DAYS[parts["day"].lower()]), parts)


def _night(parts: Parts, context: Context) -> Period | None:
    days = 0 if parts["word"].lower() == "tonight" else -1
    return _at(context.today_and(days), {"daypart": "night"})


def _part_of_day(parts: Parts, context: Context) -> Period | None:
    return _at(context.today_and(0), parts)


def _weekday(parts: Parts, context: Context) -> Period | None:
    number = WEEKDAYS[parts["weekday"].lower().rstrip(".")]
    which = parts.get("which", "").lower()
    start = context.anchor if which.endswith(("previous", "following")) else context.published
    if start is None:
        return _at(Period.unknown("day", f"XXXX-WXX-{number + 1}"), parts)
    days = _days_to_weekday(start.weekday(), number, which, context)
    return _at(around(after(start, "day", days), "day"), parts)


def _days_to_weekday(today: int, weekday: int, which: str, context: Context) -> int:
    """Days from one weekday to the next such day, or to the last one (then negative)."""
    ahead, behind = (weekday - today) % 7, -((today - weekday) % 7)
    if which in EARLIER:
        return behind or -7
    if which in LATER:
        return ahead or 7
    return ahead if which == "this" or context.direction == "future" else behind


def _weekend(parts: Parts, context: Context) -> Period | None:
    which, today = parts.get("which", "").lower(), context.published
    looks_back = which in EARLIER or ("the" in parts and context.direction != "future")
    if looks_back and today and today.weekday() < WEEKDAYS["sunday"]:
        return context.moved("weekend", -1, today)
    return context.moved("weekend", 1 if which in LATER else 0, today)


def _deictic(parts: Parts, context: Context) -> Period | None:
    which, unit = parts["which"].lower(), unit_of(parts["unit"])
    if unit is None or unit == "day":
        return None
    count = (which in LATER) - (which in EARLIER)
    from_last = which in ("same", "following", "previous")
    today = context.anchor if from_last else context.published
    found = context.moved(unit, count, today)
    if found and today and which.endswith("past"):  # the year up to today; TIMEX3 has 2021 for it
        return found.within(after(today, unit, -1), today)
    return found


def _that(parts: Parts, context: Context) -> Period | None:
    unit = unit_of(parts["unit"])
    if unit is None or context.last is None:
        return None
    if unit == "year" and context.year:
        return year_of(context.year)
    return context.moved(unit, 0, context.anchor)


def _whole(parts: Parts, context: Context) -> Period | None:
    """Part of the current year: "the end of the year"; "the year" alone is no expression."""
    unit = unit_of(parts["unit"])
    return context.moved(unit, 0, context.published) if unit and "part" in parts else None


def _year_end(_: Parts, context: Context) -> Period | None:
    december = context.in_nearest_year(
        lambda year: year_of(year).within(date(year, 12, 1), date(year, 12, 31))
    )
    return december or Period.unknown("year")


def _present(_: Parts, context: Context) -> Period | None:
    return Period(context.published, context.published, "PRESENT_REF")


def _past(_: Parts, context: Context) -> Period | None:
    return _vague(True, context.published)


def _future(_: Parts, context: Context) -> Period | None:
    return _vague(False, context.published)


def _vague(is_past: bool, today: date | None) -> Period:
    return Period(None, today, "PAST_REF") if is_past else Period(today, None, "FUTURE_REF")


def _clock(parts: Parts, context: Context) -> Period | None:
    today = context.today_and(0)
    return today.of_kind("TIME", today.timex + _time(parts))


def _time(parts: Parts) -> str:
    if word := parts.get("word"):
        return "T12:00" if word.lower() == "noon" else "T24:00"
    afternoon = 12 if parts.get("half", "").lower() == "p" else 0
    hour = int(parts["hour"]) % 12 + afternoon if "hour" in parts else int(parts["hour24"])
    return f"T{hour:02}:{parts.get('minute') or parts.get('minute24') or '00'}"


def _at(day: Period, parts: Parts) -> Period:
    part_of_day = parts.get("daypart")
    if part_of_day is None:
        return day
    return day.of_kind("TIME", f"{day.timex}T{_PART_OF_DAY[part_of_day.lower()]}")


READERS: dict[str, Reader] = {
    "ago": _ago,
    "window": _window,
    "within": _within,
    "length": _length,
    "repeated": _repeated,
    "day_beyond": _day_beyond,
    "named_day": _named_day,
    "night": _night,
    "this_part": _part_of_day,
    "weekday": _weekday,
    "weekend": _weekend,
    "deictic": _deictic,
    "that": _that,
    "year_end": _year_end,
    "whole": _whole,
    "present": _present,
    "past": _past,
    "future": _future,
    "clock": _clock,
    "part_of_day": _part_of_day,
}

"""What days, months, seasons, quarters and years mean that are called by their names."""

from collections.abc import Callable
from datetime import date

from rag.reading.context import Context
from rag.reading.days import (
    MONTHS,
    SEASONS,
    Period,
    after,
    around,
    century_of,
    day_or_none,
    decade_of,
    half_of,
    month_of,
    quarter_of,
    season_of,
    year_of,
)
from rag.reading.numerals import DECADES, ORDINALS, number_of, spoken_year

Parts = dict[str, str]
Reader = Callable[[Parts, Context], Period | None]
_POINTS_TO = {"last": -1, "the previous": -1, "next": 1, "the following": 1}


def stated_year(parts: Parts, context: Context) -> int | None:
    """The year written beside the expression, or the one that words like "of that year" mean."""
    if year := parts.get("year") or parts.get("year_after"):
        return int(year)
    if spoken := parts.get("spoken"):
        return spoken_year(spoken)
    which = (parts.get("year_ref") or parts.get("ref_after") or "").lower()
    if which in ("that", "the same"):
        return context.year
    if not which or context.published is None:
        return None
    return context.published.year + _POINTS_TO.get(which, 0)


def month_in(parts: Parts) -> int:
    """The number of the month that is named."""
    return MONTHS[parts["month"].lower().rstrip(".")]


def _iso(parts: Parts, _: Context) -> Period | None:
    return _days(int(parts["year"]), int(parts["month"]), int(parts["day"]))


def _numeric(parts: Parts, _: Context) -> Period | None:
    year, first, second = int(parts["year"]), int(parts["first"]), int(parts["second"])
    readings = [one for one in (_days(year, first, second), _days(year, second, first)) if one]
    if not readings:
        return None
    if readings[0] == readings[-1]:
        return readings[0]
    return Period.unknown("day", f"{year}-XX-XX")


def _month_day(parts: Parts, context: Context) -> Period | None:
    month, first = month_in(parts), number_of(parts["day"])
    last = number_of(parts.get("to", parts["day"]))
    if last < first or day_or_none(2000, month, last) is None:
        return None
    if year := stated_year(parts, context):
        return _days(year, month, first, last)
    if context.direction != "future" and (year := context.years.get((month, first))):
        return _days(year, month, first, last)
    nearest = context.in_nearest_year(lambda year: _days(year, month, first, last))
    return nearest or Period.unknown("day", f"XXXX-{month:02}-{first:02}")


def _days(year: int, month: int, first: int, last: int | None = None) -> Period | None:
    start, end = day_or_none(year, month, first), day_or_none(year, month, last or first)
    if start is None or end is None:
        return None
    return Period(start, end, str(start) if start == end else f"{start}/{end}")


def _lower_month(parts: Parts, context: Context) -> Period | None:
    return _month(parts, context) if "month" in parts else None


def _month(parts: Parts, context: Context) -> Period | None:
    month = month_in(parts)
    if year := stated_year(parts, context):
        return month_of(year, month)
    which = parts.get("which", "").lower()
    nearest = context.in_nearest_year(lambda year: month_of(year, month), which)
    return nearest or Period.unknown("month", f"XXXX-{month:02}")


def _season(parts: Parts, context: Context) -> Period | None:
    season = SEASONS[(parts.get("season") or parts["bare"]).lower()]
    if year := stated_year(parts, context):
        return season_of(year, season)
    which = parts.get("which", "").lower()
    nearest = context.in_nearest_year(lambda year: season_of(year, season), which)
    return nearest or Period.unknown("season", f"XXXX-{season}")


def _quarter(parts: Parts, context: Context) -> Period | None:
    word = parts["number"].lower()
    number = ORDINALS.get(word) or int(word[0])
    if year := stated_year(parts, context):
        return quarter_of(year, number)
    context.quarter = context.in_nearest_year(lambda year: quarter_of(year, number))
    return context.quarter or Period.unknown("quarter", f"XXXX-Q{number}")


def _half(parts: Parts, context: Context) -> Period | None:
    half = 1 if parts["number"].lower() == "first" else 2
    year = stated_year(parts, context) or (context.published and context.published.year)
    return half_of(year, half) if year else Period.unknown("half", f"XXXX-H{half}")


def _comparison(parts: Parts, context: Context) -> Period | None:
    """A year before the quarter that is reported on, or before the publication."""
    if context.published is None:
        return Period.unknown("year")
    if "number" in parts:
        return quarter_of(context.published.year - 1, ORDINALS[parts["number"].lower()])
    if context.quarter and context.quarter.first:
        return around(after(context.quarter.first, "year", -1), "quarter")
    return year_of(context.published.year - 1)


def _period_of(parts: Parts, context: Context) -> Period | None:
    year = int(parts["year"])
    if context.quarter and context.quarter.first:
        return quarter_of(year, (context.quarter.first.month + 2) // 3)
    return year_of(year)


def _the_quarter(_: Parts, context: Context) -> Period | None:
    return context.quarter or context.moved("quarter", -1, context.published)


def _year(parts: Parts, context: Context) -> Period | None:
    year = stated_year(parts, context)
    return year_of(year) if year else None


def _years(parts: Parts, _: Context) -> Period | None:
    first = int(parts["year"])
    last = int(parts["year"][: -len(parts["to"])] + parts["to"])
    if last <= first:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), f"{first}/{last}", "year")


def _decade(parts: Parts, _: Context) -> Period | None:
    if decade := parts.get("decade"):
        return decade_of(int(decade))
    word = parts.get("word", "").lower()
    return decade_of(1900 + (DECADES[word] if word else int(parts["short"])))


def _century(parts: Parts, _: Context) -> Period | None:
    word = parts.get("word", "").lower()
    number = ORDINALS.get(word, 21) if word else int(parts["number"])
    return century_of(number) if number in range(1, 23) else None


READERS: dict[str, Reader] = {
    "iso": _iso,
    "numeric": _numeric,
    "bracketed": _month_day,
    "month_day": _month_day,
    "month_ordinal": _month_day,
    "day_month": _month_day,
    "lower_month": _lower_month,
    "month_year": _month,
    "month_spoken_year": _month,
    "month_ref": _month,
    "month": _month,
    "bare_month": _month,
    "season_year": _season,
    "season": _season,
    "quarter": _quarter,
    "short_quarter": _quarter,
    "half": _half,
    "comparison": _comparison,
    "period_of": _period_of,
    "the_quarter": _the_quarter,
    "fiscal": _year,
    "years": _years,
    "years_in_full": _years,
    "decade": _decade,
    "century": _century,
    "spoken_year": _year,
    "year": _year,
    "led_year": _year,
    "life_year": _year,
    "rough_year": _year,
    "bare_year": _year,
}

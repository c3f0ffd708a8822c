"""What a sentence planned on the day it was published, and which plan gives way to another."""

import re
from datetime import date

from rag.domain import Evidence, TimeSpan

_AHEAD = re.compile(
    r"\b(will|shall|is to|are to|going to|to (visit|meet|travel|attend|hold|host)|plans? to"
    r"|(due|set|slated|scheduled|expected|planned) (to|for)|scheduled (\S+ ){1,5}to)\b",
    re.IGNORECASE,
)


def looks_ahead(evidence: Evidence) -> bool:
    """Whether its words announce something, with or without a day."""
    return bool(_AHEAD.search(evidence.quote))


def announces(evidence: Evidence) -> bool:
    """Whether it tells nothing but what was still ahead when it was published."""
    return is_plan(evidence) or (looks_ahead(evidence) and not last_day(evidence))


def is_plan(evidence: Evidence) -> bool:
    """Whether every day the sentence speaks of was still ahead, in part or whole."""
    published = published_day(evidence)
    days = [span.last_day for span in _told(evidence) if span.last_day]
    return bool(days) and published != date.min and all(day > published for day in days)


def was_plan(evidence: Evidence) -> bool:
    """Whether some of the days it speaks of were not yet over when it was published."""
    published = evidence.article.published.day
    return published is not None and any(
        span.first_day is not None and span.last_day is not None and span.last_day >= published
        for span in _told(evidence)
    )


def supersedes(newer: Evidence, older: Evidence) -> bool:
    """Whether the same or a later article is more exact: "later this year" gives way to days."""
    return (
        published_day(newer) >= published_day(older)
        and was_plan(newer)
        and _width(newer) < _width(older)
        and end(newer) <= end(older)
    )


def published_day(evidence: Evidence) -> date:
    """The day it was published, the first of the calendar where that is unknown."""
    return evidence.article.published.day or date.min


def end(evidence: Evidence) -> date:
    """The last day the sentence speaks of, the first of the calendar where it tells none."""
    return last_day(evidence) or date.min


def last_day(evidence: Evidence) -> date | None:
    """The last day the sentence speaks of."""
    return max((span.last_day for span in _told(evidence) if span.last_day), default=None)


def _told(evidence: Evidence) -> list[TimeSpan]:
    """The times the sentence tells; "now" is when it was told."""
    return [span for span in evidence.spans if not span.is_now]


def _width(evidence: Evidence) -> int:
    """Days covered by the most exact time that lies ahead of the article: what was planned."""
    published = published_day(evidence)
    widths = (
        (span.last_day - span.first_day).days
        for span in _told(evidence)
        if span.first_day and span.last_day and span.last_day > published
    )
    return min(widths, default=date.max.toordinal())

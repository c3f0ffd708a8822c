"""The day a dated text was last worked on, where it tells one that is later than its date.

A story keeps the date it first appeared under while it is rewritten for weeks, and a reader of
the first day knew nothing of what was added. Most later days that news names lie ahead of it;
only those count that cannot: a note of the publisher, a signed post, a photograph with its
credit, a deed that is done, and what is so "as of December 2022".
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from rag.domain import Published, Span
from rag.reading.dating import days_in_full
from rag.reading.days import MONTHS
from rag.reading.narrative import PAST_FORMS, Narrative

_LOOK_BACK, _LOOK_AHEAD = 120, 90  # characters around a day that tell whether it is over

_CLOCK = r"(?:\s+\d{1,2}[:.]\d{2}[^\n.]{0,14})?"
_NOTE = rf"(?:updated|republished|published|corrected|revised|modified)(?:\s+on|:)?{_CLOCK},?"
_POST = r"[-–—]\s*[^\n(]{1,60}\(@\w{1,30}\)"

# "Is crowned on", "to be held on" lie ahead; "settled on May 6" and "named May 6" choose a day.
_AHEAD = r"(?<!\bbe\s)(?<!\bbeing\s)(?<!\bis\s)(?<!\bare\s)(?<!\bget\s)(?<!\bgets\s)"
_CHOOSES = (
    r"(?!(?:agreed|based|been|counted|decided|delayed|did|expected|fixed|focused|had|planned"
    r"|postponed|relied|rescheduled|scheduled|set|settled|slated|was|were)\b)"
)
_PLACE = r"(?:,?\s+(?:in|at|near)(?:\s+[A-Z][\w.'’-]*,?){1,5})?"
_DEED = (
    rf"{_AHEAD}\b{_CHOOSES}(?:[a-z]+[^\We]ed|agreed|{PAST_FORMS})"
    rf"(?:\s+(?:its|his|her|their|the)\s+[a-z]+|\s+place)?{_PLACE}\s+on"
    r"|\b(?:closed|opened|died|ended|took\s+place)(?:\s+(?:its|their)\s+doors)?"
)
_OVER = re.compile(rf"(?:\b(?i:{_NOTE})|{_POST}|{_DEED})\s*$")
_CREDIT = re.compile(
    r"[^\n]{0,70}?(?:\((?:AP )?Photo\b|\b(?:AFP|AP|Reuters) via\b|/(?:AFP|AP|Getty|Reuters)\b"
    r"|[A-Z][\w-]+ [A-Z][\w-]+/[A-Z])"
)
_CAPTION = re.compile(r"(?:\bon|[,.]|\b[A-Z][\w.]+)\s*$")

# "As of April 1, 2023" may be a rule for that day; a month that has come is named to date a figure.
_AS_OF = re.compile(rf"\bas of (?P<month>{'|'.join(MONTHS)}) (?P<year>20\d\d)\b", re.IGNORECASE)

_TO_COME = re.compile(
    r"\b(?:will|would|shall|could|(?-i:may)|might|must|if|unless|once|starting|beginning|expected"
    r"|scheduled|planned|due|upcoming|effective|deadline|plans?|claim\w*)\b|’ll\b|'ll\b",
    re.IGNORECASE,
)


def with_updates(published: Published, text: str, today: date | None = None) -> Published:
    """The date, with the latest day the text tells as over beside it where that is later.

    Days after ``today`` (the current day if not given) are over for nobody yet.
    """
    if published.day is None:
        return published
    bound = later_bound(text, published.day, today or date.today())
    return Published(published.day, published.basis, published.day, bound or published.day)


def later_bound(text: str, published: date, today: date) -> date | None:
    """The latest day up to ``today`` that the text tells as over; ``None`` if not a later one."""
    narrative = Narrative(text)
    told = (
        day
        for span, day in days_in_full(text, published.year)
        if published < day <= today and _is_over(text, span, narrative)
    )
    reached = (day for day in _months_reached(text, narrative) if published < day <= today)
    return max(chain(told, reached), default=None)


def _months_reached(text: str, narrative: Narrative) -> Iterator[date]:
    """The first days of the months as of which something is told to be so."""
    for found in _AS_OF.finditer(text):
        if not _TO_COME.search(narrative.sentence(*found.span()).of(text)):
            yield date(int(found["year"]), MONTHS[found["month"].lower()], 1)


def _is_over(text: str, span: Span, narrative: Narrative) -> bool:
    before = text[max(span.start - _LOOK_BACK, 0) : span.start]
    after = text[span.end : span.end + _LOOK_AHEAD]
    is_pictured = _CREDIT.match(after) and _CAPTION.search(before)
    if not is_pictured and not _OVER.search(before):
        return False
    return not _TO_COME.search(narrative.sentence(span.start, span.end).of(text))

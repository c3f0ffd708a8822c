"""Sources that answer differently: each is asked alone, and code compares what they say."""

import re
from collections.abc import Sequence
from datetime import timedelta

from rag.answering.interpret import Interpretation
from rag.answering.short import ShortAnswer
from rag.answering.verify import Checked, quotable, quote
from rag.domain import Evidence, TimeSpan

# So many other sources are asked at most: each costs a reading of its evidence.
_ASKED = 3
# From this probability of "unknown" a source that is asked alone counts as silent.
_DOUBT = 0.5
# A longer answer tells a story, of which another source tells another part.
_VALUE = 4
# Days further apart than this are of two events, not one that is told differently.
_ONE_EVENT = timedelta(days=31)
# Reasons and manners that differ may all be true.
_MANY_ANSWERS = re.compile(r"\W*(why|how(?! (many|much|old|long|often)))\b", re.IGNORECASE)


def rivals(
    interpretation: Interpretation,
    evidence: Sequence[Evidence],
    said: Sequence[Evidence],
    short: ShortAnswer,
) -> list[list[Evidence]]:
    """The evidence of each source that does not hold the answer, best first, a few at most.

    ``said`` is what the answer cites. There are none where time decides between sources (what is
    next, what was last) or where several answers can be true.
    """
    if interpretation.intent not in ("any", "past") or _MANY_ANSWERS.match(interpretation.text):
        return []
    if not said or not _is_value(short, interpretation):
        return []
    told = {item.article.id for item in said}
    sources: dict[str, list[Evidence]] = {}
    for item in evidence:
        if item.article.id not in told:
            sources.setdefault(item.article.id, []).append(item)
    if interpretation.asked == "day":
        apart = [_on_other_days(items, said) for items in sources.values()]
    else:
        apart = [items for items in sources.values() if not short.holding(items, interpretation)]
    return list(filter(None, apart))[:_ASKED]


def otherwise(
    interpretation: Interpretation,
    evidence: Sequence[Evidence],
    short: ShortAnswer,
    alone: ShortAnswer,
) -> Checked | None:
    """The sentence of a source that says something else than ``short``, as the source has it.

    ``alone`` is what the model answered from this source alone.
    """
    if not alone.is_known or alone.unknown >= _DOUBT or not _is_value(alone, interpretation):
        return None
    if alone.told(interpretation) & short.told(interpretation):
        return None
    holding = alone.holding(evidence, interpretation)
    best = next((item for item in holding if quotable(item, interpretation)), None)
    return quote(best, interpretation) if best else None


def _is_value(short: ShortAnswer, interpretation: Interpretation) -> bool:
    """Whether it is something that two sources cannot both have right: a day, or a few words."""
    return interpretation.asked == "day" or 0 < len(short.told(interpretation)) <= _VALUE


def _on_other_days(items: Sequence[Evidence], said: Sequence[Evidence]) -> list[Evidence]:
    """Those that tell days of the same weeks as what is said, and none of the same days."""
    cited = [span for item in said for span in item.spans]
    return [
        item
        for item in items
        if any(_are_near(span, other) for span in item.spans for other in cited)
        and not any(_overlap(span, other) for span in item.spans for other in cited)
    ]


def _are_near(one: TimeSpan, other: TimeSpan) -> bool:
    if not (one.first_day and one.last_day and other.first_day and other.last_day):
        return False
    return max(one.first_day - other.last_day, other.first_day - one.last_day) <= _ONE_EVENT


def _overlap(one: TimeSpan, other: TimeSpan) -> bool:
    if not (one.first_day and one.last_day and other.first_day and other.last_day):
        return False
    return one.first_day <= other.last_day and other.first_day <= one.last_day

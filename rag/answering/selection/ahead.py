"""What may answer a question for what is next: plans whose days are still to come."""

from collections.abc import Sequence
from datetime import date

from rag.answering.evidence.about import tells_the_event
from rag.answering.evidence.kinds import holds_kind
from rag.answering.evidence.topic import Topic
from rag.answering.question.interpret import Interpretation
from rag.answering.selection.chosen import Selection, is_over, last_plan, newest_of, with_days
from rag.answering.timeline.plans import (
    end,
    is_plan,
    last_day,
    looks_ahead,
    published_day,
    supersedes,
    was_plan,
)
from rag.answering.timeline.statements import looks_back
from rag.domain import Evidence


def select_next(
    interpretation: Interpretation, near: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """What is still ahead, from the newest article that says so; else the last plan, as stale.

    A plan whose day has passed is stale only as long as no later article speaks of the matter;
    one that does makes it an event of the past.
    """
    exact = [item for item in relevant if any(supersedes(item, other) for other in near)]
    spoken = list(dict.fromkeys([*near, *exact]))
    topic = Topic.of(interpretation, relevant)
    current = [item for item in with_days(interpretation, spoken) if not topic.is_anothers(item)]
    current = [item for item in current if not looks_back(item)]
    if ahead := [item for item in current if end(item) >= interpretation.as_of]:
        return newest_of(ahead)
    plan = max((item for item in current if was_plan(item)), key=end, default=None)
    if plan is None or any(published_day(item) > end(plan) for item in spoken):
        return Selection((), "abstained", "past_only")
    return Selection((plan,), "stale")


def select_ahead(
    interpretation: Interpretation, telling: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """Who, where or what is ahead: what is planned for days to come, else what names no day.

    The latter tells of the event itself, not under its title alone. A plan that names no day has
    that of its article's other sentences on the matter. "Next" and "upcoming" ask for what was
    announced, the first of it first, by its days if the matter has any, however the sentence that
    tells them ranks; "expected" and "will" may ask for what is always so.
    """
    as_of = interpretation.as_of
    strict = interpretation.asks_for_announced
    is_first = interpretation.asks_for_first
    if is_first or (strict and not any(end(item) >= as_of for item in telling)):
        telling = list(dict.fromkeys([*telling, *_dated_ahead(interpretation, relevant)]))
    plans = [
        item
        for item in telling
        if looks_ahead(item)
        or is_plan(item)
        or (not (strict or last_day(item)) and tells_the_event(item, interpretation))
    ]
    if ahead := [item for item in plans if not is_over(item, relevant, as_of)]:
        return Selection(tuple(_by_day(interpretation, ahead)), "answered")
    return last_plan(plans, "past_only")


def _by_day(interpretation: Interpretation, ahead: Sequence[Evidence]) -> Sequence[Evidence]:
    """In the order of their days where the announced is asked for; of the first day for "next"."""
    if not interpretation.asks_for_announced:
        return ahead
    days = [end(item) if end(item) >= interpretation.as_of else date.max for item in ahead]
    first = min(days)
    if interpretation.asks_for_first and first < date.max:
        return [item for item, day in zip(ahead, days, strict=True) if day == first]
    return [ahead[at] for at in sorted(range(len(ahead)), key=days.__getitem__)]


def _dated_ahead(interpretation: Interpretation, relevant: Sequence[Evidence]) -> list[Evidence]:
    """What has days to come, of the event itself, and the kind of thing asked for."""
    return [
        item
        for item in with_days(interpretation, relevant)
        if end(item) >= interpretation.as_of and holds_kind(item.quote, interpretation)
    ]

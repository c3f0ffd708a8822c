"""What may answer a question for what happened, or happened last."""

from collections.abc import Sequence
from datetime import date

from rag.answering.evidence.topic import Topic
from rag.answering.language.speech import speaks_of_telling
from rag.answering.question.interpret import Interpretation
from rag.answering.selection.chosen import Selection, is_over, with_days
from rag.answering.timeline.plans import announces, end, looks_ahead, published_day
from rag.answering.timeline.statements import Statement, find_statements
from rag.domain import Evidence


def select_past(
    interpretation: Interpretation, telling: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """What had happened when it was written; what was only announced is told as a plan.

    But what somebody said may be of what was still ahead. Of the "last" of its kind only the latest
    is told, and a plan only while no later article speaks of the matter.
    """
    asks_day = interpretation.asked == "day"
    dated = with_days(interpretation, telling) if asks_day else telling
    asks_whether = interpretation.asked == "whether"
    asks_why = interpretation.asked == "reason"
    topic = Topic.of(interpretation, relevant)
    asks_what_was_said = not (asks_day or asks_whether) and speaks_of_telling(interpretation.text)
    told = [
        item
        for item in dated
        if not (announces(item) or (asks_whether and looks_ahead(item)))
        or (asks_why and topic.has_happened(item.quote))
        or (asks_what_was_said and speaks_of_telling(item.quote))
    ]
    if interpretation.intent == "last":
        told = _latest(interpretation, told, relevant)
    if told:
        return Selection(tuple(told), "answered")
    if not (asks_day or asks_whether):
        return Selection((), "abstained", "unsupported")  # a plan does not say what came of it
    planned = with_days(interpretation, relevant) if asks_day else dated
    return _last_planned(interpretation, planned, relevant)


def _last_planned(
    interpretation: Interpretation, planned: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """The plan with the last days, as stale, once they are over.

    Nothing without any, nor where a later article tells that it happened; of the "last" of its
    kind, where one speaks of the matter at all.
    """
    plans = [item for item in planned if is_over(item, relevant, interpretation.as_of)]
    plan = max(plans, key=end, default=None)
    is_last, topic = interpretation.intent == "last", Topic.of(interpretation, relevant)
    if plan is None or any(
        published_day(item) > end(plan) and (is_last or topic.has_happened(item.quote))
        for item in relevant
    ):
        return Selection((), "abstained", "unsupported")
    return Selection((plan,), "stale")


def _latest(
    interpretation: Interpretation, told: Sequence[Evidence], relevant: Sequence[Evidence]
) -> list[Evidence]:
    """What of it happened last: on the days of the event itself, where they are asked for.

    Of a visit that was "the first since his re-election in March" March tells nothing, and
    "recently" nothing where the days are known.
    """
    if interpretation.asked == "day" and (done := _done(interpretation, relevant)):
        last = max(item.last_day for item in done)
        return [item.evidence for item in done if item.last_day == last]
    happened = max(map(_happened, told), default=None)
    return [item for item in told if _happened(item) == happened]


def _done(interpretation: Interpretation, relevant: Sequence[Evidence]) -> list[Statement]:
    """What is told as past of the event itself, without what is told more exactly too."""
    statements = find_statements(Topic.of(interpretation, relevant), relevant)
    done = [item for item in statements if item.told == "done"]
    return [item for item in done if not any(map(item.is_vaguer, done))]


def _happened(evidence: Evidence) -> date:
    """The latest day it tells of that was not ahead of it, else the day it was published."""
    published = published_day(evidence)
    days = [span.last_day for span in evidence.spans if span.last_day]
    return max((day for day in days if day <= published), default=published)

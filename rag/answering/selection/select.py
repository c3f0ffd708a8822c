"""Which evidence an answer may rest on, as of the question's day: code decides, not the model."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.evidence.about import is_told_apart
from rag.answering.evidence.kinds import holds_kind
from rag.answering.evidence.properties import is_property
from rag.answering.evidence.relevance import may_speak_of, of_the_same, speaks_of
from rag.answering.evidence.topic import Topic
from rag.answering.language.modality import is_doubtful
from rag.answering.language.offices import offices_asked_for
from rag.answering.language.terms import terms
from rag.answering.question.interpret import Interpretation
from rag.answering.question.period import Period
from rag.answering.selection.ahead import select_ahead, select_next
from rag.answering.selection.chosen import Selection, is_long_over
from rag.answering.selection.current import select_current, select_dated
from rag.answering.selection.past import select_past
from rag.answering.timeline.plans import last_day, looks_ahead, published_day
from rag.domain import Evidence

# A word, and whether "to" stands before it: "offered to buy" tells no purchase.
_WORD = re.compile(r"(\bto )?([^\W\d_]+)")
# The year of a title: "the 2022 World Cup".
_TITLED = re.compile(r"(?:\b(?:[Tt]he|his|her|its|their)|['’]s) (?P<year>\d{4}) [A-Za-z]")
# Sentences scoring below this share of the best one are not shown to the model.
_NEAR_BEST = 0.7


def select_evidence(
    interpretation: Interpretation, ranked: Sequence[Evidence], near_best: float = _NEAR_BEST
) -> Selection:
    """The evidence to answer from as of the question's day, or the reason for silence.

    What scores below the share ``near_best`` of the best of it is left out.

    Where what speaks of it in the question's words answers nothing, what may speak of it in
    others is offered to the model: "Moscow" for "Russia", "travelled to" for "attended".
    """
    ranked = _of_the_event(interpretation, ranked)
    plain = [evidence for evidence in ranked if speaks_of(interpretation, evidence)]
    found = _selected(interpretation, of_the_same(interpretation, plain), near_best)
    if found.status != "abstained" or found.reason == "past_only":
        return found
    others = [evidence for evidence in ranked if may_speak_of(interpretation, evidence)]
    in_others = _selected(interpretation, others, near_best)
    return in_others if in_others.status == "answered" else found


def _of_the_event(interpretation: Interpretation, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence, to when with no days but the event's, to whether without what others do."""
    if interpretation.asked not in ("day", "whether"):
        return ranked
    topic = Topic.of(interpretation, ranked)
    if interpretation.asked == "whether":
        return [item for item in ranked if not topic.is_anothers(item)]
    if not topic.events:
        return ranked
    return [_but_titles(topic.at_its_times(item), interpretation) for item in ranked]


def _selected(
    interpretation: Interpretation, relevant: Sequence[Evidence], near_best: float
) -> Selection:
    """What of the evidence on the matter may be used."""
    if not relevant:
        return Selection((), "abstained", "no_evidence")
    near = [item for item in relevant if item.score >= near_best * relevant[0].score]
    telling = [it for it in near if holds_kind(it.quote, interpretation) and not _asks(it)]
    if interpretation.asked == "whether":
        telling = [item for item in telling if not _leaves_open(item, interpretation)]
    if not telling:
        return Selection((), "abstained", "unsupported")
    return _in_time(interpretation, relevant, near, telling)


def _leaves_open(evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether it tells that something may be so, or was only wanted: "offered to buy"."""
    if interpretation.intent == "next":
        return False
    if is_doubtful(evidence.quote, interpretation.topic):
        return True
    deeds = [it for it in _WORD.finditer(evidence.quote) if terms(it[2]) & interpretation.topic]
    return interpretation.intent == "past" and bool(deeds) and all(it[1] for it in deeds)


def _but_titles(evidence: Evidence, interpretation: Interpretation) -> Evidence:
    """The evidence without the years in titles, where what is asked for is not past.

    "The 2022 World Cup" does not tell when it begins, nor "his 2024 campaign".
    """
    if interpretation.intent == "past":
        return evidence
    titles = {match.start("year") + evidence.start for match in _TITLED.finditer(evidence.quote)}
    kept = tuple(span for span in evidence.spans if span.start not in titles)
    return replace(evidence, spans=kept)


def _asks(evidence: Evidence) -> bool:
    """Whether it is a question, which tells nothing."""
    return evidence.quote.rstrip("\"'”’) ").endswith("?")


def _in_time(
    interpretation: Interpretation,
    relevant: Sequence[Evidence],
    near: Sequence[Evidence],
    telling: Sequence[Evidence],
) -> Selection:
    """What of it fits the time the question is about."""
    asks_day = interpretation.asked == "day"
    if interpretation.period:
        relevant = _of_period(interpretation, interpretation.period, relevant)
        near, telling = ([it for it in items if it in relevant] for items in (near, telling))
    elif _asks_of_event(interpretation):
        telling = _of_the_last(interpretation, telling) or telling
    if not telling:
        return Selection((), "abstained", "unsupported")
    match interpretation.intent, asks_day:
        case "next", True:
            return select_next(interpretation, near, relevant)
        case "next", False:
            return select_ahead(interpretation, telling, relevant)
        case "any", True:
            return select_dated(interpretation, telling)
        case "any", False:
            return select_current(interpretation, telling, relevant)
    return select_past(interpretation, telling, relevant)


def _of_period(
    interpretation: Interpretation, period: Period, evidence: Sequence[Evidence]
) -> list[Evidence]:
    """What tells of the days asked about: by its own, or by those it was printed on.

    What was printed then may tell of other days too: "New York pays two men who were freed last
    year". Those of the event itself must be the ones asked about, and not still ahead.
    """
    counted = interpretation.asked == "number"
    topic = Topic.of(interpretation, evidence)

    def is_told(item: Evidence) -> bool:
        spans = tuple(it for it in item.spans if not is_told_apart(topic.events, item, it))
        if period.holds(replace(item, spans=spans), counted=counted):
            return True
        is_news_of_then = period.is_of_print(item) and not looks_ahead(item)
        return is_news_of_then and all(map(period.meets, topic.times_beside(item)))

    return [item for item in evidence if is_told(item)]


def _asks_of_event(interpretation: Interpretation) -> bool:
    """Whether it asks whom, which, where or how many of what may happen again."""
    is_of_event = interpretation.asked == "number" or interpretation.may_ask_for_name
    return is_of_event and not (is_property(interpretation) or interpretation.happens_once)


def _of_the_last(interpretation: Interpretation, telling: Sequence[Evidence]) -> list[Evidence]:
    """Without what tells of another final, or flood, than the newest evidence.

    All its days were long over when it was published, or it was published long before. Old news
    of who holds an office stays: whether it still holds is decided with the newer.
    """
    recent = [item for item in telling if not _looks_far_back(item)]
    if offices_asked_for(interpretation.text):
        return recent
    newest = max(map(published_day, telling))
    return [item for item in recent if not is_long_over(item.article.published.day, newest)]


def _looks_far_back(evidence: Evidence) -> bool:
    return is_long_over(last_day(evidence), evidence.article.published.day)

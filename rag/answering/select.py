"""Which evidence an answer may rest on, as of the question's day: code decides, not the model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.answering.about import is_told_apart, tells_the_event
from rag.answering.incumbents import tells_holder
from rag.answering.interpret import Interpretation
from rag.answering.kinds import holds_kind
from rag.answering.modality import is_doubtful
from rag.answering.offices import offices_asked_for
from rag.answering.period import Period
from rag.answering.plans import (
    announces,
    end,
    is_plan,
    last_day,
    looks_ahead,
    published_day,
    supersedes,
    was_plan,
)
from rag.answering.properties import is_property
from rag.answering.relevance import may_speak_of, of_the_same, speaks_of
from rag.answering.speech import speaks_of_telling
from rag.answering.statements import Statement, find_statements, looks_back
from rag.answering.terms import terms
from rag.answering.topic import Topic
from rag.domain import Evidence, Reason, Status

# A final of so long ago is another one than that which is asked about.
_LONG_OVER = timedelta(days=365)
# A word, and whether "to" stands before it: "offered to buy" tells no purchase.
_WORD = re.compile(r"(\bto )?([^\W\d_]+)")
# The year of a title: "the 2022 World Cup".
_TITLED = re.compile(r"(?:\b(?:[Tt]he|his|her|its|their)|['’]s) (?P<year>\d{4}) [A-Za-z]")
# Sentences scoring below this share of the best one are not shown to the model.
_NEAR_BEST = 0.7


@dataclass(frozen=True, slots=True)
class Selection:
    """The evidence an answer may rest on, or the reason why there is none."""

    evidence: tuple[Evidence, ...]
    status: Status
    reason: Reason | None = None


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
            return _select_next(interpretation, near, relevant)
        case "next", False:
            return _select_ahead(interpretation, telling, relevant)
        case "any", True:
            return _select_dated(interpretation, telling)
        case "any", False:
            return _select_current(interpretation, telling, relevant)
    return _select_past(interpretation, telling, relevant)


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
    return [item for item in recent if not _is_long_over(item.article.published.day, newest)]


def _looks_far_back(evidence: Evidence) -> bool:
    return _is_long_over(last_day(evidence), evidence.article.published.day)


def _is_long_over(day: date | None, later: date | None) -> bool:
    """Whether that day is more than a year before the later one; not where either is unknown."""
    return day is not None and later is not None and later - day > _LONG_OVER


def _select_current(
    interpretation: Interpretation, telling: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """What is so on the day asked: of who holds an office what the newest article tells.

    Nothing where news of more than a year later speaks of the office and does not tell who.
    """
    holders = [item for item in telling if tells_holder(item.quote, interpretation)]
    if not holders:
        return _select_any(telling, interpretation.as_of)
    if _is_outdated(holders, relevant):
        return Selection((), "abstained", "no_evidence")
    return _newest(holders)


def _is_outdated(told: Sequence[Evidence], relevant: Sequence[Evidence]) -> bool:
    newest, newest_of_all = (max(map(published_day, items)) for items in (told, relevant))
    return newest > date.min and newest_of_all - newest > _LONG_OVER


def _select_dated(interpretation: Interpretation, telling: Sequence[Evidence]) -> Selection:
    """What is still ahead, as the newest article has it; else what the evidence tells of days."""
    dated = _current(interpretation, telling)
    ahead = [item for item in dated if end(item) >= interpretation.as_of]
    return _newest(ahead) if ahead else _select_any(dated, interpretation.as_of)


def _select_any(telling: Sequence[Evidence], as_of: date) -> Selection:
    """All of it, but no plan whose days have passed while there is anything else."""
    over = [item for item in telling if looks_ahead(item) and was_plan(item) and end(item) < as_of]
    if current := [item for item in telling if item not in over]:
        return Selection(tuple(current), "answered")
    return _last_plan(over, "unsupported")


def _last_plan(plans: Sequence[Evidence], without: Reason) -> Selection:
    """The plan that was published last, as stale, or the reason for silence without any."""
    plan = max(plans, key=lambda item: (published_day(item), end(item)), default=None)
    return Selection((plan,), "stale") if plan else Selection((), "abstained", without)


def _select_next(
    interpretation: Interpretation, near: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """What is still ahead, from the newest article that says so; else the last plan, as stale.

    A plan whose day has passed is stale only as long as no later article speaks of the matter;
    one that does makes it an event of the past.
    """
    exact = [item for item in relevant if any(supersedes(item, other) for other in near)]
    spoken = list(dict.fromkeys([*near, *exact]))
    topic = Topic.of(interpretation, relevant)
    current = [item for item in _current(interpretation, spoken) if not topic.is_anothers(item)]
    current = [item for item in current if not looks_back(item)]
    if ahead := [item for item in current if end(item) >= interpretation.as_of]:
        return _newest(ahead)
    plan = max((item for item in current if was_plan(item)), key=end, default=None)
    if plan is None or any(published_day(item) > end(plan) for item in spoken):
        return Selection((), "abstained", "past_only")
    return Selection((plan,), "stale")


def _newest(ahead: Sequence[Evidence]) -> Selection:
    newest = max(published_day(item) for item in ahead)
    return Selection(tuple(item for item in ahead if published_day(item) == newest), "answered")


def _select_ahead(
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
    if ahead := [item for item in plans if not _is_over(item, relevant, as_of)]:
        return Selection(tuple(_by_day(interpretation, ahead)), "answered")
    return _last_plan(plans, "past_only")


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
        for item in _current(interpretation, relevant)
        if end(item) >= interpretation.as_of and holds_kind(item.quote, interpretation)
    ]


def _is_over(evidence: Evidence, relevant: Sequence[Evidence], as_of: date) -> bool:
    if was_plan(evidence):
        return end(evidence) < as_of
    days = [end(item) for item in relevant if item.article == evidence.article and was_plan(item)]
    return looks_ahead(evidence) and bool(days) and max(days) < as_of


def _select_past(
    interpretation: Interpretation, telling: Sequence[Evidence], relevant: Sequence[Evidence]
) -> Selection:
    """What had happened when it was written; what was only announced is told as a plan.

    But what somebody said may be of what was still ahead. Of the "last" of its kind only the latest
    is told, and a plan only while no later article speaks of the matter.
    """
    asks_day = interpretation.asked == "day"
    dated = _current(interpretation, telling) if asks_day else telling
    asks_whether = interpretation.asked == "whether"
    asks_what_was_said = not (asks_day or asks_whether) and speaks_of_telling(interpretation.text)
    told = [
        item
        for item in dated
        if not (announces(item) or (asks_whether and looks_ahead(item)))
        or (asks_what_was_said and speaks_of_telling(item.quote))
    ]
    if interpretation.intent == "last":
        told = _latest(interpretation, told, relevant)
    if told:
        return Selection(tuple(told), "answered")
    if not (asks_day or asks_whether):
        return Selection((), "abstained", "unsupported")  # a plan does not say what came of it
    planned = _current(interpretation, relevant) if asks_day else dated
    plans = [item for item in planned if _is_over(item, relevant, interpretation.as_of)]
    plan = max(plans, key=end, default=None)
    is_last = interpretation.intent == "last"
    if plan is None or (is_last and any(published_day(item) > end(plan) for item in relevant)):
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


def _current(interpretation: Interpretation, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with days of the event, without what other evidence made more exact."""
    dated = [item for item in evidence if last_day(item) and tells_the_event(item, interpretation)]
    return [item for item in dated if not any(supersedes(other, item) for other in dated)]

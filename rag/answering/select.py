"""Which evidence an answer may rest on, as of the question's day: code decides, not the model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.interpret import Interpretation
from rag.answering.kinds import holds_kind
from rag.answering.terms import missing_names, names, terms, words
from rag.domain import Evidence, Reason, Status

# Below this share of the question's topic words a sentence is about something else.
_MIN_COVERAGE = 0.5
# Sentences scoring below this share of the best one are not shown to the model.
_NEAR_BEST = 0.7


@dataclass(frozen=True, slots=True)
class Selection:
    """The evidence an answer may rest on, or the reason why there is none."""

    evidence: tuple[Evidence, ...]
    status: Status
    reason: Reason | None = None


def select_evidence(interpretation: Interpretation, ranked: Sequence[Evidence]) -> Selection:
    """The evidence to answer from as of the question's day, or the reason for silence."""
    relevant = [evidence for evidence in ranked if _speaks_of(interpretation, evidence)]
    if not relevant:
        return Selection((), "abstained", "no_evidence")
    near = [item for item in relevant if item.score >= _NEAR_BEST * relevant[0].score]
    telling = [item for item in near if holds_kind(item.quote, interpretation)]
    if not telling:
        return Selection((), "abstained", "unsupported")
    if interpretation.asked != "day":
        return Selection(tuple(telling), "answered")
    if interpretation.intent == "next":
        exact = [item for item in relevant if any(_supersedes(item, other) for other in near)]
        return _select_next(interpretation.as_of, list(dict.fromkeys([*near, *exact])))
    return _select_dated(telling, past=interpretation.intent == "past")


def _speaks_of(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether the sentence, as read with its context, holds the names and the topic asked for."""
    text = f"{evidence.context}\n{evidence.quote}"
    if missing_names(interpretation.names, names(text)) or _is_of_another(interpretation, evidence):
        return False
    topic = interpretation.topic
    return len(topic & terms(text)) >= _MIN_COVERAGE * len(topic)


def _is_of_another(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether the sentence opens with a name, and neither it nor any behind it was asked for first.

    "Xi's visit to Russia" is no evidence for a question about Wang Yi's, even under a title that
    names him. A capital alone does not make a name: it is written with one elsewhere too.
    """
    opening, asked = words(evidence.quote)[:1], words(interpretation.text)
    first = [word.lower() for word in asked if word.lower() in interpretation.names][:1]
    if not first or not opening or not opening[0][0].isupper():
        return False
    elsewhere = re.search(rf"[\w,] {re.escape(opening[0])}\b", evidence.article.text)
    return bool(
        elsewhere
        and missing_names([opening[0].lower()], interpretation.names)
        and missing_names(first, names(evidence.quote))
    )


def _select_next(as_of: date, near: Sequence[Evidence]) -> Selection:
    """What is still ahead, from the newest article that says so; else the last plan, as stale.

    A plan whose day has passed is stale only as long as no later article speaks of the matter;
    one that does makes it an event of the past.
    """
    current = _current(near)
    if ahead := [item for item in current if _end(item) >= as_of]:
        newest = max(_published(item) for item in ahead)
        return Selection(tuple(item for item in ahead if _published(item) == newest), "answered")
    plan = max((item for item in current if _was_plan(item)), key=_end, default=None)
    if plan is None or any(_published(item) > _end(plan) for item in near):
        return Selection((), "abstained", "past_only")
    return Selection((plan,), "stale")


def _select_dated(telling: Sequence[Evidence], *, past: bool) -> Selection:
    """What tells a day; asked for the past, only what had happened when it was written."""
    told = [item for item in _current(telling) if not (past and _is_plan(item))]
    return Selection(tuple(told), "answered") if told else Selection((), "abstained", "unsupported")


def _current(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with days, without what other evidence made more exact."""
    dated = [item for item in evidence if _last_day(item)]
    return [item for item in dated if not any(_supersedes(other, item) for other in dated)]


def _is_plan(evidence: Evidence) -> bool:
    """Whether every day the sentence speaks of was still ahead, in part or whole."""
    published = _published(evidence)
    days = [span.last_day for span in evidence.spans if span.last_day]
    return bool(days) and published != date.min and all(day > published for day in days)


def _supersedes(newer: Evidence, older: Evidence) -> bool:
    """Whether the same or a later article is more exact: "later this year" gives way to days."""
    return (
        _published(newer) >= _published(older)
        and _was_plan(newer)
        and _width(newer) < _width(older)
        and _end(newer) <= _end(older)
    )


def _last_day(evidence: Evidence) -> date | None:
    return max((span.last_day for span in evidence.spans if span.last_day), default=None)


def _end(evidence: Evidence) -> date:
    return _last_day(evidence) or date.min


def _width(evidence: Evidence) -> int:
    """Days covered by the most exact time that lies ahead of the article: what was planned."""
    published = _published(evidence)
    widths = (
        (span.last_day - span.first_day).days
        for span in evidence.spans
        if span.first_day and span.last_day and span.last_day > published
    )
    return min(widths, default=date.max.toordinal())


def _published(evidence: Evidence) -> date:
    return evidence.article.published.day or date.min


def _was_plan(evidence: Evidence) -> bool:
    published = evidence.article.published.day
    return published is not None and any(
        span.first_day is not None and span.last_day is not None and span.last_day >= published
        for span in evidence.spans
    )

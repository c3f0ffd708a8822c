"""What was chosen to answer from, and what the ways of choosing it share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.answering.evidence.about import tells_the_event
from rag.answering.question.interpret import Interpretation
from rag.answering.timeline.plans import (
    end,
    last_day,
    looks_ahead,
    published_day,
    supersedes,
    was_plan,
)
from rag.domain import Evidence, Reason, Status

# A final of so long ago is another one than that which is asked about.
_LONG_OVER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Selection:
    """The evidence an answer may rest on, or the reason why there is none."""

    evidence: tuple[Evidence, ...]
    status: Status
    reason: Reason | None = None


def is_long_over(day: date | None, later: date | None) -> bool:
    """Whether that day is more than a year before the later one; not where either is unknown."""
    return day is not None and later is not None and later - day > _LONG_OVER


def newest_of(evidence: Sequence[Evidence]) -> Selection:
    """What of it the newest article, or articles of one day, tell."""
    newest = max(map(published_day, evidence))
    return Selection(tuple(it for it in evidence if published_day(it) == newest), "answered")


def last_plan(plans: Sequence[Evidence], without: Reason) -> Selection:
    """The plan that was published last, as stale, or the reason for silence without any."""
    plan = max(plans, key=lambda item: (published_day(item), end(item)), default=None)
    return Selection((plan,), "stale") if plan else Selection((), "abstained", without)


def is_over(evidence: Evidence, relevant: Sequence[Evidence], as_of: date) -> bool:
    """Whether it is a plan whose days have passed; without days those its article tells count."""
    if was_plan(evidence):
        return end(evidence) < as_of
    days = [end(item) for item in relevant if item.article == evidence.article and was_plan(item)]
    return looks_ahead(evidence) and bool(days) and max(days) < as_of


def with_days(interpretation: Interpretation, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with days of the event, without what other evidence made more exact."""
    dated = [item for item in evidence if last_day(item) and tells_the_event(item, interpretation)]
    return [item for item in dated if not any(supersedes(other, item) for other in dated)]

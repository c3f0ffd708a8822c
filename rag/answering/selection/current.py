"""What may answer a question for what is so on the day it is asked."""

from collections.abc import Sequence
from datetime import date

from rag.answering.evidence.incumbents import tells_holder
from rag.answering.question.interpret import Interpretation
from rag.answering.selection.chosen import Selection, is_long_over, last_plan, newest_of, with_days
from rag.answering.timeline.plans import end, looks_ahead, published_day, was_plan
from rag.domain import Evidence


def select_current(
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
    return newest_of(holders)


def _is_outdated(told: Sequence[Evidence], relevant: Sequence[Evidence]) -> bool:
    newest, newest_of_all = (max(map(published_day, items)) for items in (told, relevant))
    return newest > date.min and is_long_over(newest, newest_of_all)


def select_dated(interpretation: Interpretation, telling: Sequence[Evidence]) -> Selection:
    """What is still ahead, as the newest article has it; else what the evidence tells of days."""
    dated = with_days(interpretation, telling)
    ahead = [item for item in dated if end(item) >= interpretation.as_of]
    return newest_of(ahead) if ahead else _select_any(dated, interpretation.as_of)


def _select_any(telling: Sequence[Evidence], as_of: date) -> Selection:
    """All of it, but no plan whose days have passed while there is anything else."""
    over = [item for item in telling if looks_ahead(item) and was_plan(item) and end(item) < as_of]
    if current := [item for item in telling if item not in over]:
        return Selection(tuple(current), "answered")
    return last_plan(over, "unsupported")

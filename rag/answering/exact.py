"""The days of a plan where its article tells them more exactly than the sentence that answers.

"Putin will travel to China later this week", and further down: "The state visit is scheduled for
May 16 and 17."
"""

from datetime import date

from rag.answering.evidence import sentences
from rag.answering.kinds import without_dates
from rag.answering.plans import published_day, supersedes
from rag.answering.terms import missing_names, names, terms
from rag.domain import Evidence


def more_exact(plan: Evidence) -> Evidence | None:
    """The sentence of the plan's article that tells its days most exactly, if one is more exact.

    It tells of the event in the title and names nobody and no place that the plan does not: "he
    visits Harbin on May 17" is a part of it. Nothing where such sentences tell different days.
    """
    events = _events(plan.quote) & _events(plan.article.title)
    told = [
        item
        for item in sentences(plan.article)
        if supersedes(item, plan) and events & _events(item.quote) and not _adds_names(item, plan)
    ]
    exact = [item for item in told if not any(supersedes(other, item) for other in told)]
    return exact[0] if len({_days_ahead(item) for item in exact}) == 1 else None


def _events(text: str) -> frozenset[str]:
    plain = without_dates(text)
    return terms(plain) - terms(" ".join(names(plain)))


def _adds_names(evidence: Evidence, plan: Evidence) -> bool:
    return bool(missing_names(names(without_dates(evidence.quote)), names(plan.quote)))


def _days_ahead(evidence: Evidence) -> frozenset[tuple[date | None, date]]:
    """The days that were ahead of the sentence when it was published."""
    published = published_day(evidence)
    return frozenset(
        (span.first_day, span.last_day)
        for span in evidence.spans
        if span.last_day and span.last_day > published
    )

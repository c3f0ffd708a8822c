"""The days of a plan where its article tells them more exactly than the sentence that answers.

"Putin will travel to China later this week", and further down: "The state visit is scheduled for
May 16 and 17."
"""

from datetime import date

from rag.answering.evidence.sentences import sentences
from rag.answering.language.actors import opens_with_name
from rag.answering.language.dates import without_dates
from rag.answering.language.terms import missing_names, names, terms, words
from rag.answering.timeline.plans import end, published_day, supersedes
from rag.answering.timeline.statements import CHANGES
from rag.domain import Evidence, TimeSpan


def more_exact(plan: Evidence, as_of: date) -> Evidence | None:
    """The sentence of the plan's article that tells its days most exactly, if one is more exact.

    It tells of the event in the title, of days within the plan's that are not over, moves nothing,
    and names nobody and no place that the plan does not: "he visits Harbin on May 17" is a part
    of it. Nothing where such sentences tell different days.
    """
    title = without_dates(plan.article.title)
    events = terms(title) & terms(without_dates(plan.quote)) - terms(" ".join(names(plan.quote)))
    told = [
        item
        for item in sentences(plan.article)
        if supersedes(item, plan)
        and end(item) >= as_of
        and events & terms(item.quote)
        and not CHANGES.search(item.quote)
        and not _adds_names(item, plan)
        and _is_within(item, plan)
    ]
    exact = [item for item in told if not any(supersedes(other, item) for other in told)]
    return exact[0] if len({_days(item) for item in exact}) == 1 else None


def _adds_names(evidence: Evidence, plan: Evidence) -> bool:
    plain = without_dates(evidence.quote)
    read = plain if opens_with_name(evidence) else " ".join(words(plain)[1:])
    return bool(missing_names(names(read), names(plan.quote)))


def _is_within(evidence: Evidence, plan: Evidence) -> bool:
    """Whether the days ahead of one are all among those of the other."""
    days = [(span.first_day or date.min, span.last_day or date.max) for span in _ahead(plan)]
    return all(
        any(first <= ahead.first_day and ahead.last_day <= last for first, last in days)
        for ahead in _ahead(evidence)
        if ahead.first_day and ahead.last_day
    )


def _days(evidence: Evidence) -> frozenset[tuple[date | None, date | None]]:
    return frozenset((span.first_day, span.last_day) for span in _ahead(evidence))


def _ahead(evidence: Evidence) -> list[TimeSpan]:
    """The times that were ahead of the sentence when it was published, in part or whole."""
    published = published_day(evidence)
    return [span for span in evidence.spans if span.last_day and span.last_day > published]

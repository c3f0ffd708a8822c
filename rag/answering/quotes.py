"""Evidence that answers in its own words."""

from collections.abc import Sequence

from rag.answering.evidence.about import share_told, tells_the_event, undone, unnamed
from rag.answering.evidence.kinds import holds_kind
from rag.answering.evidence.properties import days_of
from rag.answering.language.dates import days_meant
from rag.answering.language.terms import terms
from rag.answering.question.interpret import Interpretation
from rag.domain import Checked, Evidence

# What a sentence must hold of the topic to be quoted as the answer: most of it, or half where
# another source says the same.
_MOST, _HALF = 0.75, 0.5


def first_quote(
    evidence: Sequence[Evidence], interpretation: Interpretation, *, alike: bool = False
) -> Checked | None:
    """The first evidence whose own words may stand as the answer, quoted.

    ``alike``: all of it holds what a model answered. It may then hold half of the topic where a
    second source says the same, and name in its article what it does not itself: but for a day or
    a number, since an article tells of many.
    """
    near = not alike or interpretation.asked == "day"
    half = [item for item in evidence if quotable(item, interpretation, _HALF, near=near)]
    if alike and interpretation.asked != "number" and len({item.article.id for item in half}) > 1:
        return quote(half[0], interpretation)
    most = (item for item in half if _share_of_topic(item, interpretation) >= _MOST)
    best = next(most, None)
    return quote(best, interpretation) if best else None


def quotable(
    evidence: Evidence, interpretation: Interpretation, share: float = _MOST, *, near: bool = True
) -> bool:
    """Whether the evidence's own words may stand as the answer.

    They must have the kind of thing asked for, this share of the topic, some of it themselves,
    and every name asked for: ``near`` in the sentence as it is read, else in its article.
    """
    if _share_of_topic(evidence, interpretation) < share:
        return False
    if undone(evidence, interpretation) or not tells_the_event(evidence, interpretation):
        return False
    if interpretation.asked == "reason" and not _tells_itself(evidence, interpretation):
        return False
    missing = unnamed(evidence, interpretation, near=near)
    return not missing and holds_kind(evidence.quote, interpretation)


def quote(evidence: Evidence, interpretation: Interpretation) -> Checked:
    """The evidence's own words as a sentence of the answer, and the days they stand for."""
    words = f"“{' '.join(evidence.quote.split())}”"
    days = days_meant(days_of(evidence, interpretation)) if interpretation.asked == "day" else ""
    return Checked(f"{words} ({days})" if days else words, evidence, "quoted")


def _tells_itself(evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether its own words say of what they give the reason, if anything is told of it."""
    return not interpretation.topic or bool(interpretation.topic & terms(evidence.quote))


def _share_of_topic(evidence: Evidence, interpretation: Interpretation) -> float:
    return share_told(interpretation.topic, evidence, interpretation)

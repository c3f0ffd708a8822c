"""Evidence against what a question takes for granted: "never condemned", or a visit not called off.

Said where there is no answer, so that a false premise is corrected and not only left alone.
"""

import re
from collections.abc import Sequence

from rag.answering.evidence.about import only_around, others_named, unnamed
from rag.answering.evidence.relevance import first_named
from rag.answering.language.clauses import clauses
from rag.answering.language.terms import missing_names, names, terms, words
from rag.answering.question.interpret import Interpretation
from rag.answering.timeline.plans import looks_ahead
from rag.domain import Evidence

# What undoes an event, of which the sentence otherwise tells.
_UNDOING = re.compile(
    r"\b(?:cancel\w*|call(?:s|ed|ing)? off|postpon\w*|refus\w*|reject\w*|scrap\w*|abandon\w*"
    r"|suspend\w*|fail(?:s|ed)? to|withdr[ae]w\w*|denied|denies)\b",
    re.IGNORECASE,
)
# A plan that is told with any of these may have come to nothing.
_IN_DOUBT = re.compile(
    rf"{_UNDOING.pattern}|\b(?:delay\w*|planned|not|never|would have|unless|if)\b|n['’]t\b",
    re.IGNORECASE,
)
# What denies the word that comes soon behind it.
_DENIED = re.compile(
    r"\b(?:not(?!\s+only)|never|no longer|neither|nor|\w+n['’]t)\s+((?:\w+\s+)?[\w-]+)",
    re.IGNORECASE,
)
# The share of what is asked about that the evidence must speak of.
_SAME = 0.5


def against(interpretation: Interpretation, ranked: Sequence[Evidence]) -> Evidence | None:
    """The first evidence that speaks of the matter and against what the question presumes."""
    return next((item for item in ranked if _speaks_against(interpretation, item)), None)


def denied(interpretation: Interpretation, ranked: Sequence[Evidence]) -> Evidence | None:
    """The first evidence that denies what is asked, where it is asked whether something is so."""
    if interpretation.asked != "whether" or _UNDOING.search(interpretation.text):
        return None
    period = interpretation.period
    return against(interpretation, [it for it in ranked if not period or period.holds(it)])


def _speaks_against(interpretation: Interpretation, evidence: Evidence) -> bool:
    undone = _UNDOING.findall(interpretation.text)
    topic = interpretation.topic - terms(" ".join(undone))
    held = topic & terms(evidence.quote)
    if unnamed(evidence, interpretation, near=held != topic):
        return False
    if _is_of_others(interpretation, evidence):
        return False
    if not held or len(topic & terms(evidence.untitled)) < _SAME * len(topic):
        return False
    if undone:
        return looks_ahead(evidence) and not _IN_DOUBT.search(evidence.quote)
    return not _DENIED.search(interpretation.text) and _denies(held, interpretation, evidence)


def _is_of_others(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether it names others, and not itself who is named first in the question."""
    is_around = first_named(interpretation) in only_around(evidence, interpretation)
    return is_around and bool(others_named(evidence.quote, interpretation))


def _denies(topic: frozenset[str], interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether what some clause denies is of the topic, and not of a name that was not asked for."""
    for clause in clauses(evidence.quote):
        for match in _DENIED.finditer(clause):
            behind = words(clause[match.end() :])[:1]
            named = names(" ".join([match[1], *behind]))
            if terms(match[1]) & topic and not missing_names(named, interpretation.names):
                return True
    return False

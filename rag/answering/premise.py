"""Evidence against what a question takes for granted: "never condemned", or a visit not called off.

Said where there is no answer, so that a false premise is corrected and not only left alone.
"""

import re
from collections.abc import Sequence

from rag.answering.clauses import clauses
from rag.answering.interpret import Interpretation
from rag.answering.terms import missing_names, names, terms
from rag.domain import Evidence

# What undoes an event, of which the sentence otherwise tells.
_UNDOING = re.compile(
    r"\b(?:cancel\w*|call(?:s|ed|ing)? off|postpon\w*|refus\w*|reject\w*|scrap\w*|abandon\w*"
    r"|suspend\w*|fail(?:s|ed)? to|withdr[ae]w\w*|denied|denies)\b",
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


def _speaks_against(interpretation: Interpretation, evidence: Evidence) -> bool:
    undoing = terms(" ".join(_UNDOING.findall(interpretation.text)))
    topic = interpretation.topic - undoing
    held = topic & terms(evidence.quote)
    named_in = evidence.article.headed_text if held == topic else evidence.as_read
    if missing_names(interpretation.names, names(named_in)):
        return False
    if not held or len(topic & terms(evidence.as_read)) < _SAME * len(topic):
        return False
    if undoing:
        return not _UNDOING.search(evidence.quote) and not _DENIED.search(evidence.quote)
    return not _DENIED.search(interpretation.text) and _denies(held, evidence.quote)


def _denies(topic: frozenset[str], quote: str) -> bool:
    """Whether what is denied in some clause is of the topic."""
    denied = (match[1] for clause in clauses(quote) for match in _DENIED.finditer(clause))
    return any(terms(words) & topic for words in denied)

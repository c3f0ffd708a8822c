"""Where one clause of a sentence ends and another begins, as far as its times need to know."""

import re
from itertools import pairwise

# Behind any of these a time belongs to another event: to the saying, to what came before or
# after, to what is told of somebody on the way ("Harbin, which was founded in ...").
_BREAK = re.compile(
    r"""\b(?:
        sa(?:id|ys|ying)|t(?:old|ells)|stat(?:ed|es|ement)|according|report(?:ed|s)|not(?:ed|es)
      | announc(?:ed|es|ement)|confirm(?:ed|s)|disclos(?:ed|es)|reveal(?:ed|s)|add(?:ed|s)
      | wrote|writes|quoted|cited|citing
      | which|who|whose|whom|where|when|while|because|since|after|before|following|ahead\s+of
    )\b|;""",
    re.IGNORECASE | re.VERBOSE,
)


def clause_breaks(sentence: str) -> list[int]:
    """The positions at which a clause ends, in order."""
    return [match.end() for match in _BREAK.finditer(sentence)]


def clauses(sentence: str) -> list[str]:
    """The parts between these, each up to and with the words that end it."""
    ends = [0, *clause_breaks(sentence), len(sentence)]
    return [sentence[start:end] for start, end in pairwise(ends)]


def clause_start(sentence: str, position: int) -> int:
    """Where the clause that holds this position begins."""
    return max((end for end in clause_breaks(sentence) if end <= position), default=0)

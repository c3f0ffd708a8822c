"""Whether a number means as much in one sentence as in another: "100" is not "fewer than 100"."""

import re
from collections import defaultdict

from rag.answering.terms import NUMBER

# What stands before a number and says that it is not just that.
_BOUNDS = {
    "fewer": re.compile(
        r"\b(?:(?:fewer|less|lower)\s+than|under|below|up\s+to|at\s+most)\s+\W?$", re.I
    ),
    "more": re.compile(r"\b(?:(?:more|greater|higher)\s+than|over|above|at\s+least)\s+\W?$", re.I),
    "about": re.compile(
        r"\b(?:about|around|nearly|almost|roughly|approximately|some|close\s+to)\s+\W?$", re.I
    ),
    "by": re.compile(r"\bby\s+\W?$", re.I),
    "to": re.compile(r"\bto\s+\W?$", re.I),
}
_LONGEST = 24  # characters of such words
# Left out, these change nothing: "rose by 26" and "rose 26".
_MAY_BE_LEFT_OUT = frozenset({"by", "to", ""})


def same_amounts(sentence: str, quote: str) -> bool:
    """Whether the sentence bounds each of its numbers as the quote does, if that has it."""
    quoted = _bounds(quote)
    return all(
        _agree(bounds, quoted[number])
        for number, bounds in _bounds(sentence).items()
        if number in quoted
    )


def _agree(told: set[str], quoted: set[str]) -> bool:
    return bool(told & quoted) or ("" in told | quoted and told | quoted <= _MAY_BE_LEFT_OUT)


def _bounds(text: str) -> dict[str, set[str]]:
    """How each number of the text is bounded, wherever it stands; empty where it is not."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in NUMBER.finditer(text):
        before = text[max(0, match.start() - _LONGEST) : match.start()]
        kinds = [kind for kind, bound in _BOUNDS.items() if bound.search(before)]
        found[match[0].replace(",", "")].add(kinds[0] if kinds else "")
    return found

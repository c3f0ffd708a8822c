"""Whether a number means as much in one sentence as in another: "100" is not "fewer than 100"."""

import re
from collections import defaultdict

from rag.answering.language.dates import undated
from rag.answering.language.terms import NUMBER, in_digits

# What stands before a number, or its currency, and says that it is not just that.
_NUMBERED = r"\s+[A-Z]{0,3}\W?$"
_BOUNDS = {
    kind: re.compile(rf"\b(?:{words}){_NUMBERED}", re.IGNORECASE)
    for kind, words in {
        "fewer": r"(?<!no )(?:fewer|less|lower)\s+than|under|below|(?:up|close)\s+to|at\s+most"
        r"|as\s+(?:many|much)\s+as|no\s+more\s+than|maximum\s+of|short\s+of",
        "more": r"(?<!no )(?:more|greater|higher)\s+than|over|above|at\s+least"
        r"|no\s+(?:fewer|less)\s+than|minimum\s+of|upwards\s+of|in\s+excess\s+of"
        r"|exceed(?:s|ed|ing)?|top(?:s|ped|ping)|surpass(?:es|ed|ing)?",
        "about": r"about|around|nearly|almost|roughly|approximately|some",
        "by": "by",
        "to": "to",
    }.items()
}
# "From 1.9 to 2.04 billion": what it was before.
_FROM = re.compile(rf"\bfrom{_NUMBERED}", re.IGNORECASE)
_TO = re.compile(r"[^.;]{0,24}?\bto\s+[A-Z]{0,3}\W?\d")
_LONGEST = 24  # characters of such words
# What was lost or came in addition is not all there is: "shed 200,000 subscribers".
_CHANGED = re.compile(
    rf"\b(?:shed|los(?:e|es|t|ing)|add(?:s|ed|ing)?|gain(?:s|ed|ing)?|cut|another|additional|extra)"
    rf"(?:\s+\w+)?{_NUMBERED}",
    re.IGNORECASE,
)
_ALL = re.compile(rf"\b(?:has|have|had|is|are|was|were)(?:\s+\w+)?{_NUMBERED}", re.IGNORECASE)
# Left out, these change nothing: "rose by 26" and "rose 26".
_MAY_BE_LEFT_OUT = frozenset({"by", "to", ""})


def same_amounts(sentence: str, quote: str) -> bool:
    """Whether the sentence bounds each of its numbers as the quote does, if that has it.

    And tells none that changed as all there is: "has 5" for "lost 5".
    Dates and durations are no amounts: "over 2023" is not more than 2023.
    """
    quoted = _bounds(quote)
    told = _numbered(sentence, _ALL) - _numbered(sentence, _CHANGED)
    if told & _numbered(quote, _CHANGED) - _numbered(quote, _ALL):
        return False
    return all(
        _agree(bounds, quoted[number])
        for number, bounds in _bounds(sentence).items()
        if number in quoted
    )


def _numbered(text: str, led_by: re.Pattern[str]) -> frozenset[str]:
    """The numbers of the text that these words lead to."""
    plain = in_digits(undated(text))
    return frozenset(
        match[0].replace(",", "")
        for match in NUMBER.finditer(plain)
        if led_by.search(plain, max(0, match.start() - _LONGEST), match.start())
    )


def _agree(told: set[str], quoted: set[str]) -> bool:
    return bool(told & quoted) or ("" in told | quoted and told | quoted <= _MAY_BE_LEFT_OUT)


def _bounds(text: str) -> dict[str, set[str]]:
    """How each number of the text is bounded, wherever it stands; empty where it is not."""
    found: dict[str, set[str]] = defaultdict(set)
    plain = in_digits(undated(text))
    for match in NUMBER.finditer(plain):
        before = plain[max(0, match.start() - _LONGEST) : match.start()]
        kind = next((kind for kind, bound in _BOUNDS.items() if bound.search(before)), "")
        if _FROM.search(before) and _TO.match(plain, match.end()):
            kind = "from"
        found[match[0].replace(",", "")].add(kind)
    return found

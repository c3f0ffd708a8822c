"""Which time a question is about: what is next, what was last, what is past, or any."""

import re
from typing import Literal

Intent = Literal["next", "last", "past", "any"]
_NEXT = re.compile(
    r"\b(next|upcoming|planned|planning|scheduled|expected|will|going to|how soon)\b", re.IGNORECASE
)
# A title, whose words ask for nothing: "Welcome to My World".
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
# "When is Putin to visit China", not "What is China's reaction to tariffs".
_IS_TO = re.compile(
    r"(?:^\W*(?:are|is)|\b(?:are|is)(?!\s[\w.-]+['’]s))\s(?:(?!to\b)\S+(?<!ing)\s)*"
    r"to\s(?!(?:the|an?|his|her|its|their|this|that|these|those)\b)(?-i:[a-z])",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"\b(next|upcoming)\b", re.IGNORECASE)
_THE_NEXT = re.compile(
    r"\bnext\b(?! (week|month|quarter|year|spring|summer|autumn|winter|\w+day))", re.IGNORECASE
)
_LAST = re.compile(
    r"\b(latest|most recent(ly)?|last(?! (week|month|year|night|summer|\w+day)))\b", re.I
)
_PAST = re.compile(r"\b(did|was|were|has|have|had|last)\b", re.IGNORECASE)


def intent(text: str) -> Intent:
    """What its words ask for; "will", "last" and "did" tell, if no title has them."""
    text = _QUOTED.sub("", text)
    if _NEXT.search(text):
        return "next"
    if _LAST.search(text):
        return "last"
    if _IS_TO.search(text):
        return "next"
    return "past" if _PAST.search(text) else "any"


def asks_for_announced(text: str) -> bool:
    """Whether it asks for what comes next, not for what will or is expected to be."""
    return bool(_ANNOUNCED.search(text))


def asks_for_first(text: str) -> bool:
    """Whether it asks for the first of what is ahead: "next", but not "next week"."""
    return bool(_THE_NEXT.search(text))

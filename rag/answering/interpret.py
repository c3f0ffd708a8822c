"""What a question asks for, read by code before any model sees it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.answering.terms import names, terms
from rag.domain import Question

Intent = Literal["next", "any"]
Asked = Literal["day", "person", "place", "where", "number", "other"]

_NEXT = re.compile(r"\b(next|upcoming|planned|scheduled|will|going to)\b", re.IGNORECASE)
_ASKED: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("day", re.compile(r"\b(when|(what|which) (day|date|month|year|week))\b", re.IGNORECASE)),
    ("number", re.compile(r"\bhow (many|much|old|long|often)\b", re.IGNORECASE)),
    ("person", re.compile(r"\b(who|whom|whose)\b", re.IGNORECASE)),
    ("where", re.compile(r"\bwhere\b", re.IGNORECASE)),
    (
        "place",
        re.compile(
            r"\b(what|which) (city|cities|country|countries|town|state|region|capital)\b",
            re.IGNORECASE,
        ),
    ),
)
_POINTS_BACK = re.compile(
    r"\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|there|then|this|that|these|those)\b"
    r"|^(and|but|so|what about|how about|why)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question as the rest of the program understands it.

    ``text`` stands alone: a follow-up carries the question it refers to in front of it.
    """

    question: Question
    text: str
    intent: Intent
    asked: Asked

    @property
    def as_of(self) -> date:
        """The day the question is asked as of."""
        return self.question.as_of

    @property
    def names(self) -> frozenset[str]:
        """The people, places and things it names, lower case."""
        return names(self.text)

    @property
    def terms(self) -> frozenset[str]:
        """The stems of everything it is about."""
        return terms(self.text)

    @property
    def topic(self) -> frozenset[str]:
        """The stems it is about besides the names: the event, the thing, the property."""
        return self.terms - terms(" ".join(self.names))


def interpret(question: Question) -> Interpretation:
    """The question with its intent, the kind of thing asked for, and what it refers back to."""
    text = _standalone(question)
    intent: Intent = "next" if _NEXT.search(question.text) else "any"
    return Interpretation(question, text, intent, _asked(question.text))


def _asked(text: str) -> Asked:
    found = ((match.start(), kind) for kind, form in _ASKED if (match := form.search(text)))
    return min(found, default=(0, "other"))[1]


def _standalone(question: Question) -> str:
    """The question, led by the earlier ones it cannot be understood without.

    A follow-up either points back ("he", "there", "and in July?") or names nothing itself.
    """
    chain = [question.text]
    for turn in reversed(question.history):
        if names(chain[0]) and not _POINTS_BACK.search(chain[0]):
            break
        chain.insert(0, turn.question)
    return " ".join(chain)

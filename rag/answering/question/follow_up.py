"""Questions that only the ones before them make complete."""

import re
from collections.abc import Sequence

from rag.answering.language.terms import names, terms
from rag.answering.question.asked import without_asking
from rag.answering.question.wording import in_words

_POINTS_BACK = re.compile(
    r"\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|there|then|this|that|these|those)\b"
    r"|^((and|but|so) )?(what about|how about)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(and|but|so|why)\b", re.IGNORECASE)


def standalone(own: str, earlier: Sequence[str]) -> str:
    """The question, led by the earlier ones it cannot be understood without.

    A follow-up either points back ("he", "there"), goes on without saying of what ("and Xi?"),
    or names nothing itself.
    """
    chain = [own]
    for text in reversed(earlier):
        if _stands_alone(chain[0]):
            break
        chain.insert(0, in_words(text))
    return " ".join(chain)


def _stands_alone(text: str) -> bool:
    named = names(text)
    if not named or _POINTS_BACK.search(text):
        return False
    return not _GOES_ON.match(text) or bool(terms(without_asking(text)) - terms(" ".join(named)))

"""A question in words, as one would say it: keywords and capitals undone."""

import re

from rag.answering.language.terms import words
from rag.answering.question.asked import asked

# What is typed into a box to search: "Super Bowl 2021 location".
_KEYWORDS = re.compile(
    r"(?!.*\b(?:what|which|how|about)\b)(.+)\s(dates?|location|venue)\W*", re.IGNORECASE
)
# From so many words on, capitals in all of them are no names but a way to write a line.
_LINE_OF_CAPITALS = 5
_SHORT_WORD = 3


def in_words(text: str) -> str:
    """The text as one would say it: keywords as a question, capitals only where they tell names."""
    keywords = _KEYWORDS.fullmatch(text) if asked(text) == "other" else None
    if keywords:
        asking = "when" if keywords[2].lower().startswith("date") else "where"
        text = f"{asking} {keywords[1]}"
    return _in_small_letters(text)


def _in_small_letters(text: str) -> str:
    """The text, without its capitals where they tell no names: IN ALL LETTERS, Or In All Words."""
    long_words = [word for word in words(text) if len(word) > _SHORT_WORD]
    in_all_words = len(long_words) >= _LINE_OF_CAPITALS and not any(map(str.islower, long_words))
    return text.lower() if text.isupper() or in_all_words else text

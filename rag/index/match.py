"""A question as a full-text query that means nothing but its words."""

import re
import unicodedata

# A long question is a pasted text: its first words say what it is about, and each costs a search.
_MOST_WORDS = 64

_WORD = re.compile(r"[^\W_]+")

# Words that nearly every passage has. What asks for time, number or negation stays.
_STOP_WORDS = frozenset(
    """a about all also am an and any are as at be been being but by can could did do does doing
    for from had has have having he her hers him his how i if in into is it its itself just me my
    of on one or our out own she should so some such than that the their them then there these they
    this those to too up us was we were what when where which while who whom whose why will with
    would you your s t""".split()  # noqa: SIM905 - a wall of quotes would be harder to read
)


def match_expression(text: str) -> str:
    """An FTS5 expression for articles with any of the text's words; empty where it has none.

    Each word is quoted, so that AND, NEAR, ``*`` or a quote in a question is not an operator.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    telling = [word for word in words if word not in _STOP_WORDS] or words
    return " OR ".join(f'"{word}"' for word in list(dict.fromkeys(telling))[:_MOST_WORDS])

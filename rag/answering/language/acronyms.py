"""Names in short and in full: "SCO" is the Shanghai Cooperation Organisation."""

import re
from functools import lru_cache

from rag.answering.language.terms import words

_ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
_CAPITALISED = r"[A-Z][^\W\d_]*(?:['’]s)?(?:-[^\W\d_]+)?"
# Two capitalised words and more, perhaps with small ones between: "Bank of the South".
_IN_FULL = re.compile(
    rf"\b{_CAPITALISED}(?:[ \t](?:(?:of|for|and|the|on)[ \t]){{0,2}}{_CAPITALISED}){{1,7}}"
)
# Of two words any headline has some: "Energy Update" is no EU.
_OF_TWO = frozenset({("european", "union"), ("united", "nations")})


def in_other_form(missing: frozenset[str], text: str, other: str) -> frozenset[str]:
    """Those of these names of a text that the other text has in short or in full.

    All are lower case, one word each: a name in full is found where all its words are missing.
    """
    short = missing & _acronyms(text)
    found = set(short & _initials(other))
    for name in _names_in_full(text):
        if missing.issuperset(name) and "".join(word[0] for word in name) in _acronyms(other):
            found.update(name)
    return frozenset(found)


@lru_cache(maxsize=256)
def _acronyms(text: str) -> frozenset[str]:
    return frozenset(match.lower() for match in _ACRONYM.findall(text))


@lru_cache(maxsize=256)
def _initials(text: str) -> frozenset[str]:
    return frozenset("".join(word[0] for word in name) for name in _names_in_full(text))


@lru_cache(maxsize=256)
def _names_in_full(text: str) -> tuple[tuple[str, ...], ...]:
    found = (words(match) for match in _IN_FULL.findall(text))
    named = (
        _once([word.lower() for word in name if word[0].isupper() and word != "The"])
        for name in found
    )
    return tuple(name for name in named if name[2:] or name in _OF_TWO)


def _once(name: list[str]) -> tuple[str, ...]:
    """The name; of a title and the same name behind it one of the two."""
    half = len(name) // 2
    return tuple(name[half:] if name[:half] == name[half:] else name)

"""Whose something is: "Russian settlers" are not Chinese ones, and Berg's husband is not Berg."""

import re

from rag.answering.kinds import undated
from rag.answering.terms import missing_names, names, terms

# A thing of a name's: "Chinese settlers", "Harbin's university".
_WHOSE = re.compile(r"\b([A-Z][^\W\d_]+)(?:['’]s)?\s+([a-z][^\W\d_]+)")
# What is told of a thing of somebody's: "Berg's husband", not "in Berg's house".
_NOT_PLACED = r"(?<!\bin\s)(?<!\bat\s)(?<!\bon\s)(?<!\bto\s)(?<!\bof\s)(?<!\bfrom\s)"
_OWNED = re.compile(rf"{_NOT_PLACED}\b([A-Z][^\W\d_]+)['’]s?\s+([^\W\d_]+(?:[\s-][^\W\d_]+)?)")


def gives_to_another(sentence: str, text: str) -> bool:
    """Whether it has something of one name's that the text has of other names only."""
    return any(_is_of_others(name, thing, text) for name, thing in _WHOSE.findall(sentence))


def tells_of_owner(sentence: str, quote: str) -> bool:
    """Whether it tells of somebody what the quote tells of theirs: "Berg" for "Berg's husband"."""
    plain = undated(quote)
    others = _OWNED.sub(" ", plain)
    return any(
        not terms(thing) & terms(sentence)
        and re.search(rf"{_NOT_PLACED}\b{name}\b(?!['’])", sentence)
        and not re.search(rf"\b{name}\b", others)
        for name, thing in _OWNED.findall(plain)
        if names(name)
    )


def _is_of_others(name: str, thing: str, text: str) -> bool:
    owners = [owner.lower() for owner, other in _WHOSE.findall(text) if other == thing]
    is_owned = bool(names(name) and terms(thing))
    return bool(is_owned and owners and missing_names([name.lower()], owners))

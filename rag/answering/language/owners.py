"""Who and whose: "Russian settlers" are not Chinese ones, and Berg's husband is not Berg."""

import re

from rag.answering.language.dates import undated
from rag.answering.language.terms import missing_names, names, terms

# A thing of a name's: "Chinese settlers", "Harbin's university".
_WHOSE = re.compile(r"\b([A-Z][^\W\d_]+)(?:['’]s)?\s+([a-z][^\W\d_]+)")
# Told of somebody, and not of what is in, at or from somewhere.
_NOT_PLACED = r"(?<!\bin\s)(?<!\bat\s)(?<!\bon\s)(?<!\bto\s)(?<!\bof\s)(?<!\bfrom\s)"
_OWNED = re.compile(r"\b([A-Z][^\W\d_]+)['’]s?\s+([^\W\d_]+(?:[\s-][^\W\d_]+)?)")
# Who is not who they belong to, whatever else is told of both: "Middleton's father died".
_RELATION = re.compile(
    r"(?:father|mother|parent|son|daughter|brother|sister|wife|husband|widow|uncle|aunt|cousin"
    r"|partner|girlfriend|boyfriend|lawyer|attorney|spokes(?:wo)?man|spokesperson|aide|predecessor"
    r"|successor|adviser|bodyguard|driver|killer)s?\b"
)
# A part of something: "stage 13 of the Tour de France", "a 9% stake in Twitter".
_PART = re.compile(
    r"\b(?P<part>stages?|rounds?|legs?|half|quarter|third|share|stake|section|branch"
    r"|unit|subsidiary|seasons?|episodes?|chapter|wing|minority)(?:\s\d+)?\s+(?:of|in)\s+"
    r"(?:the\s+|an?\s+|its\s+|his\s+|her\s+|their\s+)?(?P<whole>[^\W\d_]+)",
    re.IGNORECASE,
)
_EACH_OTHER = re.compile(r"\b(?:each other|one another)\b", re.IGNORECASE)


def gives_to_another(sentence: str, text: str) -> bool:
    """Whether it has something of one name's that the text has of other names only."""
    return any(_is_of_others(name, thing, text) for name, thing in _WHOSE.findall(sentence))


def tells_of_owner(sentence: str, quote: str) -> bool:
    """Whether it tells of somebody what the quote tells of theirs: "Berg" for "Berg's husband"."""
    plain = undated(quote)
    others = _OWNED.sub(" ", plain)
    return any(
        not terms(_relation(thing)) & terms(sentence)
        and re.search(rf"{_NOT_PLACED}\b{name}\b(?!['’])", sentence)
        and not re.search(rf"\b{name}\b", others)
        for name, thing in _OWNED.findall(plain)
        if names(name)
    )


def _relation(thing: str) -> str:
    match = _RELATION.match(thing)
    return match[0] if match else thing


def tells_part_of_whole(sentence: str, quote: str) -> bool:
    """Whether it tells of the whole what the quote tells of a part of it alone."""
    rest = _PART.sub(" ", quote)
    return any(
        terms(whole) & terms(sentence)
        and not terms(whole) & terms(rest)
        and not terms(part) & terms(sentence)
        for part, whole in _PART.findall(quote)
    )


def makes_mutual(sentence: str, quote: str) -> bool:
    """Whether it has two do to each other what the quote has one do to the other."""
    return bool(_EACH_OTHER.search(sentence)) and not _EACH_OTHER.search(quote)


def _is_of_others(name: str, thing: str, text: str) -> bool:
    owners = [owner.lower() for owner, other in _WHOSE.findall(text) if other == thing]
    is_owned = bool(names(name) and terms(thing))
    return bool(is_owned and owners and missing_names([name.lower()], owners))

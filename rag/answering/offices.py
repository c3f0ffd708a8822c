"""Who is told to hold an office no longer, or not yet: "former CEO John Bogle" is not the CEO."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answering.terms import ROLES

_OFFICE = (
    rf"(?i:{ROLES}|ceo|cfo|chair|chair(?:wo)?man|chairperson|director|executive|governor|mayor|coach"
    r"|manager|ambassador|spokes(?:wo)?man|spokesperson|senator|captain|editor|owner|speaker"
    r"|commander|champion|boss)s?\b"
)
_OFFICES = re.compile(rf"\b{_OFFICE}")
_PERSON = rf"(?!{_OFFICE})[A-Z][\w’'-]*(?:\s+(?!{_OFFICE})[A-Z][\w.’'-]*){{0,4}}"
_NOT_NOW = r"\b(?i:former|formerly|ex|one-?time|then|late|incoming)[\s-]+"
# The office: "US prime minister", "defence minister".
_OF = rf"(?:[A-Z][\w’'-]*\s+){{0,3}}?(?:[a-z][\w’'-]*\s+)??(?P<office>{_OFFICE}(?:\s+{_OFFICE})*)"
_LEAVES = (
    r"(?:step(?:s|ped|ping)?\s+down|resign\w*|retir\w+|quit|fired|ousted|sacked|dismissed|removed"
    r"|replaced)\s+(?:as|from)"
)
_TAKES = r"(?:will|to)\s+(?:become|be(?:\s+(?:named|appointed|elected|sworn\s+in\s+as))?)"
_FORMS = tuple(
    map(
        re.compile,
        (
            # "Former Vanguard chief executive John Bogle"
            rf"{_NOT_NOW}{_OF}(?:\s+of\s+[A-Z][\w’'-]*)?,?\s+(?P<who>{_PERSON})",
            # "John Bogle, the former chief executive"
            rf"(?P<who>{_PERSON}),\s+(?:(?:an?|the|its|who\s+was)\s+)?{_NOT_NOW}{_OF}",
            # "John Bogle said he was stepping down as its chief executive", "... will become ..."
            rf"(?P<who>{_PERSON})(?:,?\s+[a-z][\w’'-]*){{0,8}}?\s+(?:{_LEAVES}|{_TAKES})\s+"
            rf"(?:(?:an?|the|its|new|next)\s+){{0,2}}{_OF}",
            # "succeeds John Bogle as chief executive"
            rf"\b(?:replac|succeed)\w*\s+(?P<who>{_PERSON})\s+as\s+(?:the\s+)?{_OF}",
        ),
    )
)
# A claim about now: "is the chief executive".
_IS_NOW = re.compile(r"\b(?:is|are|remains?|serves)\b|['’]s\b")
_IS_NOT_NOW = re.compile(
    rf"{_NOT_NOW}|\b(?:was|were|will|to\s+be|become|resigned|stepped|not|no\s+longer)\b"
)
# What is longer than a sentence is not read.
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Elsewhen:
    """Somebody and an office held at another time, and the words that tell it."""

    who: str
    offices: frozenset[str]
    told: str


def held_elsewhen(text: str) -> list[Elsewhen]:
    """Who the text tells to have held which office, or to be about to."""
    return list(_found(text[:_LONGEST]))


def _found(text: str) -> Iterator[Elsewhen]:
    for form in _FORMS:
        for match in form.finditer(text):
            yield Elsewhen(match["who"], offices(match["office"]), match[0])


def offices(text: str) -> frozenset[str]:
    """The words for offices in it, lower case."""
    return frozenset(found.lower().removesuffix("s") for found in _OFFICES.findall(text))


def is_about_now(text: str) -> bool:
    """Whether it tells or asks who holds an office now."""
    return bool(_IS_NOW.search(text) and offices(text) and not _IS_NOT_NOW.search(text))

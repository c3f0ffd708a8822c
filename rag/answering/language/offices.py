"""Who is told to hold an office, and who to hold it no longer or not yet.

"Former CEO John Bogle" is not the CEO. Offices are compared by their words: a chief executive is
not known to be a CEO.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.answering.language.terms import CALENDAR_NAMES, ROLES, names, terms

_OFFICE = (
    rf"(?i:{ROLES}|ceo|cfo|chair|chair(?:wo)?man|chairperson|director|executive|governor|mayor|coach"
    r"|manager|ambassador|spokes(?:wo)?man|spokesperson|senator|captain|editor|owner|speaker"
    r"|commander|champion|boss|diplomat)s?\b"
)
_OFFICES = re.compile(rf"\b{_OFFICE}")
_PERSON = rf"(?!{_OFFICE})[A-Z][\w’'-]*(?:\s+(?!{_OFFICE})[A-Z][\w.’'-]*){{0,4}}"
# "US prime minister", "defence minister"; not "the first minister to ...".
_OF = (
    r"(?:[A-Z][\w’'-]*\s+){0,3}?(?:(?!first|second|third|only|\w+ing\b)[a-z][\w’'-]*\s+)??"
    rf"(?P<office>{_OFFICE}(?:\s+{_OFFICE}){{0,2}})"
)
_OF_WHAT = r"(?:\s+of\s+(?:the\s+)?[A-Z][\w’'-]*)?"
_ARTICLE = r"(?:(?:an?|the|its|new|next|now|current|currently|still|also)\s+){0,3}"
_NOT_NOW = r"\b(?i:former|formerly|ex|one-?time|then|incoming|(?:long|short)est-\w+)[\s-]+"
_LEAVES = (
    r"(?:step(?:s|ped|ping)?\s+down|resign\w*|retir\w+|quit|fired|ousted|sacked|dismissed|removed"
    r"|replaced)\s+(?:as|from)"
)
_TAKES = (
    r"(?:will|to)\s+(?:become|be(?:\s+(?:named|appointed|elected|sworn\s+in\s+as))?"
    rf"|(?:succeed|replace)\s+{_PERSON}\s+as)"
)
_KILLED = r"(?:was|has\s+been)\s+(?:killed|assassinated|murdered)"
_HELD_ELSEWHEN = (
    # "Former Vanguard chief executive John Bogle"
    rf"{_NOT_NOW}{_OF}{_OF_WHAT},?\s+(?P<who>{_PERSON})",
    # "John Bogle, the former chief executive"
    rf"(?P<who>{_PERSON}),\s+(?:(?:an?|the|its|who\s+was|[A-Z]\w*['’]s)\s+)?{_NOT_NOW}{_OF}",
    # "John Bogle said he was stepping down as its chief executive", "... will become ..."
    rf"(?P<who>{_PERSON})(?:,?\s+[a-z][\w’'-]*){{0,8}}?\s+(?:{_LEAVES}|{_TAKES})\s+"
    rf"{_ARTICLE}{_OF}",
    # "killed Vanguard chief executive John Bogle", "the death of ..."
    r"\b(?:kill(?:s|ed|ing)|assassinat(?:es|ed|ing)|death\s+of)\s+(?:[\w’'-]+\s+){0,3}?"
    rf"(?P<office>{_OFFICE}(?:\s+{_OFFICE}){{0,2}})\s+(?P<who>{_PERSON})",
    # "John Bogle, chief executive of Vanguard, was killed"
    rf"(?P<who>{_PERSON}),\s+{_ARTICLE}{_OF}{_OF_WHAT},\s+{_KILLED}\b",
    # "Chief executive John Bogle, who fled on Monday, has formally resigned"
    rf"\b{_OF}{_OF_WHAT}\s+(?P<who>{_PERSON})(?:\s?,[^,.;]{{0,80}},)?\s+(?:[a-z]+\s+){{0,2}}"
    r"(?:resigned|quit|stepped\s+down|ousted|removed|impeached|sacked|dismissed|deposed|fired)\b",
    # "John Bogle was the chief executive", but not "was named"
    rf"(?P<who>{_PERSON})\s+(?:was|had\s+been)\s+(?:(?:an?|the|its)\s+)?"
    rf"(?!\w+ed\b|chosen\b|sworn\b){_OF}",
    # "succeeds John Bogle as chief executive"
    r"\b(?:replac|succeed)(?:s|es|ed|ing)\s+"
    rf"(?P<who>{_PERSON})\s+as\s+(?:the\s+)?{_OF}",
)
_HELD_NOW = (
    # "John Bogle is the chief executive"
    rf"(?P<who>{_PERSON})\s+(?:is|remains|serves\s+as)\s+{_ARTICLE}{_OF}{_OF_WHAT}",
    # "The chief executive of Vanguard is John Bogle"
    rf"\b{_OF}{_OF_WHAT}\s+(?:is|remains)\s+(?P<who>{_PERSON})",
    # "Vanguard's chief executive John Bogle"
    rf"\b{_OF}\s+(?P<who>{_PERSON})",
    # "John Bogle, chief executive of Vanguard,"
    rf"(?P<who>{_PERSON}),\s+{_ARTICLE}{_OF}{_OF_WHAT}",
)
_TAKEN = (
    # "Anna Lind becomes the chief executive", "has been named its new chief executive"
    rf"(?P<who>{_PERSON})(?:,?\s+[a-z][\w’'-]*){{0,8}}?\s+"
    r"(?:becomes?|became|named|selected|elected|appointed|chosen|sworn\s+in|t(?:akes|ook)\s+over)"
    rf"\s+(?:as\s+)?{_ARTICLE}{_OF}{_OF_WHAT}",
)
_ASKS_WHO = rf"\b[Ww]ho(?:['’]s|\s+(?:is|are|became))\s+{_ARTICLE}{_OF}"
# What an editor puts into a quote: "[Chinese Foreign Minister] Wang Yi".
_BRACKETS = str.maketrans("", "", "[]")
# What is longer than a sentence is not read.
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody and an office, and the words that tell it."""

    who: str
    offices: frozenset[str]
    told: str

    @property
    def whose(self) -> frozenset[str]:
        """The names it is told to be the office of, lower case: "chinese"."""
        return names(_OFFICES.sub(" ", self.told)) - names(self.who) - CALENDAR_NAMES

    def is_same(self, other: "Held") -> bool:
        """Whether it is the same office of the same person, who may have only one name here."""
        [mine, theirs] = (terms(held.who) for held in (self, other))
        last = terms(self.who.split()[-1])
        is_one = bool(last) and last == terms(other.who.split()[-1])
        return is_one and self.offices == other.offices and (mine <= theirs or theirs <= mine)


def held_elsewhen(text: str) -> list[Held]:
    """Who the text tells to have held which office, or to be about to."""
    return list(_found(_HELD_ELSEWHEN, text))


def held_now(text: str) -> list[Held]:
    """Who the text gives which office, and does not tell to hold it at another time."""
    return _but_elsewhen(_HELD_NOW, text)


def held_or_taken(text: str) -> list[Held]:
    """The same, and who it tells to have got which office."""
    return _but_elsewhen((*_HELD_NOW, *_TAKEN), text)


def _but_elsewhen(forms: Sequence[str], text: str) -> list[Held]:
    elsewhen = held_elsewhen(text)
    return [held for held in _found(forms, text) if not any(map(held.is_same, elsewhen))]


def offices_asked_for(question: str) -> frozenset[str]:
    """The words for the office that a question asks the holder of, lower case, if it does."""
    match = _compiled(_ASKS_WHO).search(question)
    return _offices(match["office"]) if match else frozenset()


def _found(forms: Sequence[str], text: str) -> Iterator[Held]:
    read = text[:_LONGEST].translate(_BRACKETS)
    if not _OFFICES.search(read):  # as in most texts, which need not be searched for names
        return
    for form in forms:
        for match in _compiled(form).finditer(read):
            yield Held(match["who"], _offices(match["office"]), match[0])


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Only where it is needed: all of them together would hold up every start."""
    return re.compile(form)


def _offices(text: str) -> frozenset[str]:
    return frozenset(found.lower().removesuffix("s") for found in _OFFICES.findall(text))

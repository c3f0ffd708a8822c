"""The offices that a text speaks of, and who is named with them.

News names somebody once with the office, "Russian Foreign Minister Sergei Lavrov", and has the
office alone, or the name alone, from then on: "Moscow's top diplomat", "Lavrov".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.answering.offices import compiled
from rag.answering.terms import CALENDAR, country, missing_names, names

# The rest of a name's word: no more, so that an endless one is not read anew from every hyphen.
_REST = r"[\w-]{0,60}"
# Whose it is: "Russian", "Moscow's", "U.S.", "South Korean", "Tesla".
_WHOSE = (
    r"\b(?:(?:North|South|East|West|New|Saudi|Sri) )?"
    rf"(?:U\.S\.|U\.K\.|United (?:States|Kingdom)|[A-Z]{_REST})"
)
_TITLE = (
    r"(?:(?i:deputy|vice|top|prime|foreign|defen[cs]e|finance|interior|energy|trade|economy|health"
    r"|justice|culture|education|environment|transport|labou?r|chief|head) ){0,2}"
    r"(?i:president|premier|minister|chancellor|secretary(?:[ -]general)?|leader|king|queen"
    r"|diplomat|ceo|executive|governor|mayor|coach|chair|chair(?:wo)?man|spokes(?:wo)?man"
    r"|spokesperson|ambassador|counterpart)s?\b"
    r"(?: of (?i:state|defen[cs]e)\b)?"
)
_WORD = (
    rf"\b(?!{_TITLE})(?!(?:{'|'.join(CALENDAR)})\b)"
    rf"[A-Z](?:\.|{_REST}(?:['’](?!s\b)[\w-]{{1,60}}){{0,3}})"
)
# "Sergei Lavrov", "J. D. Vance", "Ursula von der Leyen"
_PARTICLE = r"(?:(?:von|van|der|den|ten|ter|de|la|del|da|dos|bin|al) ){1,2}"
_PERSON = rf"{_WORD}(?: (?:{_PARTICLE})?{_WORD}){{0,4}}"
_IN_FRONT = rf"(?P<of>{_WHOSE})(?P<own>['’]s?)? (?P<office>{_TITLE})"
_BEHIND = (
    rf"\b(?P<office>{_TITLE}) of (?:the )?(?!(?i:state|defen[cs]e)\b)(?P<of>{_WHOSE})"
    r"(?P<state> (?:Federation|Republic)\b)?"
)
_NAMED = (
    # "Russian Foreign Minister Sergei Lavrov"
    rf"{_IN_FRONT} (?P<who>{_PERSON})",
    # "President of the Russian Federation Vladimir Putin"
    rf"{_BEHIND},? (?P<who>{_PERSON})",
    # "Wang Yi, China's foreign minister,"
    rf"(?P<who>{_PERSON}), (?:the )?{_IN_FRONT}(?= ?[,.])",
)
_UNNAMED = (
    # "Moscow's top diplomat", "the Russian and Chinese presidents"
    rf"(?:(?P<too>{_WHOSE})(?:['’]s?)? and )?{_IN_FRONT}(?![\w-]| [A-Z])",
    # "the leaders of Russia and China"
    rf"{_BEHIND}(?: and (?:the )?(?P<too>{_WHOSE}))?(?!,? [A-Z])",
)
# "The two leaders", "the leaders of both countries"
_SHARED = (
    rf"\b(?i:two|both|our) (?:world )?(?P<office>{_TITLE})(?<=s)(?![\w-])"
    rf"|\b(?P<offices>{_TITLE})(?<=s) of (?:the two|both) (?:countries|nations|states)\b"
)
_AN_OFFICE = re.compile(rf"\b{_TITLE}")
# Before the office of one who does not hold it when it is told, or of nobody in particular.
_NOT_NOW = re.compile(
    r"\b(?:former|formerly|ex|one-?time|then|late|ousted|shadow|incoming|next|new|first|an?|every|any)"
    r"[ -]$",
    re.IGNORECASE,
)
_BEFORE = 12
_COUNTERPART = "counterpart"
_SO_FAR = 200  # characters in front that are read, for the office of which it is a counterpart
# What stands on two lines is not read as one; what an editor puts into a quote is:
# "[Chinese Foreign Minister] Wang Yi".
_IN_LINE = str.maketrans({"\n": " | ", "\xa0": " ", "[": "", "]": ""})
# One name for the offices that news has several for.
_USUAL = {
    "premier": "prime minister",
    "diplomat": "foreign minister",
    "top diplomat": "foreign minister",
    "foreign secretary": "foreign minister",
    "chief executive": "ceo",
}


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its usual name, such as "foreign minister", and in the words that tell it.

    ``of`` are the names of whose it is, lower case, a country for its capital.
    """

    name: str
    of: frozenset[str]
    told: str

    def is_of(self, of: frozenset[str]) -> bool:
        """Whether it is theirs: "russian" for "russia"."""
        return not missing_names(self.of, of) and not missing_names(of, self.of)


def offices_in(text: str) -> list[Office]:
    """The offices in it that stand for whoever holds them: not "the former Russian president"."""
    return [office for match in _matches(_UNNAMED, text) for office in _offices(match)]


def holders_in(text: str) -> list[tuple[Office, str]]:
    """Every office that it tells of somebody who is named, and that name."""
    found = _matches(_NAMED, text)
    return [(office, match["who"]) for match in found for office in _offices(match)]


def shared_in(text: str) -> list[str]:
    """The usual names of the offices that it tells of two who are not named: "the two leaders"."""
    return [_usual(match["office"] or match["offices"]) for match in _matches([_SHARED], text)]


def _matches(forms: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    line = text.translate(_IN_LINE)
    if _AN_OFFICE.search(line):
        for form in forms:
            yield from compiled(form).finditer(line)


def _offices(match: re.Match[str]) -> list[Office]:
    """The office that was found, or both: "the leaders of Russia and China"; not "its leaders"."""
    start = match.start()
    found, before = match.groupdict(), match.string[max(0, start - _SO_FAR) : start]
    title, owners = found["office"], [it for it in (found.get("too"), found["of"]) if it]
    if _usual(title) == _COUNTERPART:
        title = _last_told(before)
    elif len(owners) > 1:
        title = title.removesuffix("s")
    if not title or title.endswith("s") or _NOT_NOW.search(before[-_BEFORE:]):
        return []
    in_front, state = "own" in found, found.get("state") or ""
    told = {
        it: f"{it}{found['own'] or ''} {title}" if in_front else f"{title} of {it}{state}"
        for it in owners
        if names(it)
    }
    return [
        Office(_usual(title), frozenset(map(country, names(owner))), words)
        for owner, words in told.items()
    ]


def _last_told(text: str) -> str:
    """The last office of the text: that of which somebody is a counterpart."""
    told = map(_usual, reversed(_AN_OFFICE.findall(text)))
    return next((name for name in told if name != _COUNTERPART), "")


def _usual(title: str) -> str:
    """The usual name of the office: "top diplomats" are of those that a foreign minister holds."""
    name = title.lower().removesuffix("s").replace("defense", "defence")
    return _USUAL.get(name, name)

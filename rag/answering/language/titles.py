"""The offices of state that a text speaks of, of which country, and who is named with them.

News names somebody once with the office, "Russian Foreign Minister Sergei Lavrov", and has the
office alone, or the name alone, from then on: "Moscow's top diplomat", "Lavrov". Only what can be
read in one way is read: who stands beside an office in any other form may be somebody else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from rag.answering.language.countries import COUNTRIES, Country
from rag.answering.language.terms import CALENDAR, ROLES, terms

# Offices that one person of a country holds at a time.
_OFFICE = re.compile(
    r"\b(?:president|premier|chancellor|king|queen|(?:supreme )?leader|top diplomat"
    r"|(?:prime|foreign|defen[cs]e|finance|interior|energy|trade|economy|health|justice|culture"
    r"|education|environment|transport) minister|(?:foreign|home|defen[cs]e) secretary"
    r"|secretary of state)(?P<many>s)?(?![\w-])",
    re.IGNORECASE,
)
# One name for the offices that news has several for.
_USUAL = {
    "premier": "prime minister",
    "top diplomat": "foreign minister",
    "foreign secretary": "foreign minister",
}
_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][\w'’-]*)"
_NAME = rf"{_WORD}(?: {_WORD})*"
_IN_FRONT = re.compile(rf"(?<![\w'’.-])(?P<of>{_NAME}) $")
_BESIDE = re.compile(rf"(?<![\w'’.-])(?P<of>{_NAME}) and (?:the )?$")
_BEHIND = re.compile(rf" of (?P<of>(?:the )?{_NAME})(?: and (?P<too>(?:the )?{_NAME}))?")
_PARTICLE = r"(?:(?:von|van|der|den|ten|ter|de|la|del|da|dos|bin|al) ){1,2}"
_PERSON = re.compile(rf" ({_WORD}(?: (?:{_PARTICLE})?{_WORD})*)")
_MOST_WORDS = 5  # of a name; what is longer is a headline
_POSSESSIVE = re.compile(r"['’]s?$")
_ROLE = re.compile(ROLES, re.IGNORECASE)
_SO_FAR = 200  # characters before and behind an office that are read
# In front of an office these tell that it is not who holds it that is spoken of, some of them from
# further off: "former two-time Russian president".
_NOT_NOW = re.compile(
    r"\b(?:(?:former|formerly|ex|onetime|one-time|erstwhile|ousted|deposed|jailed|exiled|shadow|acting"
    r"|interim|caretaker|outgoing|incoming|previous|deputy|vice|assistant|so-called|would-be"
    r"|self-\w+)\b[^,.;:!?()\"“”|]{0,30}"
    r"|(?:then|late|past|first|last|next|new|future|old|longtime)[ -])$",
    re.IGNORECASE,
)
# In front of an office these tell that somebody holds it, wants it or might, or ask who does.
_ANYBODY = re.compile(
    r"\b(?:an?|any|every|each|no|another|which|what|whose|as|for"
    r"|(?:is|are|was|were|be|been|being|become|becomes|became|becoming|remain|remains|remained"
    r"|elect|elected|named|appointed|called)(?: the)?) $",
    re.IGNORECASE,
)
# "Yeltsin, the Russian president who resigned": a name with an office that may be a past one.
_NAMED_BEFORE = re.compile(r"\b[A-Z][\w'’-]*, (?:the )?$")
_CLOSED = re.compile(r"[,.]| (?:who|which)\b")
_NAMED_BEHIND = re.compile(r",? [\"“]?[A-Z]")
_THEN = re.compile(r",? (?:at (?:the|that) time|of the (?:day|time)|back then|until|till)\b")
# What stands on two lines is not read as one; what an editor puts into a quote is:
# "[Chinese Foreign Minister] Wang Yi".
_IN_LINE = str.maketrans({"\n": " | ", "\xa0": " ", "[": "", "]": ""})

_CAPITALS = {name: item for item in COUNTRIES for name in item.capitals}
_COUNTRIES = {name: item for item in COUNTRIES for name in (*item.names, *item.people)}


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its usual name, such as "foreign minister", and in the words that tell it.

    ``of`` is the country, None where none is told; ``who`` is named with it. ``is_whole``: no
    other name stands in front, as in "Latin American". ``is_held``: whoever holds it is spoken
    of, nobody who did, may or wants to.
    """

    name: str
    of: Country | None
    told: str
    who: str | None
    is_whole: bool
    is_held: bool


def offices_in(text: str) -> list[Office]:
    """The offices in it; each of the two of "the Russian and Chinese presidents"."""
    line = text.translate(_IN_LINE)
    return [office for match in _OFFICE.finditer(line) for office in _offices(match)]


def _offices(match: re.Match[str]) -> Iterator[Office]:
    """The office that was found, or both; none of "Russian leaders", nor of a club."""
    text, many = match.string, bool(match["many"])
    title = match[0].removesuffix("s") if many else match[0]
    before = text[max(0, match.start() - _SO_FAR) : match.start()]
    rest = text[match.end() : match.end() + _SO_FAR]
    lead, owners = _owners_in_front(before, many=many)
    behind = None if owners else _BEHIND.match(rest)
    if behind:
        owners = [it for it in behind.group("of", "too") if it] if many else [behind["of"]]
        rest = rest[behind.end() :]
    if many and not owners[1:]:
        return
    who = None if many or behind else _person(rest)
    is_whole = not _ends_with_name(lead)
    is_held = not _NOT_NOW.search(lead) and (bool(who) or _is_unnamed(lead, rest))
    for owner in owners or [""]:
        told = f"{title} of {owner}" if behind else f"{owner} {title}".lstrip()
        country = _country(owner)
        if country or (is_whole and not owner):
            yield Office(_usual(title), country, told, who, is_whole, is_held)


def _owners_in_front(text: str, *, many: bool) -> tuple[str, list[str]]:
    """What stands in front of "the Russian president", and whose that is; of many, of two."""
    lead, owner = _cut(text, _IN_FRONT)
    if not (many and owner):
        return lead, [owner] if owner else []
    lead, other = _cut(lead, _BESIDE)
    return lead, [other, owner] if other else [owner]


def _cut(text: str, form: re.Pattern[str]) -> tuple[str, str]:
    """What stands in front of the country that a text ends with, and that: else all of it."""
    match = form.search(text)
    named = match["of"].split(" ") if match else []
    ends = (" ".join(named[at:]) for at in range(len(named)))
    found = next(filter(_country, ends), "")
    return (text[: match.end("of") - len(found)], found) if match and found else (text, "")


def _country(name: str) -> Country | None:
    """The country of this name, for its capital where that has something: "Moscow's"."""
    plain = _POSSESSIVE.sub("", name.removeprefix("the "))
    return _COUNTRIES.get(plain) or (_CAPITALS.get(plain) if plain != name else None)


def _ends_with_name(text: str) -> bool:
    """Whether the last word is of a name, and not "On" or "Monday"."""
    match = _IN_FRONT.search(text)
    last = match["of"].split(" ")[-1] if match else ""
    return bool(terms(last)) and last not in CALENDAR


def _person(text: str) -> str | None:
    """Who is named at its beginning."""
    match = _PERSON.match(text)
    found = match[1].split(" ") if match else []
    if len(found) > _MOST_WORDS:
        return None
    named = list(takewhile(_may_name, found))
    end = next((at for at, word in enumerate(named, 1) if _POSSESSIVE.search(word)), None)
    return _POSSESSIVE.sub("", " ".join(named[:end])) or None


def _may_name(word: str) -> bool:
    """Whether it may be of somebody's name: no country, no day, no office."""
    plain = _POSSESSIVE.sub("", word)
    is_other = plain in CALENDAR or plain in _COUNTRIES or plain in _CAPITALS
    return bool(terms(plain)) and not is_other and not _ROLE.fullmatch(plain)


def _is_unnamed(lead: str, rest: str) -> bool:
    """Whether whoever holds the office is meant, and is not named before it or behind it."""
    is_named = _NAMED_BEFORE.search(lead) and _CLOSED.match(rest)
    is_other = _ANYBODY.search(lead) or _NAMED_BEHIND.match(rest) or _THEN.match(rest)
    return not (is_named or is_other)


def _usual(title: str) -> str:
    """The usual name of the office: "top diplomats" are of those that a foreign minister holds."""
    name = title.lower().replace("defense", "defence")
    return _USUAL.get(name, name)

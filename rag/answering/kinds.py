"""Whether a text holds the kind of thing a question asks for."""

import re
from functools import lru_cache

from rag.answering.about import others_named
from rag.answering.dates import cut_out
from rag.answering.interpret import Interpretation
from rag.answering.offices import held_elsewhen, held_now, offices_asked_for, taken
from rag.answering.terms import (
    ROLES,
    figures,
    in_digits,
    is_prose,
    missing_names,
    missing_places,
    names,
    numbers,
    terms,
    words,
)
from rag.answering.titles import Office, offices_in
from rag.reading.times import find_times

# A number spelled out counts what is named so many words behind it.
_COUNTED = 2
_ROLE = re.compile(ROLES)
_SUCCEEDS = re.compile(r"\b(?:replac|succeed)\w*")
_DIGIT = re.compile(r"\d")
_ANNIVERSARY = re.compile(r"\b(\d+)(?:st|nd|rd|th)\s+anniversary")
# What leads to a reason. "Resigned after six weeks" gives none.
_CAUSE = re.compile(
    r"\b(?:because|since|as|due|owing|thanks|so|to|for|from|with|by|over|amid|despite|following"
    r"|after\s+(?:an?|the|his|her|its|their|\w+ing|\w+ed|[A-Z]\w*)|fear\w*|caus\w+|reason\w*|led"
    r"|driv\w+|drove|prompt\w*|result\w*|respon\w+|blam\w+|concern\w*|trigger\w*|forc\w+)\b"
)
# "At the age of 96", "a 25-year-old", "Ruud, 23, won": other numbers are no age.
_AGE = re.compile(
    r"\b(?:aged?|age\s+of|dies\s+at|died\s+at|dead\s+at|turn(?:s|ed|ing)?)\s+\d{1,3}\b"
    r"|\b\d{1,3}[-\s]years?[-\s]old\b|\b\d{1,3}(?:st|nd|rd|th)\s+birthday"
    r"|(?<=\w),\s\d{1,3}(?:,|\.$)",
    re.IGNORECASE,
)
# Who is named beside it, but for where: "died at Balmoral at the age of 96".
_NAMED = re.compile(
    r"(?<!\bat )(?<!\bin )(?<!\bof )(?<!\bfrom )\b[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*"
)
_OLD = re.compile(r"\S+old\s(?:[a-z]+\s){0,2}([A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*)")
_ONE = re.compile(r"\ban?\s$")
_LONGEST = 2_000  # characters: what is longer is no sentence
# Where something is: a preposition of place before a name, and what that is in: "in Paris, Texas".
_PLACE = re.compile(
    r"\b(?:in|at|to|near)\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?"
    r"([A-Z][\w'’-]*(?:,\s[A-Z][\w'’-]*(?=[.,;:)]|$))*)"
)


def holds_kind(text: str, interpretation: Interpretation) -> bool:
    """Whether the text has a day, a name, a place or a number that the question did not.

    For other kinds: anything at all that the question did not say; whether something is so may be
    told in its words alone.
    """
    match interpretation.asked:
        case "day":
            return _has_day(text, interpretation)
        case "number":
            return _has_number(text, interpretation)
        case "where":
            return bool(_new(_places(text), interpretation))
        case "person" | "place":
            return _has_name(text, interpretation)
        case "reason":
            return bool(_CAUSE.search(without_dates(text)) and _new_terms(text, interpretation))
        case kind:
            return kind == "whether" or bool(_new_terms(text, interpretation))


def _has_name(text: str, interpretation: Interpretation) -> bool:
    """Whether it has a name; to who holds an office, one that is told to hold it."""
    offices = offices_asked_for(interpretation.text) if interpretation.asked == "person" else None
    if not offices:
        return bool(others_named(text, interpretation))
    if _has_only_left(offices, text):
        return False
    found = _new(_names_but_for(offices, text), interpretation)
    return bool(found) and not _of_another(offices, text, interpretation)


def _new_terms(text: str, interpretation: Interpretation) -> frozenset[str]:
    return terms(text) - interpretation.terms


def _has_day(text: str, interpretation: Interpretation) -> bool:
    """Whether it tells a day; to when something last was, "recently" is one."""
    told = {span.timex for span in find_times(text, None)}
    is_last = interpretation.intent == "last"
    return any(not value.endswith("_REF") for value in told) or (is_last and "PAST_REF" in told)


def _has_number(text: str, interpretation: Interpretation) -> bool:
    """Whether it has a number of what is counted: a length of time, an age, or anything."""
    if interpretation.asks_for_length:
        return bool(_lengths(text) - _lengths(interpretation.text))
    if interpretation.asks_for_age:
        ages = _AGE.finditer(in_digits(text[:_LONGEST]))
        return any(_is_age_of_asked(age, interpretation) for age in ages)
    return bool(_counts(without_dates(text), interpretation))


def _is_age_of_asked(age: re.Match[str], interpretation: Interpretation) -> bool:
    """Whether an age is of who is asked about, or of "he".

    "Ann Lee, 40," and "a 40-year-old" are of who is named last, "the 40-year-old" may be of who is
    named behind, "at the age of 40" of any before.
    """
    before = age.string[: age.start()]
    behind = _OLD.match(age.string, age.start())
    beside = _NAMED.findall(before)
    if behind and not _ONE.search(before):
        beside = [behind[1]]
    elif behind or age[0].startswith(","):
        beside = beside[-1:]
    named = names(" ".join(beside))
    return missing_names(named, interpretation.names) != named if named else not behind


def _lengths(text: str) -> frozenset[str]:
    """The lengths of time that it tells, anniversaries among them."""
    return frozenset(_ANNIVERSARY.findall(text)) | frozenset(
        span.timex
        for span in find_times(text, None)
        if span.kind == "DURATION" and _DIGIT.search(span.timex)
    )


def without_dates(text: str) -> str:
    """The text without its dates: a year is no number of things, and code reckons days."""
    return cut_out(text, find_times(text, None))


@lru_cache(maxsize=256)
def undated(sentence: str) -> str:
    """The same of a sentence, which several checks read; of a longer text its beginning."""
    return without_dates(sentence[:_LONGEST])


def _counts(text: str, interpretation: Interpretation) -> frozenset[str]:
    """The numbers the question does not have; spelled out, those that count what it is about.

    "Three workers" says how many were hurt, "the two countries" does not.
    """
    written = words(text)
    counting = (
        written[place]
        for place in range(len(written))
        if terms(" ".join(written[place + 1 : place + 1 + _COUNTED])) & interpretation.topic
    )
    found = numbers(text) | figures(" ".join(counting))
    return found - figures(interpretation.text)


def _new(found: frozenset[str], interpretation: Interpretation) -> frozenset[str]:
    return missing_names(found, names(interpretation.text))


def _has_only_left(offices: frozenset[str], text: str) -> bool:
    """Whether somebody is told to have held these offices, and nobody to hold or get them."""
    left, holding = (
        any(held.offices == offices for held in told)
        for told in (held_elsewhen(text), [*held_now(text), *taken(text)])
    )
    return left and not (holding or _SUCCEEDS.search(text))


def _names_but_for(offices: frozenset[str], text: str) -> frozenset[str]:
    """The names in it, but for those told to have held these offices, or to be about to."""
    told = (held.told for held in held_elsewhen(text) if held.offices == offices)
    return names(without_dates(text)).difference(*map(names, told))


def tells_holder(text: str, interpretation: Interpretation) -> bool:
    """Whether the text tells who holds or got the office that the question asks the holder of.

    Whose office it is may be left out of one of state: "President Jair Bolsonaro", but not "its
    CEO".
    """
    offices = offices_asked_for(interpretation.text)
    if not (offices and is_prose(text)):
        return False
    is_of_state = all(_ROLE.fullmatch(office) for office in offices)
    return any(
        held.offices == offices
        and (_is_asked(held.whose, interpretation) if held.whose else is_of_state)
        for held in (*held_now(text), *taken(text))
    )


def _is_asked(whose: frozenset[str], interpretation: Interpretation) -> bool:
    return missing_places(whose, interpretation.names) != whose


def _of_another(offices: frozenset[str], text: str, interpretation: Interpretation) -> bool:
    """Whether it gives this office, and only that of others: of China, to who leads Ukraine."""
    told = [held.whose for held in held_now(text) if held.offices == offices]
    asked = interpretation.names
    if told and asked and all(whose and missing_places(asked, whose) == asked for whose in told):
        return True
    return any(_is_of_others(office, text) for office in offices_in(interpretation.text))


def _is_of_others(office: Office, text: str) -> bool:
    """Whether the text speaks of such an office of other countries alone."""
    told = {other.of for other in offices_in(text) if other.name == office.name}
    return bool(office.of and told) and told.isdisjoint({office.of, None})


def _places(text: str) -> frozenset[str]:
    months = {word for span in find_times(text, None) for word in span.text.split()}
    found = (names(match[1]) for match in _PLACE.finditer(text))
    return frozenset().union(*found) - names(" ".join(months))

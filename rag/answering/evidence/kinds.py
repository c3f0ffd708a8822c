"""Whether a text holds the kind of thing a question asks for."""

import re

from rag.answering.evidence.about import others_named
from rag.answering.evidence.ages import tells_age
from rag.answering.evidence.incumbents import may_name_holder
from rag.answering.language.dates import without_dates
from rag.answering.language.modality import is_only_aimed_at
from rag.answering.language.offices import offices_asked_for
from rag.answering.language.terms import (
    ROLES,
    figures,
    missing_from,
    missing_names,
    names,
    numbers,
    terms,
    words,
)
from rag.answering.question.interpret import Interpretation
from rag.reading.times import find_times

# A number spelled out counts what is named so many words behind it.
_COUNTED = 2
# One word there: "six Republican-led states".
_COMPOUND = re.compile(r"\b[^\W\d_]+-(?=[a-z]+(?:ed|run)\b)")
_DIGIT = re.compile(r"\d")
_ANNIVERSARY = re.compile(r"\b(\d+)(?:st|nd|rd|th)\s+anniversary")
# What leads to a reason. "Resigned after six weeks" gives none, nor does "resigned as CEO".
_CAUSE = re.compile(
    r"\b(?:because|since|due|owing|thanks|so|to|for|from|with|by|over|amid|despite|following"
    rf"|as(?!\s+(?:of|well|many|much|(?:an?|the|its|their)\s+{ROLES}|[A-Z]{{2,}})\b)"
    r"|after\s+(?:an?|the|his|her|its|their|\w+ing|\w+ed|[A-Z]\w*)|fear\w*|caus\w+|reason\w*|led"
    r"|driv\w+|drove|prompt\w*|result\w*|respon\w+|blam\w+|concern\w*|trigger\w*|forc\w+)\b"
)
_DASH = re.compile(r"\s[—–-]+\s|;")
# Where something is: a preposition of place before a name, and what that is in: "in Paris, Texas".
_PLACE = re.compile(
    r"\b(?:in|at|on|off|to|near|outside|inside|across)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west|central)\w*\s+)?"
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
            return bool(_new(_places(_telling(text, interpretation)), interpretation))
        case "person" | "place":
            return _has_name(text, interpretation)
        case "reason":
            return bool(_CAUSE.search(without_dates(text)) and _new_terms(text, interpretation))
        case kind:
            return kind == "whether" or bool(_new_terms(text, interpretation))


def _has_name(text: str, interpretation: Interpretation) -> bool:
    """Whether it has a name; to who holds an office, of one who may hold it.

    Nor is one told whose doing it is by "the candidates to replace him".
    """
    if interpretation.asked == "person" and is_only_aimed_at(interpretation.topic, text):
        return False
    if interpretation.asked == "person" and offices_asked_for(interpretation.text):
        return may_name_holder(text, interpretation)
    return bool(others_named(text, interpretation))


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
        return tells_age(text, interpretation)
    return bool(_counts(without_dates(text), interpretation))


def _lengths(text: str) -> frozenset[str]:
    """The lengths of time that it tells, anniversaries among them."""
    return frozenset(_ANNIVERSARY.findall(text)) | frozenset(
        span.timex
        for span in find_times(text, None)
        if span.kind == "DURATION" and _DIGIT.search(span.timex)
    )


def _counts(text: str, interpretation: Interpretation) -> frozenset[str]:
    """The numbers the question does not have; spelled out, those that count what it is about.

    "Three workers" says how many were hurt, "the two countries" does not.
    """
    written = words(_COMPOUND.sub("", text))
    counting = (
        written[place]
        for place in range(len(written))
        if terms(" ".join(written[place + 1 : place + 1 + _COUNTED])) & interpretation.topic
    )
    found = numbers(text) | figures(" ".join(counting))
    return found - figures(interpretation.text)


def _new(found: frozenset[str], interpretation: Interpretation) -> frozenset[str]:
    return missing_names(found, names(interpretation.text))


def _telling(text: str, interpretation: Interpretation) -> str:
    """The text; of one that is asked about by names alone what names it, up to the next dash."""
    parts = [] if interpretation.topic else _DASH.split(text)
    return " ".join(it for it in parts if _tells_of(it, interpretation)) or text


def _tells_of(part: str, interpretation: Interpretation) -> bool:
    return missing_from(part, interpretation.names) != interpretation.names


def _places(text: str) -> frozenset[str]:
    months = {word for span in find_times(text, None) for word in span.text.split()}
    found = (names(match[1]) for match in _PLACE.finditer(text))
    return frozenset().union(*found) - names(" ".join(months))

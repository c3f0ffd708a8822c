"""Whether a text holds the kind of thing a question asks for."""

import re
from functools import lru_cache

from rag.answering.about import others_named
from rag.answering.dates import cut_out
from rag.answering.interpret import Interpretation
from rag.answering.offices import held_elsewhen, held_now, offices_asked_for
from rag.answering.terms import (
    figures,
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
            told = {span.timex for span in find_times(text, None)}
            is_last = interpretation.intent == "last"
            return any(not value.endswith("_REF") for value in told) or (
                is_last and "PAST_REF" in told  # "recently"
            )
        case "number":
            return bool(_counts(without_dates(text), interpretation))
        case "where":
            return bool(_new(_places(text), interpretation))
        case "person" if offices := offices_asked_for(interpretation.text):
            found = _names_but_for(offices, text)
            return bool(_new(found, interpretation)) and not _of_another(
                offices, text, interpretation
            )
        case "person" | "place":
            return bool(others_named(text, interpretation))
        case kind:
            return kind == "whether" or bool(terms(text) - interpretation.terms)


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


def _names_but_for(offices: frozenset[str], text: str) -> frozenset[str]:
    """The names in it, but for those told to have held these offices, or to be about to."""
    told = (held.told for held in held_elsewhen(text) if held.offices == offices)
    return names(without_dates(text)).difference(*map(names, told))


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

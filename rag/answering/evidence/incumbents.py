"""Who holds the office that a question asks the holder of, as a text tells it."""

import re

from rag.answering.language.dates import without_dates
from rag.answering.language.offices import held_elsewhen, held_now, held_or_taken, offices_asked_for
from rag.answering.language.terms import is_prose, is_role, missing_names, missing_places, names
from rag.answering.language.titles import Office, offices_in
from rag.answering.question.interpret import Interpretation

# Who does so holds the office, though the same words tell who left it.
_SUCCEEDS = re.compile(r"\b(?:replac|succeed)\w*")


def tells_holder(text: str, interpretation: Interpretation) -> bool:
    """Whether the text tells who holds or got the office that the question asks the holder of.

    Whose office it is may be left out of one of state: "President Jair Bolsonaro", but not "its
    CEO".
    """
    offices = offices_asked_for(interpretation.text)
    if not (offices and is_prose(text)):
        return False
    is_of_state = all(map(is_role, offices))
    return any(
        held.offices == offices
        and (_is_asked(held.whose, interpretation) if held.whose else is_of_state)
        for held in held_or_taken(text)
    )


def may_name_holder(text: str, interpretation: Interpretation) -> bool:
    """Whether it names somebody new who may hold that office, in whatever form.

    Nobody who held it, is about to, or holds that of another country.
    """
    offices = offices_asked_for(interpretation.text)
    left = [held for held in held_elsewhen(text) if held.offices == offices]
    is_held = any(held.offices == offices for held in held_or_taken(text))
    if left and not (is_held or _SUCCEEDS.search(text)):
        return False
    named = names(without_dates(text)).difference(*(names(held.told) for held in left))
    new = missing_names(named, names(interpretation.text))
    return bool(new) and not _is_of_another(offices, text, interpretation)


def _is_asked(whose: frozenset[str], interpretation: Interpretation) -> bool:
    return missing_places(whose, interpretation.names) != whose


def _is_of_another(offices: frozenset[str], text: str, interpretation: Interpretation) -> bool:
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

"""What in a claim the references speak against: a number, a name, a "not", an opposite.

The benchmark the model is fitted on has few of these, so they are rules, not weights. Names,
"not" and opposites are only compared where a sentence otherwise says the same: in a text about
something else another name is no contradiction.
"""

import re
from collections.abc import Iterable

from rag.answering.grounding.match import Match
from rag.answering.grounding.texts import Sentence, Text, forms
from rag.answering.language.offices import held_elsewhen, held_now
from rag.answering.language.terms import terms

# Of the claim's other terms, what a sentence must hold to be saying the same.
_SAME = 0.7
_ALL_BUT_THE_DENIAL = 0.85
# Of a sentence's terms, what must be the claim's where only a "not" is between them.
_SAME_BACK = 0.5

_NEGATION = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely))|never|no|nobody|nothing|neither|nor|without|cannot|denied|denies|refused|failed)\b"
    r"|n['’]t\b",
    re.I,
)
_OPPOSITES = (
    ("rise rose risen increase increased grow grew up higher", "fall fell fallen decrease decreased"
     " decline declined drop dropped down lower"),
    ("win won victory", "lose lost defeat defeated"),
    ("approve approved accept accepted", "reject rejected refuse refused veto vetoed"),
    ("open opened reopen reopened", "close closed shut"),
    ("before", "after"),
    ("first", "last"),
    ("guilty convicted", "innocent acquitted"),
    ("buy bought", "sell sold"),
    ("arrive arrived", "leave left depart departed"),
    ("alive", "dead died"),
    ("most more", "least fewer less"),
    ("legal", "illegal"),
    ("start started begin began", "end ended stop stopped finish finished"),
)  # fmt: skip
_SIDES = [tuple(frozenset(side.split()) for side in pair) for pair in _OPPOSITES]


def contradiction(match: Match) -> str:
    """What is wrong with the claim, in words; empty where nothing is."""
    rules = () if match.verbatim else (_number, _count, _name, _denial, _opposite)
    return next(filter(None, (rule(match) for rule in (_office, *rules))), "")


def _number(match: Match) -> str:
    if missing := match.missing_numbers:
        return f"{_named('the number', missing)} not in the reference"
    found = frozenset().union(*(sentence.numbers for sentence in match.window))
    if match.numbers_not_near and (other := found - match.claim.all_numbers):
        nearest = f"where the claim has {_list(match.numbers_not_near)}"
        return f"the quoted passage has {_list(other)} {nearest}"
    return ""


def _count(match: Match) -> str:
    """The same of numbers in words, which are compared where all else is said: "five workers"."""
    nearest = match.nearest
    if nearest is None:
        return ""
    claimed = match.claim.spelled - nearest.all_numbers
    quoted = nearest.all_numbers - match.claim.all_numbers
    if claimed and quoted and _says_the_same(match, nearest, claimed):
        return f"the claim has {_list(claimed)} where the quote has {_list(quoted)}"
    return ""


def _name(match: Match) -> str:
    missing, nearest = match.missing_names, match.nearest
    if not missing or nearest is None or not _says_the_same(match, nearest, missing):
        return ""
    said = match.claim.lowered
    others = [name for name in nearest.names if not forms(name, said)]
    return f"{_named('the name', missing, match)} not in the reference" if others else ""


def _office(match: Match) -> str:
    """Who is said to hold an office now that the references tell of another time only."""
    claimed = held_now(match.claim.written)
    if not claimed:
        return ""
    quoted = [sentence.written for sentence in match.window]
    now = [held for text in quoted for held in held_now(text)]
    for held in (held for text in quoted for held in held_elsewhen(text)):
        if any(map(held.is_same, claimed)) and not any(map(held.is_same, now)):
            return f"the quote does not tell it of now: “{held.told}”"
    return ""


def _denial(match: Match) -> str:
    nearest = match.nearest
    if nearest is None or not _says_the_same(match, nearest, (), share=_ALL_BUT_THE_DENIAL):
        return ""
    claimed, quoted = _denies(match.claim), _denies(nearest)
    if claimed and not any(map(_denies, match.window)):
        return "the claim denies what the quote says"
    return "the quote denies it" if quoted and not claimed and _says_no_more(match) else ""


def _denies(text: Text) -> bool:
    return bool(_NEGATION.search(text.written))


def _opposite(match: Match) -> str:
    nearest = match.nearest
    if nearest is None:
        return ""
    for one, other in _SIDES:
        for mine, theirs in ((one, other), (other, one)):
            claimed = match.claim.lowered & mine - nearest.lowered
            quoted = nearest.lowered & theirs - match.claim.lowered
            if claimed and quoted and _says_the_same(match, nearest, claimed):
                return f"the claim has {_list(claimed)} where the quote has {_list(quoted)}"
    return ""


def _says_the_same(
    match: Match, sentence: Sentence, but: Iterable[str], share: float = _SAME
) -> bool:
    """Whether the sentence holds that share of the rest of the claim."""
    rest = match.claim.term_set.difference(*(terms(word) for word in but))
    held = [term for term in rest if match.forms_of(term) & sentence.term_set]
    return bool(rest) and len(held) >= share * len(rest)


def _says_no_more(match: Match) -> bool:
    """Whether the nearest sentence has little beside the claim, so that its "not" is about that."""
    said = match.nearest.term_set if match.nearest else frozenset[str]()
    return len(said & match.claim.term_set) >= _SAME_BACK * len(said)


def _named(kind: str, found: Iterable[str], match: Match | None = None) -> str:
    words = sorted(found)
    written = [match.claim.as_written(word) for word in words] if match else words
    return f"{kind}{'s' * (len(words) > 1)} {_list(written)} {'are' if len(words) > 1 else 'is'}"


def _list(found: Iterable[str]) -> str:
    return ", ".join(sorted(found))

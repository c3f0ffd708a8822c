"""How old somebody is told to be."""

import re

from rag.answering.language.terms import in_digits, missing_names, names, terms
from rag.answering.question.interpret import Interpretation

# "At the age of 96", "a 25-year-old", "Ruud, 23, won": other numbers are no age.
_AGE = re.compile(
    r"\b(?:aged?|age\s+of|dies\s+at|died\s+at|dead\s+at|turn(?:s|ed|ing)?)\s+\d{1,3}\b"
    r"|\b\d{1,3}(?:,\d{3})*[-\s]years?[-\s]old\b|\b\d{1,3}(?:st|nd|rd|th)\s+birthday"
    r"|(?<=\w),\s\d{1,3}(?:,|\.$)",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*"
# Who is named beside it, but for where: "died at Balmoral at the age of 96".
_NAMED = re.compile(rf"(?<!\bat )(?<!\bin )(?<!\bof )(?<!\bfrom )\b{_NAME}")
_OLD = re.compile(rf"\S+old\s(?:[a-z]+\s){{0,2}}({_NAME})")
# The thing itself: "a 1,850-year-old bronze coin".
_THING = re.compile(r"\S+old\s((?:[a-z]+\s?){1,3})")
_ONE = re.compile(r"\ban?\s$")
_LONGEST = 2_000  # characters: what is longer is no sentence


def tells_age(text: str, interpretation: Interpretation) -> bool:
    """Whether the text tells the age of who is asked about, or of "he"."""
    ages = _AGE.finditer(in_digits(text[:_LONGEST]))
    return any(_is_of_asked(age, interpretation) for age in ages)


def _is_of_asked(age: re.Match[str], interpretation: Interpretation) -> bool:
    """Whether it is of who or what is asked about, or of nobody who is named.

    "Ann Lee, 40," and "a 40-year-old" are of who is named last, "the 40-year-old" may be of who is
    named behind, "at the age of 40" of any before.
    """
    thing = _THING.match(age.string, age.start())
    is_thing = thing and bool(terms(thing[1]) & interpretation.topic)
    if is_thing or (thing and not interpretation.names):
        return bool(is_thing)
    before = age.string[: age.start()]
    behind = _OLD.match(age.string, age.start())
    beside = _NAMED.findall(before)
    if behind and not _ONE.search(before):
        beside = [behind[1]]
    elif behind or age[0].startswith(","):
        beside = beside[-1:]
    named = names(" ".join(beside))
    return missing_names(named, interpretation.names) != named if named else not behind

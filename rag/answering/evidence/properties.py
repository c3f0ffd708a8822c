"""Properties that a sentence tells by its form, without the word for them.

"Muriel Spark (1 February 1918 – 13 April 2006) was a Scottish novelist" tells when she was born
and what her profession was, and has the word for neither.
"""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from rag.answering.language.acronyms import in_other_form
from rag.answering.language.terms import missing_names, names, terms, words
from rag.answering.language.titles import offices_in
from rag.answering.question.asked import Asked
from rag.answering.question.interpret import Interpretation
from rag.domain import Evidence, TimeSpan
from rag.reading.days import Unit, around

_LONGEST = 1_000  # characters: what is longer is no sentence
# What stands behind the name in a definition: "is a", not "is the first".
_IS = r"\s(?:is|was|are|were)\s"
_IS_A = re.compile(
    rf"{_IS}(?:an?|one\sof|the(?!\s(?:first|second|last|latest|next|only|same)\b))\s"
)
# Where a definition has said what a thing is, and goes on about it.
_GOES_ON = re.compile(
    r"[,;.(]|\b(?:by|in|from|for|that|which|who|whose|with|based|directed|written|released|created)\b"
)
_ASIDE = re.compile(r"\([^()]*\)")
# Small words of a name, and how many others it has at most.
_IN_NAMES = frozenset(
    "a of the and with in for on to at by from de von al or also known as".split()  # noqa: SIM905
)
_NAME_WORDS = 24
_NAME = re.compile(r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*")
# Behind a name, what it is: "the SCO, a Eurasian organization"; but "in Rome, a man was hurt".
_APPOSITION = re.compile(
    r"(?<!\bin )(?<!\bin the )(?<!\bat )(?<!\bto )(?<!\bfrom )(?<!\bnear )(?<!\bwith )(?<!\bof )"
    r"\b(?P<name>[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,5})(?:\s\([^()]{1,60}\))?,"
    r"\s(?:an?|one\sof)\s(?!(?:day|week|month|year|few|spokes\w+|source)\b)"
)
# What a definition tells.
_KIND = terms("profession occupation job medium genre format rank")
_NATURE = _KIND | terms("known famous")
_BIRTH = terms("born birth birthday")
_DAYS_OF_LIFE = _BIRTH | terms("die death")
# "(November 25, 1865 – July 25, 1920)" behind a name. What lasted less was an office or a war.
_YEARS = re.compile(
    r"[^\W\d_]\W{1,3}\((?P<birth>[^()]{0,30}\b(\d{4})\s*)[–—-]\s*[^()]{0,30}\b(\d{4})\)"
)
_LIFE = 18  # years
_WORK = r"(?:album|record|single|song|suite|symphony|opera|compilation|book|novel|poem|play|film)"
_COUNTED = r"\d\s+(?:million\s+)?(?:people|residents)\b"
_SETTLEMENT = r"(?:city|county|district|municipality|state|town|township|village)"
# What is asked for, in which kinds of question, and how else it is told.
_FORMS: tuple[tuple[frozenset[str], frozenset[Asked], re.Pattern[str]], ...] = (
    (
        terms("population inhabitant resident live"),
        frozenset({"number", "other"}),
        re.compile(
            rf"\b(?:[Cc]ensus|home to)\b.{{0,60}}?{_COUNTED}|\d\s+(?:million\s+)?inhabitants\b"
            rf"|{_COUNTED}.{{0,60}}?\bhouseholds\b"
            rf"|{_COUNTED}\s(?:residing|living|lived?)\sin\sthe\s{_SETTLEMENT}\b"
        ),
    ),
    (
        terms("artist musician singer band author writer composer"),
        frozenset({"person"}),
        re.compile(
            rf"\b(?i:{_WORK})s?\s(?:(?:[^a-z\s]\S*|in|of|for|from|and|major|minor|the)\s){{0,6}}?"
            r"(?:(?:written|composed|recorded|released|performed|sung)\s)?"
            r"by\s(?!the\s(?:end|time))(?:[a-z]+\s){0,6}[A-Z]"
        ),
    ),
    (
        terms("location located situated"),
        frozenset({"where", "place"}),
        re.compile(
            rf"{_IS}(?:an?|one\sof)\s"
            r"(?:(?!(?:of|for|to|that|which|who|by|from|at)\b)[\w'’,-]+\s){1,16}?"
            r"(?:in|near)\s(?:[a-z]+\s)?[A-Z]"
        ),
    ),
    (
        terms("sport"),
        frozenset({"other"}),
        re.compile(
            r"\b(?:football|soccer|basketball|baseball|softball|volleyball|handball|rugby|cricket"
            r"|hockey|lacrosse|tennis|badminton|golf|polo|boxing|wrestling|judo|swimming|rowing"
            r"|athletics|cycling|racing|skating|skiing|chess)",
            re.IGNORECASE,
        ),
    ),
    (
        terms("party political"),
        frozenset({"other"}),
        re.compile(r"\b(?:[A-Z]\w+\sParty|Republican|Democrat(?:ic)?)\b"),
    ),
)
_OF_A_THING = _KIND.union(*(stems for stems, kinds, _ in _FORMS if "other" in kinds))


def is_property(interpretation: Interpretation) -> bool:
    """Whether the question is for what a thing is: its medium, somebody's profession.

    Not for who somebody is, or what a thing is known for: many descriptions are true of one.
    """
    return interpretation.asked == "other" and bool(interpretation.topic & _OF_A_THING)


def told_without_name(sentence: str, interpretation: Interpretation) -> frozenset[str]:
    """The stems of the properties that the sentence tells without saying their name.

    Of those that this kind of question is for: a life tells when somebody was born, not where. A
    definition is of what is asked about.
    """
    text, asked, topic = sentence[:_LONGEST], interpretation.asked, interpretation.topic
    told = _told(text, asked)
    if asked == "day" and topic & _DAYS_OF_LIFE and _life(text, interpretation):
        return told | _DAYS_OF_LIFE
    if asked == "other" and topic & _NATURE:
        return told | (_NATURE if _defines(text, interpretation) else frozenset())
    return told


@lru_cache(maxsize=4096)
def _told(text: str, asked: Asked) -> frozenset[str]:
    told = (stems for stems, kinds, form in _FORMS if asked in kinds and form.search(text))
    return frozenset().union(*told)


def days_of(evidence: Evidence, interpretation: Interpretation) -> list[TimeSpan]:
    """The times of the sentence; of a life that of its birth or death, where that is asked for."""
    topic = interpretation.topic
    life = _life(evidence.quote[:_LONGEST], interpretation) if topic & _DAYS_OF_LIFE else None
    if life is None:
        return list(evidence.spans)
    start, between, end = (
        evidence.start + at for at in (life.start(), life.end("birth"), life.end())
    )
    lived = [span for span in evidence.spans if start <= span.start and span.end <= end]
    if topic & _BIRTH:
        return [_ends(span)[0] for span in lived if span.start < between]
    return [_ends(span)[1] for span in lived if span.end > between]


def _ends(span: TimeSpan) -> tuple[TimeSpan, TimeSpan]:
    """What a time from one to another begins and ends with: 1918 and 2006, each all the year."""
    begins, is_range, ends = span.timex.partition("/")
    if not (is_range and span.first_day and span.last_day):
        return span, span
    first, last = around(span.first_day, _unit(begins)), around(span.last_day, _unit(ends))
    return replace(span, last_day=first.last), replace(span, first_day=last.first)


def _unit(timex: str) -> Unit:
    """How exact a TIMEX3 value is: "1918" is a year, "1918-05" a month."""
    units: dict[int, Unit] = {0: "year", 1: "month"}
    return units.get(timex.count("-"), "day")


def _life(text: str, interpretation: Interpretation) -> re.Match[str] | None:
    """The years of who is asked about, in brackets right behind the name."""
    for match in _YEARS.finditer(text):
        lasted = int(match[3]) - int(match[2])
        before = reversed(text[: match.start("birth") - 1].split())
        name = " ".join(takewhile(_is_of_a_name, before))
        if lasted >= _LIFE and _is_asked(name, interpretation):
            return match
    return None


def _is_of_a_name(word: str) -> bool:
    """Whether the word may be of a name or what follows one: "Rumbold, 8th Baronet,"."""
    first = word.lstrip("\"'“”‘")[:1]
    return first.isupper() or first.isdigit()


def definition(text: str, interpretation: Interpretation) -> frozenset[str]:
    """The stems of what the text opens with one that is asked about to be: "a Scottish novelist".

    None where it opens with anything else.
    """
    opening = _opening(text[:_LONGEST])
    if opening is None or not _is_asked(opening[0], interpretation):
        return frozenset()
    return terms(_GOES_ON.split(opening[1])[0])


def _defines(text: str, interpretation: Interpretation) -> bool:
    """Whether it says what one that is asked about is."""
    return any(_is_asked(name, interpretation) for name in _defined(text))


def _is_asked(name: str, interpretation: Interpretation) -> bool:
    """Whether a name is one that is asked about: by its last word, in short or in full."""
    asked = _last_names(interpretation)
    missing = missing_names(asked, names(name))
    return len(missing - in_other_form(interpretation.names, interpretation.text, name)) < len(
        asked
    )


def _last_names(interpretation: Interpretation) -> frozenset[str]:
    """The last word, lower case, of each name that is asked about."""
    found = (words(match.lower()) for match in _NAME.findall(interpretation.text))
    named = ([word for word in name if word in interpretation.names] for name in found)
    return frozenset(name[-1] for name in named if name)


@lru_cache(maxsize=4096)
def _defined(text: str) -> tuple[str, ...]:
    """The names of which the sentence says what they are.

    What it opens with and says to be something; whom it calls by an office; what has that behind
    it, between commas.
    """
    offices = (office.who for office in offices_in(text) if office.who)
    appositions = (match["name"] for match in _APPOSITION.finditer(text))
    opening = _opening(text)
    return (*((opening[0],) if opening else ()), *offices, *appositions)


def _opening(text: str) -> tuple[str, str] | None:
    """What the text opens with, if that is a name and no more, and all behind "is a"."""
    is_a = _IS_A.search(text)
    if is_a is None:
        return None
    subject = _ASIDE.sub(" ", text[: is_a.start()])
    named = [word for word in words(subject) if word not in _IN_NAMES]
    if len(named) > _NAME_WORDS or any(word[0].islower() for word in named):
        return None
    return subject, text[is_a.end() :]

"""Whether an answer says what it must: wordings normalised, dates compared as dates."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rag.domain import Answer
from rag.evaluation.questions import Days, Group
from rag.reading.times import find_times

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_POSSESSIVE = re.compile(r"['’]s\b")
_ARTICLES = frozenset({"a", "an", "the"})


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers; no accents, possessives, articles, thousands separators."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text)).casefold()
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    words = _WORD.findall(_THOUSANDS.sub("", bare))
    return [word for word in words if word not in _ARTICLES]


def holds(text: str, wording: str) -> bool:
    """Whether the text has the wording, as whole words in that order."""
    wanted = " ".join(tokens(wording))
    return bool(wanted) and f" {wanted} " in f" {' '.join(tokens(text))} "


def said(answer: Answer) -> str:
    """What the answer asserts: its claims, or its whole text where it has none; no abstention."""
    if answer.status == "abstained":
        return ""
    return " ".join(claim.text for claim in answer.claims) or answer.text


def meets(answer: Answer, group: Group) -> bool:
    """Whether the answer says what the group asks for."""
    if isinstance(group, Days):
        return _names_days(answer, group)
    return any(holds(said(answer), wording) for wording in group.alternatives)


def token_overlap(text: str, gold: str) -> float:
    """The harmonic mean of token precision and recall (SQuAD, Rajpurkar et al. 2016)."""
    ours, theirs = tokens(text), tokens(gold)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def _names_days(answer: Answer, wanted: Days) -> bool:
    found = {
        (span.first_day, span.last_day)
        for text, published in _dated_texts(answer)
        for span in find_times(text, published)
    }
    single = {(wanted.first, wanted.first), (wanted.last, wanted.last)}
    return (wanted.first, wanted.last) in found or single <= found


def _dated_texts(answer: Answer) -> Iterator[tuple[str, date | None]]:
    """Each claim with the days its citations were published on: "next week" is counted from there.

    An answer without claims is read against every citation, and against the day it was asked.
    """
    published = {citation.number: citation.published for citation in answer.citations}
    for claim in answer.claims:
        yield from ((claim.text, published.get(number)) for number in claim.citations or (0,))
    if not answer.claims:
        days: Sequence[date | None] = [answer.as_of, *published.values()]
        yield from ((said(answer), day) for day in days)

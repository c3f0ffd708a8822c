"""Which evidence speaks of what is asked, and not of somebody or something else."""

import re
from collections.abc import Sequence

from rag.answering.evidence.about import (
    is_told_by_form,
    only_around,
    others_named,
    share_told,
    told_in,
    unnamed,
)
from rag.answering.evidence.sentences import by_article
from rag.answering.language.actors import opens_with_name
from rag.answering.language.countries import COUNTRIES
from rag.answering.language.speech import is_only_speaking, speaks_of_telling
from rag.answering.language.terms import missing_names, names, terms, words
from rag.answering.question.interpret import Interpretation
from rag.domain import Evidence
from rag.reading.numerals import ORDINALS

# What somebody does with somebody: both must be told.
_AMONG_PEOPLE = terms("meet receive invite")
_SOMEBODY = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
# Nobody is named so: "the Russian leader and his guests", "In Moscow he met Wang Yi".
_PEOPLES = names(" ".join(people for item in COUNTRIES for people in item.people))
_WHERE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*")
# What is the first of its kind without the word.
_FIRST = re.compile(r"\b(?:inaugural|debut\w*|maiden|opening|never before)\b", re.IGNORECASE)
# From this share of the question's topic words a sentence is about the same.
_MIN_COVERAGE = 0.5
# From this share of all its words it may be, though it holds none of the topic.
_MOST = 0.75
# Of the topic, what an article may lack that another one has.
_MAY_LACK = 0.25


def speaks_of(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether the sentence, as read with its context, holds the names and the topic asked for."""
    if unnamed(evidence, interpretation) or _is_of_another(interpretation, evidence):
        return False
    if _is_of_another_turn(interpretation, evidence):
        return False
    return share_told(interpretation.topic, evidence, interpretation) >= _MIN_COVERAGE


def of_the_same(interpretation: Interpretation, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Without what comes from articles that lack much of the topic which another one has.

    Only where nothing is named: then "the repairs" of the pool are told from those of the bridge
    by the bridge alone.
    """
    if interpretation.names or not evidence:
        return evidence
    articles = [group[0].article for group in by_article(evidence)]
    held = {item.id: interpretation.topic & terms(item.headed_text) for item in articles}
    most = max(held.values(), key=len)
    return [
        item
        for item in evidence
        if len(most - held[item.article.id]) <= _MAY_LACK * len(interpretation.topic)
    ]


def may_speak_of(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether it holds most of the question, or half of it and some of the topic.

    Its article must hold every name: of a trip to India a trip to China tells nothing. That is
    looked at last, since a whole article is read for it.
    """
    share = share_told(interpretation.terms, evidence, interpretation)
    if share < _MIN_COVERAGE or _is_of_another(interpretation, evidence):
        return False
    if _is_of_another_turn(interpretation, evidence):
        return False
    if share < _MOST and not share_told(interpretation.topic, evidence, interpretation):
        return False
    return not unnamed(evidence, interpretation, near=False)


def first_named(interpretation: Interpretation) -> str | None:
    """The name that the question has first, lower case: most often of who does what is asked."""
    asked = (word.lower() for word in words(interpretation.text))
    return next((word for word in asked if word in interpretation.names), None)


def _is_of_another(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether the sentence opens with a name, and neither it nor any behind it was asked for first.

    "Xi's visit to Russia" is no evidence for a question about Wang Yi's, even under a title that
    names him. A capital alone does not make a name: it is written with one elsewhere too. Nor
    are the days of those whom one that was asked for only speaks of.
    """
    if interpretation.asked == "day" and _tells_days_of_another(interpretation, evidence):
        return True
    is_strict = interpretation.asked == "whether" or interpretation.topic & _AMONG_PEOPLE
    if (is_strict or is_told_by_form(evidence, interpretation)) and _is_of_others(
        interpretation, evidence
    ):
        return True
    opening = words(evidence.quote)[:1]
    first = first_named(interpretation)
    if first is None or not opening or not opening[0][0].isupper():
        return False
    return bool(
        opens_with_name(evidence)
        and missing_names([opening[0].lower()], interpretation.names)
        and first in only_around(evidence, interpretation)
    )


def _is_of_another_turn(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether the first, or the second season, is asked about, and it does not tell which it is."""
    asked = {word.lower() for word in words(interpretation.asking)} & ORDINALS.keys()
    if "first" in asked and _FIRST.search(evidence.as_read):
        asked.discard("first")
    return bool(asked) and not terms(" ".join(asked)) <= told_in(evidence, interpretation)


def _is_of_others(interpretation: Interpretation, evidence: Evidence) -> bool:
    """Whether it names others, and not all who are asked about, nor has a word for them before.

    Lavrov's talks with Wang Yi, under a title on Putin, do not tell that Wang Yi met Putin.
    """
    if not only_around(evidence, interpretation):
        return False
    somebody = _SOMEBODY.search(evidence.quote)
    before = evidence.quote[: somebody.start()] if somebody else evidence.quote
    return bool(others_named(_WHERE.sub(" ", before), interpretation) - _PEOPLES)


def _tells_days_of_another(interpretation: Interpretation, evidence: Evidence) -> bool:
    if speaks_of_telling(interpretation.text):
        return False
    places = [span.start - evidence.start for span in evidence.spans if span.last_day]
    wanted = interpretation.names
    return bool(places) and all(is_only_speaking(wanted, evidence.quote, at) for at in places)

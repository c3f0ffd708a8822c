"""Whether a sentence is about what is asked: whom it names, and of what it tells.

News writes a name in full once, and in short from then on.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from rag.answering.evidence.ages import tells_age
from rag.answering.evidence.properties import told_without_name
from rag.answering.language.acronyms import in_other_form
from rag.answering.language.dates import undated
from rag.answering.language.terms import missing_from, missing_names, names, same_name, terms, words
from rag.answering.question.interpret import Interpretation
from rag.domain import Evidence, Span, TimeSpan

_CAPITALISED = r"[A-Z](?:\.|[^\W\d_]+(?:-[^\W\d_]+){0,3})"
# "Russian President Vladimir Putin", "John F. Kennedy". Longer than any name is a line of
# capitals, of which every two words would be a pair.
_IN_FULL = re.compile(rf"\b{_CAPITALISED}(?:\s+{_CAPITALISED}){{1,5}}")

Pair = tuple[str, str]

# Of the terms of a long question, how many a sentence need hold to hold them all.
_ENOUGH = 6

# "From 17 to 21 May": two days in a TIMEX3 value, which tell when a thing begins and ends.
_FROM_TO = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_BEGINNING_AND_END = terms("begin end")
_OLD = terms("old")
# Behind a time: another deed of whom the sentence is about, with a time of its own.
_AND = re.compile(
    r"\W*(?:and|but|then)\s+(?:[a-z]+ly\s+)?"
    r"(?!(?:the|an?|its|his|her|their|our|he|she|it|they|we|in|on|again|also|later)\b)[a-z]"
)


def told_in(evidence: Evidence, interpretation: Interpretation) -> frozenset[str]:
    """The terms of the sentence as it is read, and the properties it tells without their name.

    Where it has two days, it tells when a thing begins and ends; "turns 71" tells how old.
    """
    has_both = any(_FROM_TO.fullmatch(span.timex) for span in evidence.spans)
    told = terms(evidence.as_read) | told_without_name(evidence.quote, interpretation)
    if interpretation.asks_for_age and tells_age(evidence.quote, interpretation):
        told |= _OLD
    return told | (_BEGINNING_AND_END if has_both else frozenset())


def untold(
    words: frozenset[str], evidence: Evidence, interpretation: Interpretation
) -> frozenset[str]:
    """The terms that the sentence as it is read does not have, nor the years of its days."""
    return words - told_in(evidence, interpretation) - terms(years(evidence))


def share_told(wanted: frozenset[str], evidence: Evidence, interpretation: Interpretation) -> float:
    """The share (0 to 1) of these terms that the sentence, as it is read, has; all of none.

    Of many terms so many are enough: who shares three of twelve is not there by chance.
    """
    told = len(wanted) - len(untold(wanted, evidence, interpretation))
    return min(1.0, told / min(len(wanted), _ENOUGH)) if wanted else 1.0


def is_told_by_form(evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether the sentence tells a property that is asked for, but not in the words for it.

    Of a life the days are exact, though "born 1888" may stand beside them.
    """
    told = interpretation.topic & told_without_name(evidence.quote, interpretation)
    return bool(told if interpretation.asked == "day" else told - terms(evidence.quote))


def undone(evidence: Evidence, interpretation: Interpretation) -> frozenset[str]:
    """What somebody is asked to have done, where the sentence does not tell it.

    Whether something is so is not told by a title: that may be of others, or of another day.
    """
    deed = interpretation.deed
    missing = untold(deed, evidence, interpretation)
    if interpretation.asked == "whether":
        missing |= (deed & terms(evidence.article.title)) - terms(evidence.untitled)
    return missing


def years(evidence: Evidence) -> str:
    """The years of the days that the sentence speaks of."""
    days = (day for span in evidence.spans for day in (span.first_day, span.last_day) if day)
    return " ".join(str(day.year) for day in days)


def unnamed(
    evidence: Evidence, interpretation: Interpretation, *, near: bool = True
) -> frozenset[str]:
    """The names asked for that the sentence does not have.

    ``near``: as it is read, where it has "Vladimir Putin" if it has "Putin" and its article the
    whole; whether something is so is not told where a title alone says of whom. Else it has what
    its article has. Of those whom the question means by an office one is enough: either visit is
    one between the leaders.
    """
    text = evidence.as_read if near else evidence.article.headed_text
    meant = [item.who for item in interpretation.meant]
    if meant and not any(is_named(who, text) for who in meant):
        return names(" ".join(meant))
    if interpretation.asked == "whether" and _names_none(evidence.untitled, interpretation):
        return _not_in_short(interpretation.names, interpretation.text, evidence)
    missing = missing_from(text, interpretation.names)
    if near:
        return _not_in_short(missing, interpretation.text, evidence)
    return missing - in_other_form(missing, interpretation.text, text)


def _names_none(text: str, interpretation: Interpretation) -> bool:
    return missing_from(text, interpretation.names) == interpretation.names


def is_named(who: str, text: str) -> bool:
    """Whether the text names somebody of this name, in full or by the first or the last of it.

    The first may be anybody's where another name follows: "Sergei Shoigu" is not Lavrov.
    """
    first, *_, last = (re.escape(it) for it in (who.split(maxsplit=1)[0], *who.split()))
    return bool(re.search(rf"\b{last}\b|\b{first}\b(?! [A-Z])", text))


def only_around(evidence: Evidence, interpretation: Interpretation) -> frozenset[str]:
    """The names asked for that it has from what it is read with, if at all."""
    missing = missing_from(evidence.in_full, interpretation.names)
    return _not_in_short(missing, interpretation.text, evidence)


def tells_the_event(evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether something asked about is in the sentence, or in the one it points back to.

    What only the title speaks of did not happen on the days of every sentence beneath it. What a
    follow-up asks about is in the questions before.
    """
    topic, points_back = interpretation.topic, evidence.context != evidence.article.title
    if not topic or points_back or interpretation.refers_back:
        return True
    told = terms(evidence.quote) | told_without_name(evidence.quote, interpretation)
    return bool(topic & told)


def is_told_apart(told: frozenset[str], evidence: Evidence, span: TimeSpan) -> bool:
    """Whether the sentence tells these terms of another of its times, and not of this one.

    "Telenet was incorporated in 1973 and started operations in 1975": to be incorporated is told
    right before 1973, and nothing of it between the two times.
    """
    text, parts = evidence.article.text, _parts(evidence)
    if len(parts) == 1:  # as in most sentences, of which nothing more need be read
        return False
    own = next((part for part in parts if part.start <= span.start < part.end), None)
    if own is None or told & terms(undated(own.of(text))):
        return False
    return any(told & _nearest_word(part.of(text)) for part in parts)


def _parts(evidence: Evidence) -> list[Span]:
    """The sentence cut behind each of its times that is followed by "and" and another time."""
    spans = [span for span in evidence.spans if span.last_day or span.first_day]
    text = evidence.article.text
    ends = [
        one.end
        for one, other in pairwise(spans)
        if _AND.match(text, one.end) and terms(text[one.end : other.start])
    ]
    return [Span(*edges) for edges in pairwise([evidence.start, *ends, evidence.end])]


def _nearest_word(part: str) -> frozenset[str]:
    """The stem of the last word of it that is no name and no time."""
    plain = [word for word in words(undated(part)) if word[0].islower() and terms(word)]
    return terms(plain[-1]) if plain else frozenset()


def others_named(text: str, interpretation: Interpretation) -> frozenset[str]:
    """The names in the text that the question does not have; "Jinping" is Xi's where it asks of Xi.

    Of a name in full only what stands next to what was asked is the same: in "Chinese Premier Li"
    the question's "Chinese" is not Li.
    """
    named = names(text)
    unasked = missing_names(named, names(interpretation.text))
    new = frozenset(name for name in unasked if not terms(name) & interpretation.terms)
    asked = named - unasked
    beside = [pair for name in _names_in_full(text) for pair in pairwise(name)]
    return new.difference(*(pair for pair in beside if asked.intersection(pair)))


def unheard(sentence: str, evidence: Evidence) -> frozenset[str]:
    """The names of a drafted sentence that the evidence, as it is read, does not have.

    A capital is not its country here, nor the leader of Russia Russia. The first word is no name
    where the evidence writes it small: "Even numbers".
    """
    heard = "\n".join([evidence.context, *(it.who for it in evidence.meant), evidence.quote])
    missing = missing_names(names(sentence), names(heard))
    if missing:
        first = {word.lower() for word in words(sentence)[:1]}
        missing -= first.intersection(words(heard))
    return _not_in_short(missing, sentence, evidence)


def _not_in_short(missing: frozenset[str], text: str, evidence: Evidence) -> frozenset[str]:
    """The missing names but for those that, in full, belong to one that is not missing.

    Nor is one missing that the sentence, as it is read, has in short or in full.
    """
    missing -= in_other_form(missing, text, evidence.as_read)
    if not missing:
        return missing
    held = [pair for pair in _pairs(text) if len(missing.intersection(pair)) == 1]
    in_full = [
        (first, last)
        for first, last in held
        if _has(evidence.article.headed_text, (first, last))
        and (first in missing or not _is_anothers(first, evidence))
    ]
    return missing.difference(*in_full)


def _is_anothers(first: str, evidence: Evidence) -> bool:
    """Whether all who bear this first name in the sentence, as it is read, have another last one.

    "Sergei Lavrov" is not Sergei Shoigu. A headline writes other words large too.
    """
    behind = re.findall(rf"\b(?i:{re.escape(first)})\b(?:\s+([A-Z][\w'’-]+))?", evidence.as_read)
    return bool(behind) and all(
        last and last.lower() not in _in_small_letters(evidence.article.text) for last in behind
    )


@lru_cache(maxsize=256)
def _in_small_letters(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if word[0].islower())


@lru_cache(maxsize=256)
def _has(text: str, pair: Pair) -> bool:
    """Whether the text writes both words in one name.

    An initial of the text stands for a second name, not for the first: "Donald J. Trump" is no
    Judd Trump.
    """
    return any(
        _is_same(pair[0], one) and _is_same(pair[1], other)
        for one, other in _pairs(text)
        if len(one) > 1 or len(pair[0]) == 1
    )


def _is_same(one: str, other: str) -> bool:
    """Whether they are forms of one name, or one is the other's initial."""
    is_initial = 1 in (len(one), len(other)) and one[0] == other[0]
    return is_initial or same_name(one, other)


@lru_cache(maxsize=256)
def _pairs(text: str) -> frozenset[Pair]:
    """Every two words, lower case, of the names that the text writes in full."""
    return frozenset(pair for name in _names_in_full(text) for pair in combinations(name, 2))


def _names_in_full(text: str) -> Iterator[list[str]]:
    """The words, lower case, of each name that the text writes in full."""
    return (words(match[0].lower()) for match in _IN_FULL.finditer(text))

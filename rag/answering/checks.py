"""What must hold of a sentence of the draft beside the evidence that it rests on."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rag.answering.evidence.about import (
    is_told_apart,
    tells_the_event,
    undone,
    unheard,
    untold,
    years,
)
from rag.answering.evidence.kinds import holds_kind
from rag.answering.grounding import contradicted
from rag.answering.language.amounts import same_amounts
from rag.answering.language.dates import led_by, names_a_day, undated
from rag.answering.language.modality import is_stronger
from rag.answering.language.owners import (
    gives_to_another,
    makes_mutual,
    tells_of_owner,
    tells_part_of_whole,
)
from rag.answering.language.speech import is_said_by_another, misattributes, speaks_of_telling
from rag.answering.language.terms import figures, names, numbers, terms, words
from rag.answering.question.interpret import Interpretation
from rag.answering.short import ShortAnswer
from rag.domain import Evidence, TimeSpan
from rag.reading.times import find_times

# What stands between names that are no sentence: "Harbin in the northeast of China".
_LINKING = frozenset({"a", "an", "the", "in", "on", "at", "of", "and", "from", "to", "by", "for"})
_A_FIGURE = re.compile(r"\W*\d[\d.,]*(?:\s+\w+){0,2}\W*")  # "100 inches"
# The share of a sentence's words that its evidence must hold, and of those that the question did
# not have: who only repeats the question has most of the words.
_MIN_SUPPORT, _MIN_TOLD = 0.6, 0.5
# A web or mail address, or a path of one.
_ADDRESS = re.compile(r"://|www\.|\w@\w|\w\.[a-z]{2,}/", re.IGNORECASE)
# The share of what a sentence takes from the question that its article may say elsewhere.
_ELSEWHERE = 1 / 3
# The longest some days, week, month and quarter are, from the first to the last day.
_UNITS = (2, 6, 30, 91)
# "Since 2017" may be told as "in 2017", and "until May 21" as its end; not so these.
_BOUNDS = frozenset({"before", "by", "after", "as of"})


@dataclass(frozen=True)
class Comparison:
    """A sentence of the draft beside a sentence of the evidence."""

    sentence: str
    evidence: Evidence
    interpretation: Interpretation
    short: ShortAnswer

    @property
    def published(self) -> date | None:
        """The day the evidence was published."""
        return self.evidence.article.published.day

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the checks that do not hold."""
        return tuple(name for name, holds in CHECKS.items() if not holds(self))

    @cached_property
    def times(self) -> list[TimeSpan]:
        """The times the sentence tells, read as on the day the evidence was published."""
        return find_times(self.sentence, self.published)

    @cached_property
    def told(self) -> str:
        """What the evidence says itself, with whom it means, and the years its days are in."""
        return f"{self.evidence.in_full} {years(self.evidence)}"

    @cached_property
    def support(self) -> float:
        """The share of the sentence's words in the quote, or (at half weight) in its context."""
        said = terms(self.sentence)
        in_quote = terms(self.evidence.quote)
        in_context = terms(self.evidence.as_read) - in_quote
        return (len(said & in_quote) + len(said & in_context) / 2) / len(said) if said else 0.0

    @cached_property
    def told_by_evidence(self) -> float:
        """The share of the words it tells, and the question did not, that the evidence has."""
        told = terms(self.sentence) - terms(self.interpretation.text)
        held = told & terms(f"{self.evidence.context} {self.told}")
        return len(held) / len(told) if told else 1.0


def _alters(told: frozenset[str], it: Comparison) -> bool:
    """Whether what the sentence takes from the question is not what the evidence is about.

    Most of it must be in the sentence that is cited, and all of it in its article.
    """
    topic, evidence = told & it.interpretation.topic, it.evidence
    missing = untold(topic, evidence, it.interpretation)
    return bool(missing - terms(evidence.article.text)) or len(missing) > _ELSEWHERE * len(topic)


def _is_one_of_its(span: TimeSpan, it: Comparison) -> bool:
    """Whether a time the sentence tells is one of the quote's, or a wider one around it.

    Where days are asked for it is no wider than the same kind of unit: "next week" does not stand
    for two days. "Before 2022" is not 2022, nor is when it opened when it was founded.
    """
    exact, text = it.interpretation.asked == "day", it.evidence.article.text
    bound = _bound(it.sentence, span)
    told = terms(it.sentence) - terms(" ".join(names(it.sentence)))
    return any(
        _holds(span, other)
        and not is_told_apart(told, it.evidence, other)
        and _bound(text, other) == bound
        and not _goes_on(other, it.evidence)
        and not (exact and _unit(span) > _unit(other))
        for other in it.evidence.spans
    )


def _goes_on(span: TimeSpan, evidence: Evidence) -> bool:
    """Whether a length is only the beginning of one: "nine years and six months"."""
    rest = evidence.article.text[span.end : span.end + len(" and ")]
    following = {it.start for it in evidence.spans if it.kind == "DURATION"}
    return span.kind == "DURATION" and rest == " and " and span.end + len(rest) in following


def _bound(text: str, span: TimeSpan) -> str:
    bound = led_by(text, span) if span.kind != "DURATION" else ""  # "extended by six months"
    return bound if bound in _BOUNDS else ""


def _holds(told: TimeSpan, quoted: TimeSpan) -> bool:
    is_length = told.kind == quoted.kind == "DURATION" and told.timex == quoted.timex
    if is_length or told.text.lower() == quoted.text.lower():
        return True
    if not (told.first_day and told.last_day and quoted.first_day and quoted.last_day):
        return False
    return told.first_day <= quoted.first_day and quoted.last_day <= told.last_day


def _unit(span: TimeSpan) -> int:
    """How wide a time is: 0 for some days, then a week, a month, a quarter, more."""
    if span.first_day is None or span.last_day is None:
        return len(_UNITS)
    return bisect_left(_UNITS, (span.last_day - span.first_day).days)


def _has_kind(it: Comparison) -> bool:
    return holds_kind(it.sentence, it.interpretation)


def _same_numbers(it: Comparison) -> bool:
    missing = numbers(it.sentence) - figures(it.told)
    return not missing and same_amounts(it.sentence, it.evidence.quote)


def _same_addresses(it: Comparison) -> bool:
    addresses = filter(_ADDRESS.search, it.sentence.split())
    return all(address in it.evidence.quote for address in addresses)


def _same_names(it: Comparison) -> bool:
    """Whether it names nobody whom the evidence does not, and tells of nobody what is another's."""
    quoted = it.evidence.quote
    alterations = (tells_of_owner, tells_part_of_whole, makes_mutual)
    if any(alters(it.sentence, quoted) for alters in alterations):
        return False
    if unheard(it.sentence, it.evidence):
        return False
    return not gives_to_another(it.sentence, it.evidence.as_read)


def _same_speaker(it: Comparison) -> bool:
    """Whether it gives nobody another's words, nor those of another as what was asked for."""
    asked, quoted = it.interpretation, it.evidence.quote
    if speaks_of_telling(asked.text) and is_said_by_another(it.sentence, quoted, asked.names):
        return False
    return not misattributes(it.sentence, quoted)


def _same_topic(it: Comparison) -> bool:
    """Whether it says something of what is asked about, and alters nothing of it.

    What somebody is asked to have done is told by it or by the evidence ("What did Putin pay?"),
    whether something is so by the evidence alone, and a reason beside the event.
    """
    told = terms(it.sentence)
    if not told & it.interpretation.terms and _only_names(it.sentence):
        return False
    only_repeats = it.interpretation.asked == "whether"
    if undone(it.evidence, it.interpretation) - (frozenset() if only_repeats else told):
        return False
    asks_why = it.interpretation.asked == "reason"
    if asks_why and not tells_the_event(it.evidence, it.interpretation):
        return False
    return not _alters(told, it)


def _only_names(sentence: str) -> bool:
    """Whether it is no sentence but names, days or figures: nothing that could be compared."""
    plain = words(undated(sentence))
    is_named = all(not word[0].islower() or word in _LINKING for word in plain)
    return is_named or bool(_A_FIGURE.fullmatch(sentence))


def _same_days(it: Comparison) -> bool:
    """Whether its days are those of the quote, and some of them those the question names.

    Where days are asked for, some of them must be known.
    """
    period = it.interpretation.period
    if period and it.times and not any(map(period.meets, it.times)):
        return False
    if it.interpretation.asked == "day" and it.times and not any(map(names_a_day, it.times)):
        return False
    return all(_is_one_of_its(span, it) for span in it.times)


def _same_modality(it: Comparison) -> bool:
    return not is_stronger(it.sentence, it.evidence.quote)


def _is_not_contradicted(it: Comparison) -> bool:
    return not contradicted(it.sentence, [it.told, it.evidence.context])


def _is_covered(it: Comparison) -> bool:
    return it.support >= _MIN_SUPPORT and it.told_by_evidence >= _MIN_TOLD


def _has_short_answer(it: Comparison) -> bool:
    """Whether it tells what the model said in a few words, and the evidence does too.

    A model that wrote "unknown" guesses whom it names then, and how many it counts but where the
    evidence has every word of the question; to a "what ...?" that asks for no name it does not
    answer where it only names who is concerned.
    """
    asked = it.interpretation.asked
    if asked == "person" and not it.short.is_known:
        return False
    if asked == "number" and not it.short.is_known:
        return not untold(it.interpretation.terms, it.evidence, it.interpretation)
    if asked == "other" and not it.short.is_known:
        told = terms(it.sentence) - it.interpretation.terms
        named = frozenset() if it.interpretation.may_ask_for_name else names(it.sentence)
        return bool(told - terms(" ".join(named)))
    in_sentence = it.short.is_in(it.sentence, it.interpretation)
    return in_sentence and it.short.is_held(it.evidence, it.interpretation)


# All must hold. A report counts what each of them alone keeps back, and whether it was wrong.
CHECKS: Mapping[str, Callable[[Comparison], bool]] = {
    "kind": _has_kind,
    "numbers": _same_numbers,
    "addresses": _same_addresses,
    "names": _same_names,
    "speaker": _same_speaker,
    "topic": _same_topic,
    "days": _same_days,
    "modality": _same_modality,
    "contradiction": _is_not_contradicted,
    "words": _is_covered,
    "short answer": _has_short_answer,
}

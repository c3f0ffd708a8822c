"""What a timeline is about, and which times of a sentence are the times of that."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from rag.answering.evidence.about import is_told_apart
from rag.answering.language.actors import WORD, Actors
from rag.answering.language.clauses import clause_breaks
from rag.answering.language.modality import supposes
from rag.answering.language.terms import missing_from, names, numbers, same_name, terms, words
from rag.answering.question.interpret import Interpretation
from rag.domain import Evidence, Span, TimeSpan
from rag.reading.narrative import PAST_FORMS, Narrative

# Below this share of the topic's words a sentence is about something else.
_MIN_COVERAGE = 0.5
# Of a topic that is but names, sentences tell the same where one word in so many is shared.
_SHARED = 3
# What may stand before a time that opens its sentence, and how many words between the topic's
# word and a time behind it.
_FRONTED = re.compile(
    r"\W*(?:(?:and|but|then|back|late|early|later|earlier|in|on|at|by|during|over|from|for)\s+"
    r"(?:the\s+)?)*",
    re.IGNORECASE,
)
_REACH = 15
# Not behind an article: in "after a heated row" nobody heats.
_A_VERB = rf"(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?:[a-z]+ed|{PAST_FORMS})\b"
# What leads to the time of something else: "since his vote in March", "a week after the raid in
# May", "after a storm hit in June"; but who "died after a crash on Monday" died then. What stands
# before a time that is no event: "since early May".
_REFERENCE = re.compile(
    r"\b(?:since|before|until|till|ahead\s+of|prior\s+to"
    r"|(?:day|week|month|year)s?\s+(?:after|following)"
    rf"|after(?=\s(?!(?:being|having)\b)(?:[\w'’-]+\s){{1,6}}?{_A_VERB})"
    r")\s+",
    re.IGNORECASE,
)
# "Will be visited" is no past.
_TO_BE = re.compile(r"\bbe\s+(?:\w+ly\s+)?\w+")
# Before and behind the time at which somebody told something: "told CNN in October that".
_TOLD = re.compile(
    r"\b(said|told|announced|confirmed|revealed|reported)(?:\s+[\w'’-]+){0,3}?"
    r"(?:\s+(?:in|on|at))?\s+$"
)
_THAT = re.compile(r",?\s+that\b")
_PART_OF_TIME = terms("at least about around early late mid middle beginning start end")
# Sentences are compared in pairs: the words of each are found once.
_stems = lru_cache(maxsize=4096)(terms)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the articles use its words, all lower case.

    ``events`` are the stems besides the names. ``actors`` are the names before the first of
    them where names follow too: "Putin visits China" is not about a visit of Xi's. So are those
    whom it means by an office.
    """

    names: frozenset[str]
    events: frozenset[str]
    actors: frozenset[str]

    @classmethod
    def of(cls, interpretation: Interpretation, evidence: Iterable[Evidence]) -> Self:
        """The topic of this text. A name is what these sentences write with a capital letter."""
        written = _written(interpretation.terms, evidence)
        asked = [word for word in words(interpretation.text) if terms(word) & interpretation.terms]
        named = [word.lower() for word in asked if _is_name(word, written)]
        events = interpretation.terms - terms(" ".join(named))
        actors = _actors(interpretation.text.lower(), asked, named)
        if interpretation.meant:
            offices = terms(" ".join(item.office for item in interpretation.meant))
            named = [name for name in named if not terms(name) & offices]
            actors = names(" ".join(item.who for item in interpretation.meant))
            events -= offices
        return cls(frozenset(named), events, actors)

    def times_in(self, evidence: Evidence) -> list[TimeSpan]:
        """The times that the sentence tells of the topic; none where it is about another thing.

        A time belongs to the topic's word before it, or behind it where it opens the sentence,
        unless another clause begins between them.
        """
        if not self._is_told_by(evidence):
            return []
        anchors = [(span, self._anchor(evidence, span)) for span in evidence.spans]
        return [span for span, anchor in anchors if anchor and self._acts(evidence, anchor)]

    def times_beside(self, evidence: Evidence) -> list[TimeSpan]:
        """The times that belong to a word of the topic, whoever the sentence is about."""
        return [span for span in evidence.spans if self._anchor(evidence, span)]

    def at_its_times(self, evidence: Evidence) -> Evidence:
        """The evidence without the times that its words give to something else.

        To what may not come about: "If it launches on Monday, it will be back on Friday". To what
        the event followed or preceded: "since his re-election in March". To the same kind
        of event of others: "Lavrov arrived to prepare Putin's visit in May". To a thing told beside
        it: "It was founded in 1973 and opened in 1975".
        """
        kept = (span for span in evidence.spans if not self._is_of_others(evidence, span))
        return replace(evidence, spans=tuple(kept))

    def is_anothers(self, evidence: Evidence) -> bool:
        """Whether the sentence tells the event, and only of others who do it."""
        if not (self.events and self.actors):
            return False
        found, _ = self._marks(evidence.quote)
        return bool(found) and not any(self._acts(evidence, anchor) for anchor in found)

    def is_shared_by(self, one: str, other: str) -> bool:
        """Whether two sentences tell the topic in the same words."""
        shared = _stems(one) & _stems(other)
        if self.events:
            return bool(shared & self.events)
        named = terms(" ".join(names(f"{one} {other}") | numbers(f"{one} {other}")))
        fewer = min(len(_stems(one) - named), len(_stems(other) - named))
        return 0 < fewer <= _SHARED * len(shared - named)

    def has_happened(self, clause: str) -> bool:
        """Whether the clause tells the event itself by a verb of the past: "visited"."""
        told = (word for word in words(_TO_BE.sub(" ", clause)) if terms(word) & self.events)
        return any(Narrative(word).direction(len(word), len(word)) == "past" for word in told)

    def is_intended(self, before: str, after: str) -> bool:
        """Whether the word of the topic nearest to a time is an infinitive: "agreed to visit"."""
        behind = [match for match in WORD.finditer(before) if self._tells(match[0])]
        ahead = (match for match in WORD.finditer(after) if self._tells(match[0]))
        word = behind[-1] if behind else next(ahead, None)
        return word is not None and word.string[: word.start()].lower().endswith(" to ")

    def _is_told_by(self, evidence: Evidence) -> bool:
        """Whether the names are in the sentence or its context, and the event in the sentence."""
        quote = evidence.quote
        read = evidence.as_read if self.events else quote
        return not missing_from(read, self.names) and (
            len(self.events & terms(quote)) >= _MIN_COVERAGE * len(self.events)
        )

    def _is_of_others(self, evidence: Evidence, span: TimeSpan) -> bool:
        """Whether the time is that of another event, or of this one as others do it too."""
        if self._is_of_reference(evidence, span) or is_told_apart(self.events, evidence, span):
            return True
        if self._is_of_telling(evidence, span):
            return True
        anchor = self._anchor(evidence, span)
        if anchor is None or self._acts(evidence, anchor):
            return False
        quote = evidence.quote
        found, _ = self._marks(quote)
        told = terms(anchor.of(quote))
        return any(terms(it.of(quote)) == told and self._acts(evidence, it) for it in found)

    def _is_of_telling(self, evidence: Evidence, span: TimeSpan) -> bool:
        """Whether it is when somebody told it, which is not asked: "told CNN in October that"."""
        quote = evidence.quote
        before, behind = quote[: span.start - evidence.start], quote[span.end - evidence.start :]
        match = _TOLD.search(before)
        return bool(match and _THAT.match(behind) and not terms(match[1]) & self.events)

    def _is_of_reference(self, evidence: Evidence, span: TimeSpan) -> bool:
        """Whether it is the time of what came before or after the event, or of what may be."""
        before = evidence.quote[: span.start - evidence.start]
        if supposes(before):
            return True
        part = re.split("[,;]", before)[-1]
        bounds = [match.end() for match in _REFERENCE.finditer(part)]
        if not bounds:
            return False
        event = part[bounds[-1] :]
        since = span.start - len(event)
        if any(since <= other.start < span.start for other in evidence.spans):
            return False
        told = terms(event) - _PART_OF_TIME
        return bool(told) and not told & self.events

    def _anchor(self, evidence: Evidence, span: TimeSpan) -> Span | None:
        """The word of the topic that the time belongs to."""
        quote = evidence.quote
        start, end = span.start - evidence.start, span.end - evidence.start
        found, marks = self._marks(quote)
        before = [mark for mark in marks if mark.end <= start]
        if before:
            is_near = len(words(quote[before[-1].end : start])) <= _REACH
            return before[-1] if is_near and before[-1] in found else None
        after = [mark for mark in marks if mark.start >= end][:1]
        is_next = bool(after) and len(words(quote[end : after[0].start])) <= 1
        is_governed = is_next or _FRONTED.fullmatch(quote[:start])
        return after[0] if after and after[0] in found and is_governed else None

    def _marks(self, quote: str) -> tuple[list[Span], list[Span]]:
        """The words of the topic, and those among the ends of clauses, in order."""
        found = [Span(*match.span()) for match in WORD.finditer(quote) if self._tells(match[0])]
        ends = {one.end for one in found}
        breaks = [Span(at, at) for at in clause_breaks(quote) if at not in ends]
        return found, sorted([*found, *breaks], key=lambda mark: mark.end)

    def _acts(self, evidence: Evidence, anchor: Span) -> bool:
        """Whether it is done by whom the topic says, as far as the sentence and its title tell."""
        titled, _ = self._marks(evidence.article.title) if self.actors else ([], [])
        return Actors(self.names, self.actors).act(evidence, anchor, titled)

    def _tells(self, word: str) -> bool:
        if self.events:
            return bool(terms(word) & self.events)
        return word[0].isupper() and any(same_name(word.lower(), name) for name in self.names)


def _written(stems: frozenset[str], evidence: Iterable[Evidence]) -> Counter[str]:
    """For each stem, how much more often the sentences write it with a capital than without."""
    written: Counter[str] = Counter()
    for item in evidence:
        for word in words(item.quote)[1:]:
            for stem in terms(word) & stems:
                written[stem] += 1 if word[0].isupper() else -1
    return written


def _is_name(word: str, written: Counter[str]) -> bool:
    """As the articles have it; as typed where they do not have the word."""
    balance = sum(written[stem] for stem in terms(word))
    return balance > 0 or (balance == 0 and word[0].isupper())


def _actors(text: str, asked: Sequence[str], named: Sequence[str]) -> frozenset[str]:
    """The names before the event, or those behind "of" or "by", where others are named too."""
    lowered = [word.lower() for word in asked]
    event = next((place for place, word in enumerate(lowered) if word not in named), len(asked))
    before = lowered[:event]
    for preposition in ("of", "by"):
        if match := re.search(rf"\b{preposition}\s+([^\W\d_]+)", text):
            before = before or [word for word in words(match[1]) if word in named]
    return frozenset(before if set(named) - set(before) else ())

"""What a timeline is about, and which times of a sentence are the times of that."""

import re
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from rag.answering.clauses import clause_breaks, clause_start
from rag.answering.interpret import Interpretation
from rag.answering.terms import (
    ROLES,
    missing_from,
    missing_names,
    names,
    numbers,
    same_name,
    terms,
    words,
)
from rag.domain import Evidence, Meant, Span, TimeSpan
from rag.reading.narrative import Narrative

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
# Sentences are compared in pairs: the words of each are found once.
_stems = lru_cache(maxsize=4096)(terms)
_WORD = re.compile(r"[^\W\d_]+")
_CALENDAR = frozenset(word.lower() for word in (*day_name, *month_name) if word)
_CAPITALISED = rf"(?!(?i:{'|'.join(sorted(_CALENDAR))})\b)[A-Z][\w'’-]*"
_NAME = re.compile(rf"\b{_CAPITALISED}(?: {_CAPITALISED})*")
_A_ROLE = re.compile(rf"{ROLES}\b", re.IGNORECASE)
# Behind any of these nobody is named who does something: "to China", "at the invitation of Xi".
_PLACED = re.compile(
    r"\b(?:to|in|at|from|of|with|for|on|near|into|against|through|via)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "The visit of President of the Russian Federation Vladimir Putin": who acts may come behind.
_OF_WHOM = re.compile(r"\s+(?:of|by)((?:\s+[^\W\d_][\w'’-]*){1,10})")


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
        told = (word for word in words(clause) if terms(word) & self.events)
        return any(Narrative(word).direction(len(word), len(word)) == "past" for word in told)

    def is_intended(self, before: str, after: str) -> bool:
        """Whether the word of the topic nearest to a time is an infinitive: "agreed to visit"."""
        behind = [match for match in _WORD.finditer(before) if self._tells(match[0])]
        ahead = (match for match in _WORD.finditer(after) if self._tells(match[0]))
        word = behind[-1] if behind else next(ahead, None)
        return word is not None and word.string[: word.start()].lower().endswith(" to ")

    def _is_told_by(self, evidence: Evidence) -> bool:
        """Whether the names are in the sentence or its context, and the event in the sentence."""
        quote = evidence.quote
        read = evidence.as_read if self.events else quote
        return not missing_from(read, self.names) and (
            len(self.events & terms(quote)) >= _MIN_COVERAGE * len(self.events)
        )

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
        found = [Span(*match.span()) for match in _WORD.finditer(quote) if self._tells(match[0])]
        ends = {one.end for one in found}
        breaks = [Span(at, at) for at in clause_breaks(quote) if at not in ends]
        return found, sorted([*found, *breaks], key=lambda mark: mark.end)

    def _tells(self, word: str) -> bool:
        if self.events:
            return bool(terms(word) & self.events)
        return word[0].isupper() and any(same_name(word.lower(), name) for name in self.names)

    def _acts(self, evidence: Evidence, anchor: Span) -> bool:
        """Whether nobody is said to do it but who the topic says, or who stands in the context."""
        quote = evidence.quote
        behind = words(match[1]) if (match := _OF_WHOM.match(quote, anchor.end)) else []
        if any(self._is_actor(word) for word in behind):
            return True
        if self.actors and any(self._is_another(word) for word in behind):
            return False
        start = clause_start(quote, anchor.start)
        before = quote[start : anchor.start]
        if not opens_with_name(evidence):
            before = before[:1].lower() + before[1:]
        end = next((at for at in clause_breaks(quote) if at > anchor.end), len(quote))
        after = quote[anchor.end : end]
        if not self.actors:
            return self._is_nobody_elses([before, after], evidence.meant)
        acts = self._is_subject(before, evidence.meant)
        if acts is None and not self._is_between_them(after, evidence.meant):
            return self._acts_in(evidence.article.title)
        return acts is not False

    def _is_nobody_elses(self, parts: Sequence[str], meant: Sequence[Meant]) -> bool:
        """Whether the first of these parts that names anybody names one of the topic."""
        named = (list(_persons(part, meant)) for part in parts)
        first = next(filter(None, named), [])
        return not first or any(not self._is_another(word) for who in first for word in who)

    def _is_between_them(self, clause: str, meant: Sequence[Meant]) -> bool:
        """Whether an actor is named behind the event, and all others of the topic: "with Putin"."""
        named = [word for who in _persons(clause, meant) for word in who]
        others = missing_names(self.names - self.actors, [word.lower() for word in named])
        return not others and any(map(self._is_actor, named))

    def _acts_in(self, title: str) -> bool:
        """Whether a title has nobody else do it: "Putin to visit China" is of no visit of Xi's."""
        found, _ = self._marks(title)
        return all(self._is_subject(title[: anchor.start], ()) is not False for anchor in found)

    def _is_subject(self, clause: str, meant: Sequence[Meant]) -> bool | None:
        """Whether the last person whom the clause names, or means by an office, is the actor.

        Nobody knows where there is none.
        """
        for who in reversed(list(_persons(clause, meant, acting=True))):
            if any(map(self._is_actor, who)):
                return True
            if any(map(self._is_another, who)):
                return False
        return None

    def _is_another(self, word: str) -> bool:
        """Whether it is somebody's name, and none of the topic's."""
        ours = self.names | self.actors
        return _is_person(word) and bool(missing_names([word.lower()], ours))

    def _is_actor(self, word: str) -> bool:
        return word[0].isupper() and any(same_name(word.lower(), name) for name in self.actors)


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


def _is_person(word: str) -> bool:
    """Whether the word could be somebody's name or country."""
    is_content = word[0].isupper() and bool(terms(word))
    return is_content and word.lower() not in _CALENDAR and not _A_ROLE.fullmatch(word)


def _persons(text: str, meant: Sequence[Meant], *, acting: bool = False) -> Iterator[list[str]]:
    """The names in it, each in its words; the whole name of whom it means by an office.

    ``acting``: without those behind a preposition.
    """
    position = 0
    for match in _NAME.finditer(text):
        start = match.start()
        if start < position:
            continue
        office = next((it for it in meant if text.startswith(it.office, start)), None)
        position = start + len(office.office) if office else match.end()
        who = office.who if office else match[0]
        named = [word for word in words(who) if _is_person(word)]
        if named and not (acting and _PLACED.search(text[:start])):
            yield named


def opens_with_name(evidence: Evidence) -> bool:
    """Whether the first word is written with a capital letter elsewhere in the article too."""
    first = _WORD.search(evidence.quote)
    text = evidence.article.text
    return bool(first and re.search(rf"[\w,] {re.escape(first[0])}\b", text))

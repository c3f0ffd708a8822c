"""A claim laid beside its references: which sentences hold it, and what they lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.answering.grounding.texts import Sentence, Text, forms

# What another form of a word ("economy" for "economic") counts beside the word itself.
_FORM = 0.8
# The most sentences read together, and what each costs beyond the first.
_WINDOW = 3
_WINDOW_COST = 0.02
# Sentences that are compared with the claim word by word.
_ALIGNED = 3
# The terms a claim needs for its words alone to prove it.
_SHORTEST = 2


@dataclass(frozen=True)
class Match:
    """A claim beside the sentences of its references."""

    claim: Text
    sentences: Sequence[Sentence]

    @cached_property
    def window(self) -> Sequence[Sentence]:
        """The one to three neighbouring sentences that hold most of the claim."""
        start, size, most = 0, 0, 0.0
        for first, count in self._windows():
            held = self._held(range(first, first + count)) - _WINDOW_COST * (count - 1)
            if held > most:
                start, size, most = first, count, held
        return self.sentences[start : start + size]

    @cached_property
    def nearest(self) -> Sentence | None:
        """The sentence that holds most of the claim, one of the best window if there is one."""
        wanted = self.claim.term_set
        candidates = self.window or self.sentences
        return max(candidates, key=lambda sentence: len(wanted & sentence.term_set), default=None)

    @cached_property
    def aligned(self) -> Sequence[Sentence]:
        """The sentences that hold most of the claim, each for itself, best first."""
        order = sorted(self._rows, key=lambda place: -self._held((place,)))
        return [self.sentences[place] for place in order[:_ALIGNED]]

    @cached_property
    def related(self) -> Sequence[Sentence]:
        """The sentences that hold anything of the claim."""
        return [self.sentences[place] for place in self._rows]

    @cached_property
    def read_window(self) -> frozenset[str]:
        """Every term of the best window."""
        return frozenset().union(*(sentence.term_set for sentence in self.window))

    @cached_property
    def in_window(self) -> list[float]:
        """For each term of the claim, how well the best window holds it: 0, 0.8 or 1."""
        return [self._strength(term, self.read_window) for term in self.claim.terms]

    @cached_property
    def in_all(self) -> list[float]:
        """The same of all references."""
        return [self._strength(term, self._read) for term in self.claim.terms]

    @cached_property
    def missing_names(self) -> frozenset[str]:
        """The claim's names of which the references have no form."""
        wanted = self.claim.names
        present = frozenset().union(*(one.lowered for one in self.sentences)) if wanted else wanted
        return frozenset(name for name in wanted if not forms(name, present))

    @cached_property
    def missing_numbers(self) -> frozenset[str]:
        """The claim's numbers that no reference has."""
        return _lacking(self.claim, self.sentences)

    @cached_property
    def numbers_not_near(self) -> frozenset[str]:
        """The claim's numbers that the best window lacks."""
        return _lacking(self.claim, self.window)

    @cached_property
    def missing(self) -> list[str]:
        """The claim's words that no reference has, as written."""
        terms = self.claim.terms
        lost = {term for term, held in zip(terms, self.in_all, strict=True) if not held}
        return self.claim.words_of(lost)

    @cached_property
    def held_by_nearest(self) -> int:
        """How many of the claim's different terms the nearest sentence holds."""
        said = self.nearest.term_set if self.nearest else frozenset[str]()
        return sum(not found.isdisjoint(said) for found in self._forms.values())

    @cached_property
    def verbatim(self) -> bool:
        """Whether the claim stands word for word in the nearest sentence."""
        if self.nearest is None or len(self.claim.term_set) < _SHORTEST:
            return False
        return f" {self.claim.as_line} " in f" {self.nearest.as_line} "

    def forms_of(self, term: str) -> frozenset[str]:
        """The references' terms that are this term of the claim or a form of it."""
        return self._forms[term]

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset().union(*(sentence.term_set for sentence in self.sentences))

    @cached_property
    def _forms(self) -> dict[str, frozenset[str]]:
        return {term: forms(term, self._read) for term in self.claim.term_set}

    def _strength(self, term: str, present: frozenset[str]) -> float:
        if term in present:
            return 1.0
        return 0.0 if self._forms[term].isdisjoint(present) else _FORM

    @cached_property
    def _rows(self) -> dict[int, list[float]]:
        """How well each sentence that holds anything of the claim holds each of its terms."""
        wanted = frozenset().union(*self._forms.values())
        return {
            place: [self._strength(term, sentence.term_set) for term in self.claim.terms]
            for place, sentence in enumerate(self.sentences)
            if not wanted.isdisjoint(sentence.term_set)
        }

    def _held(self, places: Iterable[int]) -> float:
        rows = [self._rows[place] for place in places if place in self._rows]
        best = rows[0] if len(rows) == 1 else [max(column) for column in zip(*rows, strict=True)]
        return sum(best) / len(best)

    def _windows(self) -> Iterable[tuple[int, int]]:
        """Where each window starts and how long it is; its ends hold something of the claim."""
        for size in range(1, _WINDOW + 1):
            for first in self._rows:
                last = first + size - 1
                if last in self._rows and self._same_reference(first, last):
                    yield first, size

    def _same_reference(self, first: int, last: int) -> bool:
        return self.sentences[first].reference == self.sentences[last].reference


def _lacking(claim: Text, sentences: Iterable[Sentence]) -> frozenset[str]:
    if not claim.numbers:
        return claim.numbers
    return claim.numbers.difference(*(sentence.all_numbers for sentence in sentences))

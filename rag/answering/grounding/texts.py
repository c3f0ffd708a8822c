"""A claim and its references as words: what the signals are computed from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rag.answering.language.terms import names, same_name, terms, words
from rag.domain import Span
from rag.reading.numerals import number_of
from rag.reading.sentences import sentence_spans

# Not words of a text: citation numbers, addresses, the labels retrieval programs write, markup,
# halves of surrogate pairs.
_FURNITURE = re.compile(
    r"\[\d+\]|https?://\S+|^(?:title|section|text):|[*#|_]{2,}|[\ud800-\udfff]", re.I | re.M
)
# The number or bullet of a list's item at the claim's start, and the next item's at its end.
_LIST_MARK = re.compile(r"^\s*(?:\d{1,2}[.)]|[•*-])\s+|\n\s*\d{1,2}[.)]?\s*$")
# Words in capitals that name nobody: those that stand in a quoted title, or open a sentence with
# no other such word behind.
_NO_NAME = re.compile(
    r"(?<!\w)['‘\"“](?=\w).{2,80}?['’\"”](?!\w)|(?:^|[.:;!?]\s)\s*[^\W\d_]++(?!\s+[A-Z])", re.S
)
# What is longer than a sentence can be (a table, a page without punctuation) is read in pieces.
_LONGEST = 600
_PIECE = re.compile(rf"\S.{{0,{_LONGEST - 1}}}(?=\s|$)|\S{{1,{_LONGEST}}}", re.S)
# A claim is a sentence or a few: what follows is not read.
_MOST_CLAIM = 2_000
# References are read up to this many characters in all, so that time is bounded.
_MOST_REFERENCE = 1_000_000

_NUMBER = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)*)(?:\s*(hundred|thousand|million|billion|trillion|bn|[km])\b)?",
    re.I,
)
_TIMES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_NUMBER_WORD = re.compile(
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    re.I,
)
# Words alike in their first letters are compared as forms of one.
_STEM_BUCKET = 4


@dataclass(frozen=True)
class Text:
    """A stretch of words; what is asked of it is worked out once."""

    written: str

    @cached_property
    def tokens(self) -> list[str]:
        """Every word: its stem, or itself where it carries no meaning."""
        return [_token(word) for word in self._words]

    @cached_property
    def terms(self) -> list[str]:
        """The stems of the words that carry meaning, in order."""
        return [stem for word in self._words if (stem := _term(word))]

    @cached_property
    def term_set(self) -> frozenset[str]:
        """The same without order."""
        return frozenset(self.terms)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers written in digits: "1.5 million" is 1500000."""
        return frozenset(_value(*match.groups()) for match in _NUMBER.finditer(self.written))

    @cached_property
    def all_numbers(self) -> frozenset[str]:
        """The numbers in digits or in words, and the parts of "27-17" and "1980s"."""
        parts = (part.lstrip("0") or "0" for part in re.findall(r"\d+", self.written))
        return self.numbers | frozenset(parts) | self.spelled

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The numbers in words, in digits: "twelve" is 12."""
        return frozenset(str(number_of(word)) for word in _NUMBER_WORD.findall(self.written))

    @cached_property
    def names(self) -> frozenset[str]:
        """The capitalised words, lower case, but those that open sentences or stand in quotes."""
        return names(_NO_NAME.sub(" . ", self.written))

    @cached_property
    def lowered(self) -> frozenset[str]:
        """Every word as written, lower case."""
        return frozenset(word.lower() for word in self._words)

    @cached_property
    def length(self) -> int:
        """How many words there are."""
        return len(self._words)

    @cached_property
    def as_line(self) -> str:
        """The words alone, lower case."""
        return " ".join(self._words).lower()

    def as_written(self, lowered: str) -> str:
        """The word as the text first writes it."""
        return next((word for word in self._words if word.lower() == lowered), lowered)

    def words_of(self, wanted: Iterable[str]) -> list[str]:
        """The words that stand for these terms, in order, each once."""
        found = (word for word in self._words if _term(word) in wanted)
        return list(dict.fromkeys(found))

    @cached_property
    def _words(self) -> list[str]:
        return words(self.written)


@dataclass(frozen=True)
class Sentence(Text):
    """A sentence of a reference and where it stands there."""

    reference: int
    span: Span


def read_claim(claim: str) -> Text:
    """The claim without citation numbers and markup."""
    return Text(_LIST_MARK.sub(" ", _FURNITURE.sub(" ", claim[:_MOST_CLAIM])))


def read_references(references: Sequence[str]) -> list[Sentence]:
    """The sentences of all references in order."""
    return list(_sentences(references))


def forms(term: str, present: frozenset[str]) -> frozenset[str]:
    """The present terms that are the wanted one or a form of it ("china", "chines")."""
    if term in present:
        return frozenset((term,))
    if len(term) < _STEM_BUCKET or not term.isalpha():
        return frozenset()
    opening = term[:_STEM_BUCKET]
    alike = (other for other in present if other.startswith(opening))
    return frozenset(other for other in alike if same_name(term, other))


def _sentences(references: Sequence[str]) -> Iterator[Sentence]:
    left = _MOST_REFERENCE
    for number, reference in enumerate(references):
        text = _FURNITURE.sub(_blank, reference[:left])
        left -= len(text)
        for span in sentence_spans(text):
            for piece in _pieces(text, span):
                yield Sentence(piece.of(text), number, piece)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _pieces(text: str, span: Span) -> Iterator[Span]:
    if span.end - span.start <= _LONGEST:
        yield span
        return
    for match in _PIECE.finditer(text, span.start, span.end):
        yield Span(match.start(), match.end())


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    return next(iter(terms(word)), "")


@lru_cache(maxsize=1 << 16)
def _token(word: str) -> str:
    return _term(word) or word.lower()


def _value(digits: str, unit: str | None) -> str:
    plain = digits.replace(",", "")
    if plain.count(".") > 1:  # "1.2.3": a version, a date
        return plain
    return f"{float(plain) * _TIMES.get((unit or '').lower(), 1):.12g}"

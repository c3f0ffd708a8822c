"""The words of a question as the articles write them: capitals left out, letters that slipped."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property

from rag.answering.evidence.sentences import by_article
from rag.answering.language.terms import ROLES, names, terms
from rag.domain import Evidence, Question

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A word that may be a name: "the council" and a president are none, however news writes them.
_NAMED = re.compile(
    rf"(?<!\bthe )(?<!\ba )(?<!\ban )\b(?!{ROLES}s?\b){_WORD.pattern}", re.IGNORECASE
)
# A word that opens no sentence, so that a capital tells a name.
_WITHIN = re.compile(rf"(?<=[\w,] ){_WORD.pattern}")
# A word that does.
_OPENING = re.compile(rf"(?:^|(?<=[.!?] )){_WORD.pattern}")
_ASKING = ("when", "where", "what", "which", "who", "whom", "whose", "why", "how", "will", "does")
# Ordinary words of questions that no article need have.
_ORDINARY = frozenset(
    """
    actually again ago already always anybody anyone anything become currently ever exactly
    everybody everyone everything explain finally find get getting gets go going got
    hello hi know known let like lot mean means need often old possible probably really
    right show somebody someone something soon still summarize summary sure talk thank
    thanks thing things think today tomorrow true usually want wants yesterday yet
    """.split()  # noqa: SIM905 - a wall of quotes would be harder to read
)
# How much alike two words are: twice the letters in common over those of both (``difflib``).
# One letter makes that difference in a word of five, and in one of three where it is left out.
_ALIKE, _ALIKE_IF_SHORT = 0.8, 0.85
_SHORTEST = 4
# Of a long article so many characters are read: enough to see how it writes its names.
_READ = 20_000


class Spelling:
    """How the articles that a question found write their words.

    ``is_word`` says whether something is a word of the language at all; where it is, it is not
    read as another one.
    """

    def __init__(self, evidence: Sequence[Evidence], is_word: Callable[[str], bool]) -> None:
        articles = [group[0].article for group in by_article(evidence)]
        self._texts = [article.headed_text[:_READ] for article in articles]
        self._is_word = is_word

    def applied(self, question: Question) -> Question:
        """The question, and those before it, as the articles would write them."""
        history = tuple(replace(it, question=self.written(it.question)) for it in question.history)
        return replace(question, text=self.written(question.text), history=history)

    def written(self, text: str) -> str:
        """The text with its slips mended and, where it is all in small letters, names in capitals.

        What no article has may then be a name as well. Where it is not, the word that opens a
        sentence loses its capital if the articles write it small: "Dozens of people".
        """
        mended = _WORD.sub(self._mended, text)
        if any(word[0].isupper() for word in _WORD.findall(text)[1:]):
            return _OPENING.sub(self._without_capital, mended)
        named = _NAMED.sub(lambda match: self._with_capital(match[0]), mended)
        return named if named == mended else _WORD.sub(self._as_name, named)

    def _mended(self, match: re.Match[str]) -> str:
        """The word as it was meant, if the articles do not have it as it is written."""
        word = match[0]
        if self._has(word):
            return word
        may_ask = word.islower() or match.start() == 0
        if may_ask and (asking := get_close_matches(word.lower(), _ASKING, 1, _ALIKE_IF_SHORT)):
            return asking[0]
        if len(word) < _SHORTEST or self._is_word(word.lower()):
            return word
        begun_alike = [other for other in self._words if other[0] == word[0].lower()]
        meant = get_close_matches(word.lower(), sorted(begun_alike), 1, _ALIKE)
        if not meant:
            return word
        return _capitalised(meant[0]) if word[0].isupper() else self._with_capital(meant[0])

    def _with_capital(self, word: str) -> str:
        stems = terms(word)
        is_name = bool(stems & self._large) and not stems & self._small
        return _capitalised(word) if is_name else word

    def _without_capital(self, match: re.Match[str]) -> str:
        stems = terms(match[0])
        is_small = bool(stems & self._small) and not stems & self._large
        return match[0].lower() if is_small else match[0]

    def _as_name(self, match: re.Match[str]) -> str:
        is_known = self._has(match[0]) or match[0] in _ORDINARY
        return match[0] if is_known else _capitalised(match[0])

    def _has(self, word: str) -> bool:
        """Whether the articles have the word, or it is one that says nothing by itself."""
        stems = terms(word)
        return not stems or not stems.isdisjoint(self._stems)

    @cached_property
    def _written(self) -> frozenset[str]:
        return frozenset(word for text in self._texts for word in _WORD.findall(text))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self._written)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return _terms_of(self._written)

    @cached_property
    def _small(self) -> frozenset[str]:
        """The stems written in small letters."""
        return _terms_of(word for word in self._written if word[0].islower())

    @cached_property
    def _large(self) -> frozenset[str]:
        """The stems written with a capital within a sentence."""
        within = {word for text in self._texts for word in _WITHIN.findall(text)}
        return _terms_of(names(" ".join(within)))


def _capitalised(word: str) -> str:
    return word[0].upper() + word[1:]


def _terms_of(words: Iterable[str]) -> frozenset[str]:
    return terms(" ".join(words))

"""Whom a sentence means by an office: "Moscow's top diplomat" is who its article says that is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.answering.evidence.about import is_named
from rag.answering.language.terms import is_prose
from rag.answering.language.titles import Office, offices_in
from rag.domain import Article, Meant
from rag.reading.sentences import sentence_spans

# Of a long article so many characters are read: enough to have met whom it tells of.
_READ = 20_000
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True)
class Holders:
    """Who holds which office, as these articles tell it: nobody where they tell it of several."""

    articles: Sequence[Article]

    def asked_about(self, question: str) -> tuple[Meant, ...]:
        """Whom a question means by an office and does not name."""
        return tuple(item for item in self.meant_in(question) if not is_named(item.who, question))

    def meant_in(self, sentence: str) -> tuple[Meant, ...]:
        """Whom it means by the offices in it; of another year than the articles are nobody."""
        newest = max((_year(article) for article in self.articles), default="")
        if not _tells_of(newest, sentence):
            return ()
        found = (
            Meant(office.told, who)
            for office in offices_in(sentence)
            if office.is_whole and office.is_held and not office.who
            if (who := self._holder(office))
        )
        return tuple(found)

    def _holder(self, office: Office) -> str | None:
        """Who holds it; a leader may be told by the office of whom news calls so."""
        if not office.of:
            return None
        names = [office.name, office.of.leader] if office.name == "leader" else [office.name]
        told = (
            [it for it in self._held if it.of == office.of and it.name == name] for name in names
        )
        return _the_one(next(filter(None, told), []))

    @cached_property
    def _held(self) -> list[Office]:
        return [held for article in self.articles for held in _held_in(article)]


def _held_in(article: Article) -> Iterator[Office]:
    """The offices that it tells somebody to hold who is named."""
    text = article.text[:_READ]
    for span in sentence_spans(text):
        sentence = span.of(text)
        held = [it for it in offices_in(sentence) if it.is_held and it.who]
        if held and is_prose(sentence) and _tells_of(_year(article), sentence):
            yield from held


def _year(article: Article) -> str:
    return str(article.published.day.year) if article.published.day else ""


def _tells_of(year: str, text: str) -> bool:
    """Whether it names no other year."""
    return all(named == year for named in _YEAR.findall(text))


def _the_one(held: Sequence[Office]) -> str | None:
    """The whole name of the one that all of these name, if it is one."""
    named = [it.who for it in held if it.who]
    whole = next((it.who for it in held if it.is_whole and it.who and " " in it.who), None)
    is_one = whole and all(_is_part(who, whole) or _is_part(whole, who) for who in named)
    return whole if is_one else None


def _is_part(one: str, other: str) -> bool:
    return set(one.split()) <= set(other.split())

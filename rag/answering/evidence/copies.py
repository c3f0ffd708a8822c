"""One source each: articles that are copies of one another count once, the first published.

A signature finds what is nearly the same text; code then decides whether the later one only
repeats the earlier. What it says beyond that must not be lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.answering.language.terms import names, numbers, terms, words
from rag.domain import Article, Published
from rag.index.signatures import Signatures
from rag.index.store import Index

# Measured on rtqa2022 (decision 10): true copies lie at 0.86 and above, and at 0.75 begin new
# editions of one story, which tell what has changed.
_SAME_TEXT = 0.8
# A story is reprinted within days. What comes later in nearly the same words is a new edition:
# three weeks after "now she's set for" office the text was printed again as "new prime minister".
_REPRINTED = timedelta(days=7)
# A page that was saved without its article, only its notices, is the same under every headline.
# There a text has at most 0.33 of the words of its headline, in real copies 0.75 and more.
_OF_HEADLINE = 0.5
# "BEIJING, May 15 (Reuters) - " opens a text, a line that credits others closes it.
_DATELINE = re.compile(r".{0,80}?\s[-–—]+\s", re.DOTALL)
_CREDIT = 24


@dataclass(frozen=True, slots=True)
class Source:
    """The article that stands for its copies.

    ``best`` is the one of them that matched best, itself or a copy; ``copies`` are the ids of
    the others by date.
    """

    article: Article
    best: str
    copies: tuple[str, ...]


def sources(index: Index, ranked: Sequence[str]) -> Iterator[Source]:
    """The articles of these ids in their order, each with its copies among those behind it."""
    signatures = Signatures.of(index.catalog.signatures(ranked))
    left = set(ranked)
    for name in ranked:
        if name in left:
            best = index.article(name)
            similar = left.intersection(signatures.similar_to(name, _SAME_TEXT))
            copies = [it for it in map(index.article, similar) if are_copies(best, it)]
            first, *others = sorted([best, *copies], key=_order)
            left.difference_update(it.id for it in [best, *copies])
            yield Source(first, name, tuple(it.id for it in others))


def are_copies(one: Article, other: Article) -> bool:
    """Whether of two texts that are nearly the same the later one only repeats the earlier."""
    first, later = sorted([one, other], key=_order)
    return (
        _are_near(first.published, later.published)
        and not _figures(later) - numbers(first.headed_text)
        and not _names(later) - {word.lower() for word in words(first.headed_text)}
        and _is_headed(first, later.text)
        and _is_headed(later, first.text)
    )


def _order(article: Article) -> tuple[date, int, str]:
    """The first published before the others, the longest of a day, the undated last."""
    return article.published.day or date.max, -len(article.text), article.id


def _are_near(first: Published, later: Published) -> bool:
    if first.day is None or later.day is None:
        return True
    return later.day - first.day <= _REPRINTED


def _figures(article: Article) -> frozenset[str]:
    """The numbers it tells, without those of its own date."""
    day = article.published.day
    own = numbers(f"{day:%d %m %Y} {day.day} {day.month}") if day else frozenset()
    return numbers(f"{article.title}\n{_story(article)}") - own


def _names(article: Article) -> frozenset[str]:
    """The names it tells, without those that only say who tells it and from where."""
    return names(" ".join(_story(article).split()[:-_CREDIT]))


def _story(article: Article) -> str:
    """The text without its dateline."""
    dateline = _DATELINE.match(article.text)
    return article.text[dateline.end() :] if dateline else article.text


def _is_headed(article: Article, text: str) -> bool:
    """Whether the text is about what the headline says."""
    wanted = terms(article.title)
    return len(wanted & terms(text)) >= _OF_HEADLINE * len(wanted)

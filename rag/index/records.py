"""The catalog's rows as objects: the files, the articles without their text, the counts."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.domain import Article, Published


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that articles were read from, under the path the user named (``root``).

    ``digest`` is the SHA-256 of its bytes (with those of its sidecar, where it has one), or empty
    where it is to be read again.
    """

    path: Path
    root: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Headline:
    """An article without its text."""

    id: str
    title: str
    published: Published


@dataclass(frozen=True, slots=True)
class Contents:
    """How much is in the catalog."""

    files: int
    articles: int
    passages: int


PUBLISHED_COLUMNS = "day, basis, earliest, latest"
ARTICLE_COLUMNS = f"id, title, text, source, url, {PUBLISHED_COLUMNS}"


def digest_of(article: Article) -> str:
    """The SHA-256 of everything an article says, in hexadecimal."""
    return digest_of_words(asdict(article))


def digest_of_words(value: Any) -> str:
    """The SHA-256 of a value of strings, numbers, days and what holds them."""
    words = json.dumps(value, ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def article_values(article: Article) -> list[Any]:
    """The article as a row of ``ARTICLE_COLUMNS``."""
    published = article.published
    days = [_words(day) for day in (published.earliest, published.latest)]
    head = [article.id, article.title, article.text, article.source, article.url]
    return [*head, _words(published.day), published.basis, *days]


def article_of(row: Sequence[Any]) -> Article:
    """The article that a row of ``ARTICLE_COLUMNS`` holds."""
    name, title, text, source, url, *published = row
    return Article(name, title, text, published_of(published), source, url)


def published_of(row: Sequence[Any]) -> Published:
    """The publication date that a row of ``PUBLISHED_COLUMNS`` holds."""
    day, basis, earliest, latest = row
    return Published(day_of(day), basis, day_of(earliest), day_of(latest))


def day_of(words: str | None) -> date | None:
    """The day a column holds."""
    return date.fromisoformat(words) if words else None


def _words(day: date | None) -> str | None:
    return day.isoformat() if day else None

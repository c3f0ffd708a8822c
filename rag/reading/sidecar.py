"""What the user knows better than an article's file says: a small TOML file beside it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

from rag.errors import ReadingError
from rag.reading.characters import decoded
from rag.reading.contents import Contents
from rag.reading.dating import parse_day

ENDING = ".meta.toml"
_WORDS = ("title", "source", "url")
_KEYS = ("published", *_WORDS)


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of an article's file is, if it has one: ``a.txt.meta.toml``."""
    return path.with_name(path.name + ENDING)


def article_of(sidecar: Path) -> Path:
    """Where the file is that a sidecar speaks of, if it is there."""
    return sidecar.with_name(sidecar.name.removesuffix(ENDING))


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What it states; ``None`` is what it leaves to the article's own file."""

    published: date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None

    @classmethod
    def of(cls, data: bytes, where: str) -> Self:
        """What these bytes state. Raises ``ReadingError`` where they are no sidecar."""
        fields = _fields(data, where)
        return cls(_day(fields, where), *(_words(fields, name, where) for name in _WORDS))

    def corrected(self, contents: Contents) -> Contents:
        """The contents of the article's file with what is stated here in place of theirs."""
        return replace(
            contents,
            decided=self.published,
            title=self.title or contents.title,
            source=self.source or contents.source,
            url=self.url or contents.url,
        )


def _fields(data: bytes, where: str) -> Mapping[str, object]:
    try:
        fields = tomllib.loads(decoded(data, where))
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"{where}: not valid TOML ({error}). Correct it.") from error
    if unknown := sorted(fields.keys() - set(_KEYS)):
        raise ReadingError(f"{where}: '{unknown[0]}' is none of its keys: {', '.join(_KEYS)}.")
    return fields


def _day(fields: Mapping[str, object], where: str) -> date | None:
    if "published" not in fields:
        return None
    if day := parse_day(fields["published"]):
        return day
    raise ReadingError(f"{where}: 'published' names no day. Write: published = 2025-03-28")


def _words(fields: Mapping[str, object], name: str, where: str) -> str | None:
    words = fields.get(name)
    if words is None or (isinstance(words, str) and words.strip()):
        return words
    raise ReadingError(f"{where}: '{name}' is no text. Write it in quotes, or leave it out.")

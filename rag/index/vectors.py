"""The seam between the program and any store of vectors, and the one that lives in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.domain import Article, Passage, Published

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; a higher score is better, comparable within one search only."""

    passage: str
    score: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with the article it is of: what is stored beside a vector."""

    article: Article
    passage: Passage


class Vectors(Protocol):
    """Vectors of passages by passage id, searched as of a day.

    Every method raises ``StoreError`` and nothing else.
    """

    def add(self, entries: Sequence[Entry], vectors: Matrix) -> None:
        """Stores one unit vector an entry, replacing those of the same passage id."""

    def remove(self, ids: Iterable[str]) -> None:
        """Forgets these passages; ids that are not stored are passed over."""

    def ids(self) -> set[str]:
        """The passages that have a vector."""

    def search(self, vector: Matrix, limit: int, as_of: date) -> list[Hit]:
        """Passages of articles that existed on ``as_of``, best cosine first."""

    def close(self) -> None:
        """Lets go of what is held open; the vectors can not be used afterwards."""


def visible_from(published: Published) -> int:
    """The first day an article may be used, as yyyymmdd; 0 where it may be used on every day.

    The one place where ``Published.exists_on`` becomes a number that a store can compare:
    ``exists_on(day)`` is ``visible_from(published) <= as_number(day)``.
    """
    day = published.visible_from
    return as_number(day) if day else 0


def as_number(day: date) -> int:
    """The day as yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


@dataclass
class MemoryVectors:
    """Vectors for as long as the process lives: an exact search over a few passages."""

    _rows: dict[str, tuple[int, Matrix]] = field(default_factory=dict)

    def add(self, entries: Sequence[Entry], vectors: Matrix) -> None:
        """Stores one unit vector an entry."""
        for entry, vector in zip(entries, vectors, strict=True):
            self._rows[entry.passage.id] = (visible_from(entry.article.published), vector)

    def remove(self, ids: Iterable[str]) -> None:
        """Forgets these passages."""
        for passage in ids:
            self._rows.pop(passage, None)

    def ids(self) -> set[str]:
        """The passages that have a vector."""
        return set(self._rows)

    def search(self, vector: Matrix, limit: int, as_of: date) -> list[Hit]:
        """Passages of articles that existed on ``as_of``, best cosine first; exact."""
        today = as_number(as_of)
        hits = [
            Hit(passage, float(row @ vector))
            for passage, (day, row) in self._rows.items()
            if day <= today
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]

    def close(self) -> None:
        """Forgets everything."""
        self._rows.clear()

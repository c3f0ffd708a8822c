"""What an ingest needs from outside: how to read files, how to embed, whom to tell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, Self

from rag.domain import Article, Passage, Published
from rag.errors import ReadingError
from rag.index.embedder import Embedder
from rag.index.vectors import Entry, Matrix


class ReadFile(Protocol):
    """The articles of one file, and what is wrong with the parts of it that are none."""

    @property
    def articles(self) -> Sequence[Article]:
        """What was read."""

    @property
    def problems(self) -> Sequence[ReadingError]:
        """What was not, and why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files become dated articles and passages: the functions of ``rag.reading``.

    ``split_passages(article, count_tokens, size)`` gives the passages that get a vector, each
    with an id that is a digest of all that is stored with it: the article's id, title and date,
    and the text and its place.
    """

    find_files: Callable[[Path], Iterable[Path]]
    find_sidecars: Callable[[Path], Iterable[Path]]
    read_articles: Callable[[Path, Path], ReadFile]
    infer_published: Callable[[str, Sequence[date]], Published]
    split_passages: Callable[[Article, Callable[[str], int], int], Sequence[Passage]]
    embedding_text: Callable[[str, str, int], str]

    @classmethod
    def of_files(cls) -> Self:
        """The real ones."""
        from rag.reading import formats, inference, passages

        return cls(
            formats.find_files,
            formats.find_sidecars,
            formats.read_articles,
            inference.infer_published,
            passages.lead_passages,
            passages.embedding_text,
        )


def _untold(_label: str, _done: int, _total: int) -> None:
    """Progress nobody watches."""


def _unheard(_message: str) -> None:
    """A notice nobody reads."""


@dataclass(frozen=True, slots=True)
class Ingestion:
    """Everything an ingest works with.

    ``progress(label, done, total)`` is told how far it is, ``notice(message)`` that another
    ingest is waited for, which takes at most ``patience`` seconds.
    """

    reading: Reading
    embedder: Embedder
    progress: Callable[[str, int, int], None] = _untold
    notice: Callable[[str], None] = _unheard
    patience: float = 60.0

    def split(self, article: Article) -> Sequence[Passage]:
        """The article's passages that get a vector, each short enough to be embedded whole."""
        embedder = self.embedder
        return self.reading.split_passages(article, embedder.count_tokens, embedder.max_tokens)

    def embed(self, entries: Sequence[Entry]) -> Matrix:
        """The vectors of these passages, each read under the title of its article."""
        size = self.embedder.max_tokens
        texts = [
            self.reading.embedding_text(entry.article.title, entry.passage.text, size)
            for entry in entries
        ]
        return self.embedder.embed(texts)

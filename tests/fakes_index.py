"""An embedder without weights and a reader without formats, for tests of the index."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar

import numpy as np

from rag.domain import Article, Passage, Published
from rag.errors import ReadingError, UsageError
from rag.index.ingestion import Ingestion, Reading
from rag.index.vectors import Entry, Matrix, MemoryVectors

DIMENSIONS = 384


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@dataclass
class FakeEmbedder:
    """Texts that share words are near: each word adds to one of 384 dimensions."""

    fingerprint: str = "fake"
    max_tokens: int = 256
    texts: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.texts.extend(texts)
        rows = [self.vector(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, 0), dtype=np.float32)

    def count_tokens(self, text: str) -> int:
        return len(words_of(text))

    @staticmethod
    def vector(text: str) -> Matrix:
        vector = np.zeros(DIMENSIONS, dtype=np.float32)
        for word in words_of(text) or [""]:
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@dataclass(frozen=True)
class FakeFile:
    articles: tuple[Article, ...]
    problems: tuple[ReadingError, ...] = ()


def article(
    name: str, text: str, day: date | None = None, published: Published | None = None
) -> Article:
    """An article whose title is its name."""
    stated = Published.on(day, "stated") if day else Published.unknown()
    return Article(name, f"Title of {name}", text, published or stated)


def passages(item: Article) -> list[Passage]:
    """One passage a paragraph, its id a digest of everything stored with it."""
    spans = [match.span() for match in re.finditer(r"[^\n]+", item.text)]
    return [
        Passage(
            hashlib.sha256(repr((item, start)).encode()).hexdigest()[:32],
            item.id,
            start,
            end,
            item.text[start:end],
        )
        for start, end in spans
    ]


def entries(*articles: Article) -> list[Entry]:
    return [Entry(item, passage) for item in articles for passage in passages(item)]


def vectors_of(stored: Sequence[Entry]) -> Matrix:
    return np.stack([FakeEmbedder.vector(entry.passage.text) for entry in stored])


@dataclass
class FakeReader:
    """Reads ``.txt`` (one article) and ``.jsonl`` (one a line), and says what it read.

    A text is its words, after ``YYYY-MM-DD `` where it is dated. ``BROKEN`` is unreadable, as a
    file and as a line.
    """

    read: list[str] = field(default_factory=list)

    def find_files(self, path: Path) -> list[Path]:
        if not path.exists():
            raise UsageError(f"{path}: cannot be found. Check the path.")
        return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]

    def read_articles(self, path: Path, root: Path) -> FakeFile:
        self.read.append(path.name)
        content = path.read_text()
        if content == "BROKEN":
            raise ReadingError(f"{path}: broken. Mend it.")
        if path.suffix != ".jsonl":
            return FakeFile((self._article(path.relative_to(root).as_posix(), content),))
        lines = content.splitlines()
        return FakeFile(
            tuple(self._article(**json.loads(line)) for line in lines if line != "BROKEN"),
            tuple(ReadingError(f"{path}: a broken line.") for line in lines if line == "BROKEN"),
        )

    @staticmethod
    def _article(name: str, content: str) -> Article:
        stated = re.match(r"(\d{4}-\d\d-\d\d) ", content)
        if not stated:
            return article(name, content)
        return article(name, content[stated.end() :], date.fromisoformat(stated[1]))

    @staticmethod
    def infer(text: str, neighbours: Sequence[date]) -> Published:
        """The middle one of the days around it, where the text says "recently"."""
        if "recently" not in text or not neighbours:
            return Published.unknown()
        return Published.on(neighbours[len(neighbours) // 2], "inferred")

    @property
    def reading(self) -> Reading:
        def split(item: Article, count: Callable[[str], int], size: int) -> list[Passage]:
            return passages(item)

        def embedding_text(title: str, text: str, size: int) -> str:
            return f"{title}\n{text}"

        return Reading(
            self.find_files, lambda _: [], self.read_articles, self.infer, split, embedding_text
        )


class FolderVectors(MemoryVectors):
    """Vectors that outlive being closed, as those of Chroma do: one store a folder."""

    stores: ClassVar[dict[Path, dict[str, tuple[int, Matrix]]]] = {}

    def __init__(self, path: Path, fingerprint: str, *, create: bool = False) -> None:
        super().__init__(self.stores.setdefault(path, {}))
        self._path = path

    def add(self, stored: Sequence[Entry], vectors: Matrix) -> None:
        self._path.mkdir(exist_ok=True)
        super().add(stored, vectors)

    def close(self) -> None:
        """The folder keeps them."""


def ingestion(reader: FakeReader | None = None, embedder: FakeEmbedder | None = None) -> Ingestion:
    return Ingestion((reader or FakeReader()).reading, embedder or FakeEmbedder(), patience=0.2)


def lines(**texts: str) -> str:
    """A ``.jsonl`` file of these articles."""
    return "\n".join(json.dumps({"name": name, "content": text}) for name, text in texts.items())

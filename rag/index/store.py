"""The index: the catalog and the vectors that belong to it, opened as one."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rag.domain import Article, Coverage
from rag.errors import StoreError
from rag.index.catalog import FILE_NAME, Catalog, Field
from rag.index.chroma import ChromaVectors
from rag.index.embedder import Embedder
from rag.index.records import Contents, Headline, digest_of_words
from rag.index.vectors import Entry, Hit, Matrix, MemoryVectors, Vectors
from rag.reading.passages import embedding_text, lead_passages


class Index:
    """What was ingested, ready to be searched.

    The catalog is the truth: a vector of a passage it does not know is not found.
    """

    def __init__(self, catalog: Catalog, vectors: Vectors, home: Path | None = None) -> None:
        self.catalog = catalog
        self.vectors = vectors
        self.home = home

    @classmethod
    def open(cls, home: Path, *, to_write: bool = False) -> Self:
        """The index in that folder. Raises ``StoreError`` where there is none to be used.

        Chroma is neither imported nor opened before vectors are searched.
        """
        return cls._of(Catalog.open(home), home, to_write=to_write)

    @classmethod
    def create(cls, home: Path, fingerprint: str, name: str = FILE_NAME) -> Self:
        """An empty index in that folder, its catalog in the file of that name."""
        return cls._of(Catalog.create(home, fingerprint, name), home, to_write=True)

    @classmethod
    def in_memory(cls, articles: Sequence[Article], embedder: Embedder) -> Self:
        """An index of these articles alone, gone when it is closed. Their ids must differ."""
        index = cls(Catalog.in_memory(embedder.fingerprint), MemoryVectors())
        for article in articles:
            index._put(article, embedder)
        return index

    def _put(self, article: Article, embedder: Embedder) -> None:
        size = embedder.max_tokens
        passages = lead_passages(article, embedder.count_tokens, size)
        texts = [embedding_text(article.title, passage.text, size) for passage in passages]
        entries = [Entry(article, passage) for passage in passages]
        self.vectors.add(entries, embedder.embed(texts))
        self.catalog.put(article, passages)

    @classmethod
    def _of(cls, catalog: Catalog, home: Path, *, to_write: bool) -> Self:
        folder = home / catalog.vectors
        return cls(catalog, ChromaVectors(folder, catalog.fingerprint, create=to_write), home)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files."""
        self.vectors.close()
        self.catalog.close()

    @property
    def has_vectors(self) -> bool:
        """Whether the vectors are where the catalog says, without opening them."""
        return self.home is None or (self.home / self.catalog.vectors).is_dir()

    def check_embedder(self, fingerprint: str) -> None:
        """Raises ``StoreError`` where another embedder made the vectors of this index."""
        if self.catalog.fingerprint != fingerprint:
            raise StoreError(
                "This index was made with another embedder than the one that is set. "
                "Set that one again, or make the index anew with: rag ingest --rebuild PATH..."
            )

    def nearest(self, vector: Matrix, limit: int, as_of: date) -> list[Hit]:
        """Passages of articles that existed on ``as_of``, best cosine first."""
        wanted = limit
        while True:
            hits = self.vectors.search(vector, wanted, as_of)
            known = self.catalog.owners_of(hit.passage for hit in hits)
            kept = [hit for hit in hits if hit.passage in known][:limit]
            if len(kept) == limit or len(hits) < wanted:
                return kept
            wanted *= 2

    def search(self, text: str, limit: int, as_of: date, field: Field = "text") -> list[str]:
        """Ids of articles that share words with the text and existed on ``as_of``, best first."""
        return self.catalog.search(text, limit, as_of, field)

    def article(self, name: str) -> Article:
        """The article of that id. Raises ``UsageError`` where there is none."""
        return self.catalog.article(name)

    def articles(self) -> Sequence[Headline]:
        """Every article by id, without its text."""
        return self.catalog.articles()

    def contents(self) -> Contents:
        """How many files, articles and passages there are."""
        return self.catalog.contents()

    def coverage(self, as_of: date) -> Coverage:
        """How many articles existed on ``as_of``, and the days between which they appeared."""
        return self.catalog.coverage(as_of)

    def digest(self) -> str:
        """One word for what is in the index, equal wherever the articles and the embedder are."""
        articles = sorted(self.catalog.digests().values())
        return digest_of_words([self.catalog.fingerprint, articles])

    def status_json(self) -> dict[str, Any]:
        """What is indexed, as ``rag status --json`` prints it."""
        coverage = self.catalog.coverage(date.max)
        return {
            "schema": 1,
            "home": str(self.home) if self.home else None,
            **asdict(self.catalog.contents()),
            "from": coverage.first_day.isoformat() if coverage.first_day else None,
            "to": coverage.last_day.isoformat() if coverage.last_day else None,
            "embedder": self.catalog.fingerprint,
            "digest": self.digest(),
        }

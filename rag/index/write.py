"""Drafts into the index, in an order that leaves it whole wherever a kill may fall.

The catalog is the truth, and the id of a passage is a digest of everything stored with its
vector. So vectors are added first (unknown to the catalog, they are not found), then the catalog
changes in one transaction, and only then go vectors that the catalog no longer knows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.domain import Article, Passage
from rag.index.drafts import Draft
from rag.index.ingestion import Ingestion
from rag.index.store import Index
from rag.index.vectors import Entry

# Articles in one transaction: what an interrupted ingest loses at most.
BATCH = 64

_LABEL = "embedding"
_UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class _Part:
    """Some articles of a draft; with its last part the file is complete."""

    draft: Draft
    articles: tuple[Article, ...]
    is_last: bool


class Writer:
    """Writes into one index, batch by batch."""

    def __init__(self, index: Index, ingestion: Ingestion) -> None:
        self._index = index
        self._ingestion = ingestion
        self._done = 0

    @property
    def is_settled(self) -> bool:
        """Whether catalog and vectors are known to agree, so that neither need be looked at."""
        return not self._index.catalog.noted(_UNSETTLED) and self._index.has_vectors

    def write(self, drafts: Sequence[Draft], vanished: Sequence[Path]) -> None:
        """Stores the drafts, removes the vanished files, and leaves no stale vector."""
        catalog = self._index.catalog
        catalog.note(_UNSETTLED, "yes")
        stored = self._index.vectors.ids()
        total = sum(len(draft.articles) for draft in drafts)
        for batch in _batches(drafts):
            self._ingestion.progress(_LABEL, self._done, total)
            stored |= self._write_batch(batch, stored)
        catalog.remove_files(vanished)
        catalog.remove_empty_files()
        self._settle(stored)
        catalog.note(_UNSETTLED, "")
        self._ingestion.progress(_LABEL, total, total)

    def _write_batch(self, batch: Sequence[_Part], stored: set[str]) -> set[str]:
        articles = [article for part in batch for article in part.articles]
        passages = {article.id: self._ingestion.split(article) for article in articles}
        entries = [Entry(article, it) for article in articles for it in passages[article.id]]
        self._add_vectors([entry for entry in entries if entry.passage.id not in stored])
        with self._index.catalog.transaction():
            for part in batch:
                self._put(part, passages)
        self._done += len(articles)
        return {entry.passage.id for entry in entries}

    def _add_vectors(self, entries: Sequence[Entry]) -> None:
        if entries:
            self._index.vectors.add(entries, self._ingestion.embed(entries))

    def _put(self, part: _Part, passages: dict[str, Sequence[Passage]]) -> None:
        catalog, file = self._index.catalog, part.draft.file
        # Without a digest the file is read again, should the next part never come.
        catalog.put_file(file if part.is_last else replace(file, digest=""))
        for article in part.articles:
            catalog.put(article, passages[article.id], file.path)
        catalog.remove_articles(catalog.ids_of(file.path) - part.draft.ids)

    def _settle(self, stored: set[str]) -> None:
        """Removes vectors the catalog does not know and makes those it misses."""
        wanted = self._index.catalog.passage_ids()
        self._index.vectors.remove(stored - wanted)
        missing = sorted(wanted - stored)
        for start in range(0, len(missing), BATCH):
            self._add_vectors(self._index.catalog.entries(missing[start : start + BATCH]))


def _batches(drafts: Iterable[Draft]) -> Iterator[list[_Part]]:
    """The drafts in order, in batches of about ``BATCH`` articles."""
    batch: list[_Part] = []
    count = 0
    for part in _parts(drafts):
        batch.append(part)
        count += len(part.articles)
        if count >= BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _parts(drafts: Iterable[Draft]) -> Iterator[_Part]:
    for draft in drafts:
        starts = range(0, max(len(draft.articles), 1), BATCH)
        for start in starts:
            chunk = draft.articles[start : start + BATCH]
            yield _Part(draft, chunk, is_last=start == starts[-1])

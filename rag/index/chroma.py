"""Vectors in a Chroma collection on this machine, which LlamaIndex can open as it is.

Each record is what LlamaIndex's ``ChromaVectorStore`` writes for a ``TextNode``. It is written by
hand, since importing llama_index takes longer than a question may; a test reads it back with the
real one.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import StoreError
from rag.index.vectors import Entry, Hit, Matrix, as_number, visible_from

if TYPE_CHECKING:
    from rag.index.chroma_engine import ChromaEngine

COLLECTION = "passages"

# Hierarchical navigable small world graphs are searched with at least this many candidates;
# Chroma's default of 100 is fewer than what a search over stale records may ask for.
_SEARCH_WIDTH = 800
# An unfiltered search takes 2 ms over 100,000 vectors, one filtered by day 133 ms: fetch more
# than asked first, and filter only where too few of them are old enough.
_SPARE = 4

# Chroma cannot even be read on a disk that it has filled, and does not say why: before it writes
# there must be room. It was seen to need 5 to 9 kB a passage.
_ROOM = 16_000_000
_ROOM_A_PASSAGE = 20_000


class ChromaVectors:
    """The vectors in the folder ``path``, made by the embedder of this fingerprint.

    Nothing is imported or opened before the first call. With ``create`` the collection is made
    where there is none. Every method raises ``StoreError`` and nothing else.
    """

    def __init__(self, path: Path, fingerprint: str, *, create: bool = False) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._create = create

    def add(self, entries: Sequence[Entry], vectors: Matrix) -> None:
        """Stores one unit vector an entry, in batches as large as Chroma takes."""
        for start in range(0, len(entries), self._batch_size):
            batch = entries[start : start + self._batch_size]
            with self._translated():
                self._check_room(len(batch))
                self._collection.upsert(
                    ids=[entry.passage.id for entry in batch],
                    embeddings=vectors[start : start + len(batch)],
                    documents=[entry.passage.text for entry in batch],
                    metadatas=[metadata_of(entry) for entry in batch],
                )

    def remove(self, ids: Iterable[str]) -> None:
        """Forgets these passages."""
        doomed = list(ids)
        for start in range(0, len(doomed), self._batch_size):
            with self._translated():
                self._collection.delete(ids=doomed[start : start + self._batch_size])

    def ids(self) -> set[str]:
        """The passages that have a vector."""
        with self._translated():
            return set(self._collection.get(include=[])["ids"])

    def search(self, vector: Matrix, limit: int, as_of: date) -> list[Hit]:
        """Passages of articles that existed on ``as_of``, best cosine first; approximate."""
        today = as_number(as_of)
        hits = self._query(vector, limit * _SPARE, today)[:limit]
        if len(hits) == limit:
            return hits
        return self._query(vector, limit, today, {"visible_from": {"$lte": today}})

    def close(self) -> None:
        """Lets go of Chroma's files."""
        self.__dict__.pop("_engine", None)
        if "_client" in self.__dict__:
            with self._translated():
                self._client.close()

    def _query(
        self, vector: Matrix, limit: int, today: int, where: Mapping[str, Any] | None = None
    ) -> list[Hit]:
        engine = self._engine
        with self._translated():
            try:
                found = engine.search(vector, limit, where)
            except Exception:  # what another process stored since is not in an index held open
                del self._engine
                found = self._engine.search(vector, limit, where)
            return [
                Hit(record.id, 1 - record.distance)
                for record in found
                if record.metadata["visible_from"] <= today
            ]

    @cached_property
    def _engine(self) -> "ChromaEngine":
        from rag.index.chroma_engine import ChromaEngine

        if self._create:
            _ = self._collection
        self._check_there()
        with self._translated():
            engine = ChromaEngine(self._path, COLLECTION)
        self._check_fingerprint(engine.metadata)
        return engine

    @cached_property
    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        if not self._create:
            self._check_there()
        with self._translated():
            settings = Settings(anonymized_telemetry=False)
            return chromadb.PersistentClient(path=str(self._path), settings=settings)

    @cached_property
    def _batch_size(self) -> int:
        return int(self._client.get_max_batch_size())

    @cached_property
    def _collection(self) -> Any:
        if self._create:
            collection = self._client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_WIDTH}},
                metadata={"fingerprint": self._fingerprint},
            )
        else:
            collection = self._client.get_collection(COLLECTION, embedding_function=None)
        self._check_fingerprint(collection.metadata or {})
        return collection

    def _check_there(self) -> None:
        if not self._path.is_dir():
            raise StoreError(
                f"The vectors in {self._path} are gone. Restore them with: rag ingest PATH..."
            )

    def _check_fingerprint(self, metadata: Mapping[str, Any]) -> None:
        if metadata.get("fingerprint") != self._fingerprint:
            raise StoreError(
                f"The vectors in {self._path} were made by another embedder. "
                "Make them anew with: rag ingest --rebuild PATH..."
            )

    def _check_room(self, passages: int) -> None:
        if self._free_space() < _ROOM + passages * _ROOM_A_PASSAGE:
            raise self._no_room()

    def _free_space(self) -> int:
        return shutil.disk_usage(self._path).free

    def _no_room(self) -> StoreError:
        return StoreError(
            f"No space is left for the vectors in {self._path}. "
            "Free some, then go on with: rag ingest PATH..."
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Chroma raises its own errors, ``OSError``, ``ValueError`` and errors of its engine."""
        try:
            yield
        except StoreError:
            raise
        except Exception as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError:
        if self._path.is_dir() and self._free_space() < _ROOM:
            return self._no_room()
        return StoreError(
            f"The vectors in {self._path} cannot be used: {str(error) or type(error).__name__}. "
            "Make them anew with: rag ingest --rebuild PATH..."
        )


def metadata_of(entry: Entry) -> dict[str, str | int]:
    """The metadata LlamaIndex's ``node_to_metadata_dict`` writes for this passage as a node."""
    own = _own_metadata(entry)
    return own | {
        "_node_content": json.dumps(_node(entry, own), ensure_ascii=False),
        "_node_type": "TextNode",
        "document_id": entry.article.id,
        "doc_id": entry.article.id,
        "ref_doc_id": entry.article.id,
    }


def _own_metadata(entry: Entry) -> dict[str, str | int]:
    article, passage = entry.article, entry.passage
    day = article.published.day
    return {
        "article": article.id,
        "title": article.title,
        "published": as_number(day) if day else 0,
        "published_iso": day.isoformat() if day else "",
        "published_basis": article.published.basis,
        "visible_from": visible_from(article.published),
        "start": passage.start,
        "end": passage.end,
    }


def _node(entry: Entry, own: dict[str, str | int]) -> dict[str, Any]:
    """A ``TextNode`` without its text; relationship 1 is the source document, type 4 a document."""
    source = {
        "node_id": entry.article.id,
        "node_type": "4",
        "metadata": dict[str, Any](),
        "hash": None,
        "class_name": "RelatedNodeInfo",
    }
    return {
        "id_": entry.passage.id,
        "embedding": None,
        "metadata": own,
        "excluded_embed_metadata_keys": [],
        "excluded_llm_metadata_keys": ["published", "visible_from", "start", "end"],
        "relationships": {"1": source},
        "metadata_template": "{key}: {value}",
        "metadata_separator": "\n",
        "text": "",
        "mimetype": "text/plain",
        "start_char_idx": entry.passage.start,
        "end_char_idx": entry.passage.end,
        "text_template": "{metadata_str}\n\n{content}",
        "class_name": "TextNode",
    }

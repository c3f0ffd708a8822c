"""Chroma's engine itself, for searching: it opens in 0.1 s, and importing chromadb takes a second.

It is what ``chromadb.PersistentClient`` calls (docs/decisions/0014); everything that writes goes
through that client.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb_rust_bindings

from rag.index.vectors import Matrix

# Chroma's own defaults.
_DATABASE = "chroma.sqlite3"
_WHERE = ("default_tenant", "default_database")
_OPEN_INDEXES = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One record: its id, its cosine distance from what was searched, its metadata."""

    id: str
    distance: float
    metadata: Mapping[str, Any]


class ChromaEngine:
    """The collection of that name in a folder of Chroma's, to be searched; errors are Chroma's."""

    def __init__(self, folder: Path, collection: str) -> None:
        database = folder / _DATABASE
        if not database.is_file():
            raise FileNotFoundError(f"{database} is missing")
        self._engine = chromadb_rust_bindings.Bindings(
            allow_reset=False,
            sqlite_db_config=chromadb_rust_bindings.SqliteDBConfig(
                url=str(database),
                hash_type=chromadb_rust_bindings.MigrationHash.MD5,
                migration_mode=chromadb_rust_bindings.MigrationMode.Apply,
            ),
            persist_path=str(folder),
            hnsw_cache_size=_OPEN_INDEXES,
        )
        self._collection = self._engine.get_collection(collection, *_WHERE)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The metadata of the collection."""
        return self._collection.metadata or {}

    def search(self, vector: Matrix, limit: int, where: Mapping[str, Any] | None) -> list[Found]:
        """The nearest records first, those alone that the filter lets through."""
        found = self._engine.query(
            str(self._collection.id),
            None,
            [vector],
            limit,
            json.dumps(where) if where else None,
            None,
            ["distances", "metadatas"],
            *_WHERE,
        )
        records = zip(found.ids[0], found.distances[0], found.metadatas[0], strict=True)
        return [Found(*record) for record in records]

"""One SQLite file: opened, checked, written in transactions, its errors put into our words."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from rag.errors import StoreError
from rag.index.schema import TABLES, VERSION

# Seconds to wait for another process: a reader may meet the moment in which an ingest commits.
_PATIENCE = 10.0


class Database:
    """The tables of a catalog in one SQLite file, or in memory where there is no path.

    Every method raises ``StoreError`` and nothing else.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        with self._translated():
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=_PATIENCE, isolation_level=None
            )
            self._connection.execute("PRAGMA foreign_keys = ON")

    @classmethod
    def open(cls, path: Path) -> Self:
        """The database in that file, which must be one of this program's version."""
        if not path.is_file():
            raise _no_index(path)
        database = cls(path)
        try:
            database._check()
        except StoreError:
            database.close()
            raise
        return database

    @classmethod
    def create(cls, path: Path | None, notes: Mapping[str, str]) -> Self:
        """A database with these notes in it and nothing else.

        The file may exist without tables, as a kill can leave it.
        """
        database = cls(path)
        pairs = ", ".join(f"({_quoted(name)}, {_quoted(value)})" for name, value in notes.items())
        with database._translated():
            # Write-ahead logging: questions go on being answered while an ingest writes.
            database._connection.execute("PRAGMA journal_mode = WAL")
            database._connection.executescript(
                f"BEGIN IMMEDIATE; {TABLES} INSERT INTO meta VALUES {pairs}; "
                f"PRAGMA user_version = {VERSION}; COMMIT;"
            )
        return database

    @classmethod
    def is_in(cls, path: Path) -> bool:
        """Whether the file is there and holds tables, of whatever version."""
        if not path.is_file():
            return False
        database = cls(path)
        try:
            return database._has_tables()
        finally:
            database.close()

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """Every row that a statement gives."""
        with self._translated():
            return self._connection.execute(sql, tuple(values)).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside, or nothing of it."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    def copy_to(self, path: Path) -> None:
        """Makes the database in that file equal to this one, in one transaction.

        Who reads it meanwhile sees the old one or the new one, whole. A file that is no
        database is replaced.
        """
        target = type(self)(path)
        try:
            with target._translated():
                self._connection.backup(target._connection)
        except StoreError as error:
            if isinstance(error.__cause__, sqlite3.OperationalError):
                raise
            _remove(path)
            self.copy_to(path)
        finally:
            target.close()

    def close(self) -> None:
        """Ends the connection; SQLite then folds its write-ahead log into the file."""
        self._connection.close()

    def _check(self) -> None:
        (version,) = self.rows("PRAGMA user_version")[0]
        if version == VERSION:
            return
        if not self._has_tables():
            raise _no_index(self.path)
        raise StoreError(
            f"{self.path} was made by another version of this program ({version}, not {VERSION}). "
            "Make it anew with: rag ingest --rebuild PATH..."
        )

    def _has_tables(self) -> bool:
        return bool(self.rows("SELECT 1 FROM sqlite_master LIMIT 1"))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error as error:
            raise StoreError(self._explained(str(error))) from error

    def _explained(self, said: str) -> str:
        if "full" in said:
            return (
                f"No space is left for {self.path}. Free some, then go on with: rag ingest PATH..."
            )
        if "locked" in said:
            return f"{self.path} is in use by another program. Wait for it, then try again."
        if "readonly" in said or "unable to open" in said:
            return (
                f"{self.path} cannot be opened for writing ({said}). Allow it with chmod, "
                "or choose another folder with --home DIR."
            )
        return (
            f"{self.path} cannot be used as an index: {said}. "
            "Make it anew with: rag ingest --rebuild PATH..."
        )


def _no_index(path: Path | None) -> StoreError:
    return StoreError(f"No index at {path.parent if path else path}. Run: rag ingest FOLDER")


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

"""The catalog: which articles and passages there are, and their words. The truth of the index."""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, Self

from rag.domain import Article, Coverage, Passage
from rag.errors import UsageError
from rag.index.database import Database
from rag.index.match import match_expression
from rag.index.records import (
    ARTICLE_COLUMNS,
    PUBLISHED_COLUMNS,
    Contents,
    Headline,
    SourceFile,
    article_of,
    article_values,
    day_of,
    digest_of,
    published_of,
)
from rag.index.signatures import signature_of
from rag.index.vectors import Entry, as_number, visible_from

FILE_NAME = "catalog.sqlite"
VECTORS_PREFIX = "vectors-"

Field = Literal["lead", "text"]
# The columns that are searched, and what a word in title, lead and body counts.
_FIELDS: dict[Field, tuple[str, str]] = {
    "lead": ("title lead", "1, 1, 0"),
    "text": ("title lead body", "2, 1, 1"),
}

# In a small collection every article shares some word with a question, which is no match.
_A_MATCH = 1 / 3

_FINGERPRINT = "fingerprint"
_VECTORS = "vectors"


def _notes(fingerprint: str) -> dict[str, str]:
    """A new catalog's notes; its vectors get a folder of their own, so that an older one stays."""
    return {_FINGERPRINT: fingerprint, _VECTORS: VECTORS_PREFIX + secrets.token_hex(4)}


class Catalog:
    """Articles, passages and their words in one SQLite file.

    Every method raises ``StoreError`` where the file is broken, locked, full or not writable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, home: Path) -> Self:
        """The catalog in that folder. Raises ``StoreError`` where there is none to be used."""
        return cls(Database.open(home / FILE_NAME))

    @classmethod
    def create(cls, home: Path, fingerprint: str, name: str = FILE_NAME) -> Self:
        """An empty catalog in that folder, for vectors of that embedder."""
        return cls(Database.create(home / name, _notes(fingerprint)))

    @classmethod
    def in_memory(cls, fingerprint: str) -> Self:
        """An empty catalog that is gone when it is closed."""
        return cls(Database.create(None, _notes(fingerprint)))

    @classmethod
    def is_in(cls, home: Path) -> bool:
        """Whether there is a catalog in that folder, of whatever version."""
        return Database.is_in(home / FILE_NAME)

    def copy_to(self, home: Path) -> None:
        """Makes this the catalog of that folder, at one moment for everyone who reads it."""
        self._database.copy_to(home / FILE_NAME)

    def close(self) -> None:
        """Ends the connection to the file."""
        self._database.close()

    # What is in it

    @property
    def fingerprint(self) -> str:
        """The embedder whose vectors belong to this catalog."""
        return self.noted(_FINGERPRINT)

    @property
    def vectors(self) -> str:
        """The name of the folder beside the catalog that its vectors are in."""
        return self.noted(_VECTORS)

    def contents(self) -> Contents:
        """How many files, articles and passages there are."""
        counts = (f"(SELECT count(*) FROM {name})" for name in ("files", "articles", "passages"))
        return Contents(*self._database.rows(f"SELECT {', '.join(counts)}")[0])

    def article(self, name: str) -> Article:
        """The article of that id. Raises ``UsageError`` where there is none."""
        known = name.encode(errors="replace").decode()  # an argument may hold undecodable bytes
        rows = self._database.rows(f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?", [known])
        if not rows:
            raise UsageError(
                f"No article '{known}' in the index. Find its id with: rag search WORDS"
            )
        return article_of(rows[0])

    def articles(self) -> list[Headline]:
        """Every article by id, without its text."""
        rows = self._database.rows(
            f"SELECT id, title, {PUBLISHED_COLUMNS} FROM articles ORDER BY id"
        )
        return [Headline(name, title, published_of(rest)) for name, title, *rest in rows]

    def headlines(self, ids: Iterable[str]) -> list[Headline]:
        """The articles of these ids without their texts, in any order."""
        rows = self._database.rows(
            f"SELECT id, title, {PUBLISHED_COLUMNS} FROM articles "
            "WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(ids))],
        )
        return [Headline(name, title, published_of(rest)) for name, title, *rest in rows]

    def passages(self, ids: Iterable[str]) -> list[Passage]:
        """The passages of these ids, in their order; ids that are not known are passed over."""
        wanted = list(ids)
        rows = self._database.rows(
            "SELECT passages.id, article, first, last, substr(text, first + 1, last - first) "
            "FROM passages JOIN articles ON articles.id = article "
            "WHERE passages.id IN (SELECT value FROM json_each(?))",
            [json.dumps(wanted)],
        )
        found = {row[0]: Passage(*row) for row in rows}
        return [found[passage] for passage in wanted if passage in found]

    def owners_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The article of each of these passages; those that are not known are passed over."""
        rows = self._database.rows(
            "SELECT id, article FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(ids))],
        )
        return dict(rows)

    def signatures(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The stored signature of each of these articles, as ``signature_of`` gave it."""
        rows = self._database.rows(
            "SELECT id, signature FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(ids))],
        )
        return dict(rows)

    def entries(self, ids: Iterable[str]) -> list[Entry]:
        """The passages of these ids, each with its article."""
        passages = self.passages(ids)
        articles = {name: self.article(name) for name in {item.article for item in passages}}
        return [Entry(articles[passage.article], passage) for passage in passages]

    def search(self, text: str, limit: int, as_of: date, field: Field = "text") -> list[str]:
        """Ids of articles that share words with the text and existed on ``as_of``, best first.

        The order is that of BM25 over the title and the lead, or over the whole text, of which
        the title counts twice; what scores less than a third of the best is left out. Any text
        may be given: nothing in it is read as a query language.
        """
        expression = match_expression(text)
        if not expression:
            return []
        columns, weights = _FIELDS[field]
        rows = self._database.rows(
            f"SELECT id, -bm25(words, {weights}) AS score FROM words "
            "JOIN articles ON number = words.rowid "
            "WHERE words MATCH ? AND visible_from <= ? ORDER BY score DESC, id LIMIT ?",
            [f"{{{columns}}} : ({expression})", as_number(as_of), limit],
        )
        return [name for name, score in rows if score >= _A_MATCH * rows[0][1]]

    def coverage(self, as_of: date) -> Coverage:
        """How many articles existed on ``as_of``, and the days between which they appeared."""
        count, first, last = self._database.rows(
            "SELECT count(*), min(day), max(day) FROM articles WHERE visible_from <= ?",
            [as_number(as_of)],
        )[0]
        return Coverage(count, day_of(first), day_of(last))

    def digests(self) -> dict[str, str]:
        """The digest of every article, by id."""
        return dict(self._database.rows("SELECT id, digest FROM articles"))

    def passage_ids(self) -> set[str]:
        """Every passage."""
        return {passage for (passage,) in self._database.rows("SELECT id FROM passages")}

    # Where it came from

    def files(self) -> dict[Path, SourceFile]:
        """Every file that was ingested, by path."""
        rows = self._database.rows("SELECT path, root, digest FROM files")
        return {Path(path): SourceFile(Path(path), Path(root), it) for path, root, it in rows}

    def owners(self) -> dict[str, Path]:
        """The file each article was read from, by article id."""
        rows = self._database.rows("SELECT id, file FROM articles WHERE file IS NOT NULL")
        return {name: Path(file) for name, file in rows}

    def ids_of(self, file: Path) -> set[str]:
        """The articles that were read from that file."""
        rows = self._database.rows("SELECT id FROM articles WHERE file = ?", [str(file)])
        return {name for (name,) in rows}

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside, or nothing of it."""
        with self._database.transaction():
            yield

    def put(self, article: Article, passages: Sequence[Passage], file: Path | None = None) -> None:
        """Stores an article in place of the one with its id; its first passage is its lead."""
        self.remove_articles([article.id])
        self._database.rows(
            f"INSERT INTO articles (file, digest, visible_from, signature, {ARTICLE_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                str(file) if file else None,
                digest_of(article),
                visible_from(article.published),
                signature_of(article.text),
                *article_values(article),
            ],
        )
        end = passages[0].end if passages else 0
        self._database.rows(
            "INSERT INTO words (rowid, title, lead, body) "
            "SELECT number, ?, ?, ? FROM articles WHERE id = ?",
            [article.title, article.text[:end], article.text[end:], article.id],
        )
        for passage in passages:
            self._database.rows(
                "INSERT INTO passages (id, article, first, last) VALUES (?, ?, ?, ?)",
                [passage.id, passage.article, passage.start, passage.end],
            )

    def put_file(self, file: SourceFile) -> None:
        """Stores the file in place of the one with its path; its articles stay."""
        self._database.rows(
            "INSERT INTO files (path, root, digest) VALUES (?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET root = excluded.root, digest = excluded.digest",
            [str(file.path), str(file.root), file.digest],
        )

    def remove_articles(self, ids: Iterable[str]) -> None:
        """Removes these articles and their passages."""
        self._remove("articles", "id", ids)

    def remove_files(self, paths: Iterable[Path]) -> None:
        """Removes these files and every article that was read from them."""
        self._remove("files", "path", map(str, paths))

    def remove_empty_files(self) -> None:
        """Removes files of which no article is left."""
        self._database.rows(
            "DELETE FROM files WHERE path NOT IN (SELECT file FROM articles WHERE file IS NOT NULL)"
        )

    def _remove(self, table: str, column: str, keys: Iterable[str]) -> None:
        self._database.rows(
            f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
            [json.dumps(list(keys))],
        )

    def note(self, name: str, value: str) -> None:
        """Writes a word about the index as a whole."""
        self._database.rows(
            "INSERT INTO meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )

    def noted(self, name: str) -> str:
        """The word that was noted under that name; empty where there is none."""
        rows = self._database.rows("SELECT value FROM meta WHERE name = ?", [name])
        return str(rows[0][0]) if rows else ""

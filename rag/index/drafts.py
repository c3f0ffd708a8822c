"""Changed files as articles that are ready to be stored: each id once, each dated."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from rag.domain import Article, Published
from rag.errors import ReadingError
from rag.index.catalog import Catalog
from rag.index.ingestion import Ingestion
from rag.index.records import SourceFile, digest_of
from rag.index.scan import Scan, base_of


@dataclass(frozen=True, slots=True)
class Draft:
    """One file as it is to be stored.

    ``ids`` are all its articles, ``articles`` those of them that are to be written.
    """

    file: SourceFile
    ids: frozenset[str]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """Every file that is to be stored, and what could not be read."""

    files: tuple[Draft, ...]
    problems: tuple[str, ...]


def make_drafts(catalog: Catalog, scan: Scan, ingestion: Ingestion) -> Drafts:
    """The changed files read and dated, and stored articles whose inferred date changes by them."""
    if not scan.changed and not scan.vanished:
        return Drafts((), ())
    reader = _Reader(catalog, scan, ingestion)
    read = [draft for file in scan.changed if (draft := reader.read(file))]
    dated = _Dating(catalog, scan, read, ingestion).drafts()
    return Drafts(tuple(_to_write(catalog, dated)), tuple(reader.problems))


class _Reader:
    """Reads files one after the other; the first file that has an article's id keeps it."""

    def __init__(self, catalog: Catalog, scan: Scan, ingestion: Ingestion) -> None:
        self.problems: list[str] = []
        self._catalog = catalog
        self._ingestion = ingestion
        self._count = len(scan.changed)
        self._done = 0
        self._owners = catalog.owners()
        self._released = {file.path for file in scan.changed} | set(scan.vanished)
        self._claimed: dict[str, Path] = {}

    def read(self, file: SourceFile) -> Draft | None:
        """The file as a draft; ``None`` where it cannot be read, and what it was before stays."""
        self._done += 1
        self._ingestion.progress("reading", self._done, self._count)
        try:
            read = self._ingestion.reading.read_articles(file.path, base_of(file))
        except ReadingError as error:
            self.problems.append(str(error))
            self._keep(file.path)
            return None
        problems = len(self.problems)
        self.problems.extend(map(str, read.problems))
        articles = tuple(article for article in read.articles if self._accepts(article, file.path))
        if len(self.problems) > problems:
            file = replace(file, digest="")  # read it again next time, and say so again
        return Draft(file, frozenset(article.id for article in articles), articles)

    def _keep(self, path: Path) -> None:
        for name in self._catalog.ids_of(path):
            self._claimed.setdefault(name, path)

    def _accepts(self, article: Article, path: Path) -> bool:
        problem = _unstorable(article, path) or self._taken(article, path)
        if problem:
            self.problems.append(problem)
            return False
        self._claimed[article.id] = path
        return True

    def _taken(self, article: Article, path: Path) -> str | None:
        rival = self._claimed.get(article.id) or self._standing_owner(article.id)
        if not rival:
            return None
        return (
            f"{path}: the article '{article.id}' is already read from {rival}; "
            "this one is skipped. Give one of them another name."
        )

    def _standing_owner(self, name: str) -> Path | None:
        """The file the stored article is from, unless that one is read anew or is gone."""
        owner = self._owners.get(name)
        if owner is None or owner in self._released or not owner.exists():
            return None
        return owner


def _unstorable(article: Article, path: Path) -> str | None:
    try:
        digest_of(article)
    except UnicodeEncodeError:
        shown = article.id.encode(errors="replace").decode()
        return f"{path}: the article '{shown}' holds half a character; skipped. Save it as UTF-8."
    return None


class _Dating:
    """Dates that articles do not state, inferred from their text and the days around them."""

    def __init__(
        self, catalog: Catalog, scan: Scan, read: Sequence[Draft], ingestion: Ingestion
    ) -> None:
        self._catalog = catalog
        self._read = read
        self._infer = ingestion.reading.infer_published
        self._owners = catalog.owners()
        stored = catalog.articles()
        replaced = {draft.file.path for draft in read} | set(scan.vanished)
        taken = frozenset().union(*(draft.ids for draft in read))
        self._standing = [
            item
            for item in stored
            if item.id not in taken and self._owners.get(item.id) not in replaced
        ]
        fresh = [article.published for draft in read for article in draft.articles]
        self._days = _known_days([*fresh, *(item.published for item in self._standing)])
        self._same_days = self._days == _known_days(item.published for item in stored)

    def drafts(self) -> Iterator[Draft]:
        """The files that were read, then the others of which an inferred date has changed."""
        for draft in self._read:
            yield replace(draft, articles=tuple(map(self._dated, draft.articles)))
        if self._same_days:
            return
        files = self._catalog.files()
        undated = (item for item in self._standing if not _is_known(item.published))
        by_file = sorted(undated, key=lambda item: self._owners[item.id])
        for path, items in groupby(by_file, key=lambda item: self._owners[item.id]):
            articles = tuple(self._dated(self._catalog.article(item.id)) for item in items)
            yield Draft(files[path], frozenset(self._catalog.ids_of(path)), articles)

    def _dated(self, article: Article) -> Article:
        if _is_known(article.published):
            return article
        return replace(article, published=self._infer(article.text, self._days))


def _is_known(published: Published) -> bool:
    return published.basis in {"stated", "metadata"}


def _known_days(dates: Iterable[Published]) -> list[date]:
    return sorted(published.day for published in dates if _is_known(published) and published.day)


def _to_write(catalog: Catalog, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts without the articles that are stored as they are."""
    digests, owners = catalog.digests(), catalog.owners()
    for draft in drafts:
        articles = tuple(
            article
            for article in draft.articles
            if digests.get(article.id) != digest_of(article)
            or owners.get(article.id) != draft.file.path
        )
        yield replace(draft, articles=articles)

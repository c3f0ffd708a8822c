"""The index made true to files: what ``rag ingest`` does."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rag.errors import StoreError, UsageError
from rag.index.catalog import VECTORS_PREFIX, Catalog
from rag.index.drafts import Draft, make_drafts
from rag.index.ingestion import Ingestion
from rag.index.lock import ingest_lock
from rag.index.report import IngestReport
from rag.index.scan import scan
from rag.index.store import Index
from rag.index.write import Writer

_FRESH_NAME = "catalog.new.sqlite"
_PROBLEMS_SHOWN = 3


def ingest(home: Path, paths: Sequence[Path], ingestion: Ingestion) -> IngestReport:
    """Makes the index in ``home`` true to these files and folders; what is elsewhere stays.

    Unchanged files are not read, changed ones replace what was read from them, vanished ones
    are removed. Raises ``UsageError`` where there is no article to be read and none has vanished
    (the index then stays as it is), ``StoreError`` where the index cannot be written or another
    embedder made it.
    """
    with ingest_lock(home, ingestion.patience, ingestion.notice):
        _clear_leftovers(home)
        if not Catalog.is_in(home):
            plan = _plan_anew(paths, ingestion)
            with Index.create(home, ingestion.embedder.fingerprint) as index:
                return _carry_out(plan, index, ingestion)
        with Index.open(home, to_write=True) as index:
            index.check_embedder(ingestion.embedder.fingerprint)
            return _carry_out(_plan(index.catalog, paths, ingestion), index, ingestion)


def rebuild(home: Path, paths: Sequence[Path], ingestion: Ingestion) -> IngestReport:
    """A new index of these files and folders in place of whatever is in ``home``.

    It is made beside the old one, which serves until the new one is complete. Raises what
    ``ingest`` raises.
    """
    with ingest_lock(home, ingestion.patience, ingestion.notice):
        plan = _plan_anew(paths, ingestion)
        _remove_fresh(home)
        try:
            with Index.create(home, ingestion.embedder.fingerprint, _FRESH_NAME) as fresh:
                report = _carry_out(plan, fresh, ingestion)
                fresh.catalog.copy_to(home)
                return report
        finally:
            _clear_leftovers(home)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done to the index."""

    drafts: tuple[Draft, ...]
    vanished: tuple[Path, ...]
    problems: tuple[str, ...]


def _plan(catalog: Catalog, paths: Sequence[Path], ingestion: Ingestion) -> _Plan:
    found = scan(paths, catalog.files(), ingestion.reading)
    drafts = make_drafts(catalog, found, ingestion)
    problems = (*found.problems, *drafts.problems)
    if not (found.unchanged or found.vanished or any(draft.ids for draft in drafts.files)):
        raise UsageError(_nothing_readable(paths, problems))
    return _Plan(drafts.files, found.vanished, problems)


def _plan_anew(paths: Sequence[Path], ingestion: Ingestion) -> _Plan:
    """The plan for an index that is empty; nothing is written before it is made."""
    catalog = Catalog.in_memory(ingestion.embedder.fingerprint)
    try:
        return _plan(catalog, paths, ingestion)
    finally:
        catalog.close()


def _nothing_readable(paths: Sequence[Path], problems: Sequence[str]) -> str:
    named = ", ".join(str(path) for path in paths)
    shown = "".join(f"\n  {problem}" for problem in problems[:_PROBLEMS_SHOWN])
    more = len(problems) - _PROBLEMS_SHOWN
    rest = f"\n  and {more} more" if more > 0 else ""
    return f"No readable article in {named}. Name a folder of articles.{shown}{rest}"


def _carry_out(plan: _Plan, index: Index, ingestion: Ingestion) -> IngestReport:
    before = index.catalog.digests()
    writer = Writer(index, ingestion)
    if plan.drafts or plan.vanished or not writer.is_settled:
        writer.write(plan.drafts, plan.vanished)
    return IngestReport.between(before, index.catalog, plan.problems)


def _clear_leftovers(home: Path) -> None:
    """Removes what belongs to indexes that were replaced or never completed."""
    _remove_fresh(home)
    with suppress(StoreError):  # of a broken catalog nobody knows which vectors are its own
        current = _vectors_in_use(home)
        for folder in home.glob(f"{VECTORS_PREFIX}*"):
            if folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)


def _vectors_in_use(home: Path) -> str | None:
    if not Catalog.is_in(home):
        return None
    catalog = Catalog.open(home)
    try:
        return catalog.vectors
    finally:
        catalog.close()


def _remove_fresh(home: Path) -> None:
    for file in home.glob(f"{_FRESH_NAME}*"):
        file.unlink(missing_ok=True)

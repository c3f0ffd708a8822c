"""Which files are new, changed, unchanged or gone since the last ingest."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.index.ingestion import Reading
from rag.index.records import SourceFile
from rag.reading.sidecar import article_of, sidecar_of


@dataclass(frozen=True, slots=True)
class Scan:
    """The files under the given paths; ``changed`` includes those that are new."""

    unchanged: tuple[SourceFile, ...]
    changed: tuple[SourceFile, ...]
    vanished: tuple[Path, ...]
    problems: tuple[str, ...]


def scan(paths: Sequence[Path], stored: Mapping[Path, SourceFile], reading: Reading) -> Scan:
    """What is under these paths, compared by content with what is stored.

    Raises what ``find_files`` raises for a path that is none.
    """
    given = [path.resolve() for path in paths]
    found = {path: sorted(reading.find_files(path)) for path in given}
    roots = {file.root for file in stored.values()} | set(given)
    files, problems = _digested(sorted(set().union(*found.values())), roots)
    same = [file for file in files if stored.get(file.path) == file]
    seen = {path for paths_found in found.values() for path in paths_found}
    return Scan(
        unchanged=tuple(same),
        changed=tuple(file for file in files if stored.get(file.path) != file),
        vanished=tuple(_under(given, stored.keys() - seen)),
        problems=(*problems, *_emptied(found, stored), *_lone_sidecars(given, seen, reading)),
    )


def base_of(file: SourceFile) -> Path:
    """The folder that the file's article ids are relative to."""
    return file.root.parent if file.root == file.path else file.root


def _digested(paths: Iterable[Path], roots: set[Path]) -> tuple[list[SourceFile], list[str]]:
    files, problems = [], []
    for path in paths:
        try:
            str(path).encode()
            digest = _digest(path)
        except UnicodeEncodeError:
            shown = str(path).encode(errors="replace").decode()
            problems.append(f"{shown}: its name is not UTF-8; skipped. Rename it.")
        except OSError as error:
            where = error.filename or path
            problems.append(f"{where}: {error.strerror}; what was read from it before stays.")
        else:
            files.append(SourceFile(path, _root_of(path, roots), digest))
    return files, problems


def _digest(path: Path) -> str:
    """The digest of the file, and of its sidecar where it has one."""
    digest, beside = _digest_of_bytes(path), sidecar_of(path)
    if not beside.exists():
        return digest
    return hashlib.sha256((digest + _digest_of_bytes(beside)).encode()).hexdigest()


def _digest_of_bytes(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _root_of(path: Path, roots: set[Path]) -> Path:
    """The widest path the user ever named that holds the file, so that its ids stay the same."""
    return next((parent for parent in reversed(path.parents) if parent in roots), path)


def _under(paths: Sequence[Path], files: Iterable[Path]) -> list[Path]:
    return sorted(file for file in files if any(file.is_relative_to(path) for path in paths))


def _emptied(found: Mapping[Path, Sequence[Path]], stored: Mapping[Path, SourceFile]) -> list[str]:
    return [
        f"{path}: no article in it{' any more' if _under([path], stored) else ''}."
        for path, files in found.items()
        if not files
    ]


def _lone_sidecars(paths: Sequence[Path], articles: set[Path], reading: Reading) -> list[str]:
    sidecars = {file for path in paths for file in reading.find_sidecars(path)}
    return [
        f"{file}: beside no article. Name it after one: a.txt has a.txt.meta.toml."
        for file in sorted(sidecars)
        if article_of(file) not in articles
    ]

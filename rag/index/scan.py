"""Which files are new, changed, unchanged or gone since the last ingest."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.index.ingestion import Reading
from rag.index.records import SourceFile


@dataclass(frozen=True, slots=True)
class Scan:
    """The files under the given paths; ``changed`` includes those that are new."""

    unchanged: tuple[SourceFile, ...]
    changed: tuple[SourceFile, ...]
    vanished: tuple[Path, ...]
    problems: tuple[str, ...]


def scan(paths: Sequence[Path], stored: Mapping[Path, SourceFile], reading: Reading) -> Scan:
    """What is under these paths, compared by content with what is stored.

    Files vanish only from a path under which others are still found: an empty folder may be a
    disk that is not there today. Raises what ``find_files`` raises for a path that is none.
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
        vanished=tuple(_under([path for path in given if found[path]], stored.keys() - seen)),
        problems=(*problems, *_emptied(found, stored)),
    )


def base_of(file: SourceFile) -> Path:
    """The folder that the file's article ids are relative to."""
    return file.root.parent if file.root == file.path else file.root


def _digested(paths: Iterable[Path], roots: set[Path]) -> tuple[list[SourceFile], list[str]]:
    files, problems = [], []
    for path in paths:
        try:
            str(path).encode()
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except UnicodeEncodeError:
            shown = str(path).encode(errors="replace").decode()
            problems.append(f"{shown}: its name is not UTF-8; skipped. Rename it.")
        except OSError as error:
            problems.append(f"{path}: {error.strerror}; what was read from it before stays.")
        else:
            files.append(SourceFile(path, _root_of(path, roots), digest))
    return files, problems


def _root_of(path: Path, roots: set[Path]) -> Path:
    """The widest path the user ever named that holds the file, so that its ids stay the same."""
    return next((parent for parent in reversed(path.parents) if parent in roots), path)


def _under(paths: Sequence[Path], files: Iterable[Path]) -> list[Path]:
    return sorted(file for file in files if any(file.is_relative_to(path) for path in paths))


def _emptied(found: Mapping[Path, Sequence[Path]], stored: Mapping[Path, SourceFile]) -> list[str]:
    return [
        f"{path}: no article in it; what was read from it before stays."
        if _under([path], stored)
        else f"{path}: no article in it."
        for path, files in found.items()
        if not files
    ]

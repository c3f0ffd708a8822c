"""Files become articles: which files are read, and how each kind of them is."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from rag.domain import Article
from rag.errors import ReadingError, UsageError
from rag.reading.characters import decoded, printable
from rag.reading.contents import Contents
from rag.reading.dating import from_file_name
from rag.reading.html import read_html
from rag.reading.json_lines import read_json_lines
from rag.reading.markdown import read_markdown
from rag.reading.pdf import read_pdf
from rag.reading.sidecar import ENDING, Sidecar, sidecar_of

MAX_BYTES = 100_000_000
_MEGABYTE = 1_000_000


def read_text(data: bytes, where: str) -> Contents:
    """A plain text, which states all that it says of itself in its words."""
    return Contents(decoded(data, where))


_ONE_ARTICLE: dict[str, Callable[[bytes, str], Contents]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
}
_ARTICLE_A_LINE = ".jsonl"
SUFFIXES = (*_ONE_ARTICLE, _ARTICLE_A_LINE)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The articles of one file, and what is wrong with the lines that became none."""

    articles: tuple[Article, ...]
    problems: tuple[ReadingError, ...] = ()


def find_files(path: Path) -> list[Path]:
    """The files of a readable kind in this folder and those below it, sorted; a file is itself.

    Hidden files and folders are left out, and links to folders are not followed. Raises
    ``UsageError`` for a path that is not there, and for a folder that cannot be listed, so that
    no article is ever taken for deleted because a permission was missing.
    """
    if not stat.S_ISDIR(_status(path, UsageError).st_mode):
        return [path]
    return _named_so(path, SUFFIXES)


def find_sidecars(path: Path) -> list[Path]:
    """The sidecars in this folder and those below it, sorted; a file has none below it."""
    return _named_so(path, (ENDING,)) if path.is_dir() else []


def read_articles(path: Path, root: Path) -> ReadFile:
    """The articles of one file, ``root`` being the folder (or the file) that is ingested.

    An article's id is the path below ``root``, or the id that its line has. What a sidecar of
    the file states outweighs the file. Raises ``ReadingError`` where the file as a whole, or its
    sidecar, cannot be read.
    """
    where = printable(str(path))
    name = printable(path.name if path == root else path.relative_to(root).as_posix())
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ReadingError(f"{where}: not a kind of file read here ({', '.join(SUFFIXES)}).")
    data = _bytes_of(path, where)
    if suffix == _ARTICLE_A_LINE:
        _refuse_sidecar(path)
        return _line_by_line(data, name, where)
    contents = _sidecar(path).corrected(_ONE_ARTICLE[suffix](data, where))
    return ReadFile((contents.article(name, where, from_file_name(path.name)),))


def _sidecar(path: Path) -> Sidecar:
    """What is stated beside the file; nothing where there is no sidecar."""
    beside = sidecar_of(path)
    if not beside.exists():
        return Sidecar()
    where = printable(str(beside))
    return Sidecar.of(_bytes_of(beside, where), where)


def _refuse_sidecar(path: Path) -> None:
    beside = sidecar_of(path)
    if beside.exists():
        where = printable(str(beside))
        raise ReadingError(f"{where}: of many articles. Put what it says in their lines.")


def _line_by_line(data: bytes, name: str, where: str) -> ReadFile:
    found = list(read_json_lines(data, name, where))
    if not found:
        raise ReadingError(f"{where}: empty. Give it articles, or leave it out.")
    return ReadFile(
        tuple(item for item in found if isinstance(item, Article)),
        tuple(item for item in found if isinstance(item, ReadingError)),
    )


def _named_so(path: Path, endings: tuple[str, ...]) -> list[Path]:
    return sorted(
        Path(folder, name)
        for folder, names in _folders(path)
        for name in names
        if name.lower().endswith(endings)
    )


def _folders(path: Path) -> list[tuple[str, list[str]]]:
    found = []
    for folder, subfolders, names in os.walk(path, onerror=_refuse):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        found.append((folder, [name for name in names if not name.startswith(".")]))
    return found


def _refuse(error: OSError) -> NoReturn:
    where = printable(str(error.filename))
    raise UsageError(f"{where}: cannot be listed ({error.strerror}). Allow it.") from error


def _bytes_of(path: Path, where: str) -> bytes:
    status = _status(path, ReadingError)
    if not stat.S_ISREG(status.st_mode):
        raise ReadingError(f"{where}: not a file. Leave it out.")
    if status.st_size > MAX_BYTES:
        size = f"{status.st_size // _MEGABYTE} MB, more than {MAX_BYTES // _MEGABYTE} MB"
        raise ReadingError(f"{where}: too large ({size}). Split it, or leave it out.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadingError(f"{where}: cannot be read ({error.strerror}). Allow it.") from error
    if not data:
        raise ReadingError(f"{where}: empty. Give it text, or leave it out.")
    return data


def _status(path: Path, failure: type[UsageError]) -> os.stat_result:
    try:
        return path.stat()
    except OSError as error:
        where = printable(str(path))
        raise failure(f"{where}: cannot be found ({error.strerror}). Check the path.") from error

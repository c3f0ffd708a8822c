"""Files of JSON lines as the commands read them: ``-`` is standard input."""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from rag.errors import UsageError


@contextmanager
def opened_lines(file: str) -> Iterator[Iterable[str]]:
    """The lines of the file, one at a time. Raises ``UsageError`` where it cannot be read."""
    if file == "-":
        yield _standard_input()
        return
    with _opened(file) as lines:
        yield lines


def read_record(line: str, number: int) -> dict[str, Any]:
    """The JSON object of the line. Raises ``UsageError`` with its number where there is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"Line {number} is not JSON: {error}. Correct the line.") from error
    if not isinstance(record, dict):
        raise UsageError(f"Line {number} is not a JSON object. Write one object a line.")
    return record


def _standard_input() -> Iterable[str]:
    """It is ``None`` where the caller closed it."""
    is_there = sys.stdin is not None
    return io.TextIOWrapper(sys.stdin.buffer, "utf-8", errors="replace") if is_there else ()


def _opened(file: str) -> TextIO:
    try:
        return Path(file).open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}. Name a .jsonl file.") from error

"""Files of JSON lines as the commands read them: ``-`` is standard input."""

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TextIO

from rag.errors import ModelError, RagError, StoreError, UsageError


@dataclass(frozen=True, slots=True)
class Reply:
    """What is written for a line, and the exit code that the whole run then has at least.

    The code is 0 unless the line failed for want of an index or a model: that is no fault of the
    line, and others fail likewise.
    """

    record: dict[str, Any]
    exit_code: int = 0

    @classmethod
    def failed(cls, identifier: object, error: RagError) -> Self:
        """The line's id, where it has one, and the error."""
        is_lines_own = not isinstance(error, StoreError | ModelError)
        return cls({"id": identifier, "error": str(error)}, 0 if is_lines_own else error.exit_code)


@contextmanager
def opened_lines(file: str) -> Iterator[Iterable[str]]:
    """The lines of the file, one at a time. Raises ``UsageError`` where it cannot be read."""
    if file == "-":
        yield _standard_input()
        return
    with _opened(file) as lines:
        yield lines


def replies(
    lines: Iterable[str], reply: Callable[[dict[str, Any], int], dict[str, Any]]
) -> Iterator[Reply]:
    """The reply to each line in order, by its object and number.

    Blank lines are passed over; one that fails gives its id, where it has one, and the error.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _reply(line, number, reply)


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


def _reply(line: str, number: int, reply: Callable[[dict[str, Any], int], dict[str, Any]]) -> Reply:
    identifier = None
    try:
        record = read_record(line, number)
        identifier = record.get("id")
        return Reply(reply(record, number))
    except RagError as error:
        return Reply.failed(identifier, error)

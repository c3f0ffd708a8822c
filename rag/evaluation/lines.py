"""JSON lines of question sets and run folders; what is wrong names the file and the line."""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rag.errors import UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One JSON object of a file, and where it stands."""

    path: Path
    number: int
    fields: Mapping[str, Any]

    def parsed(self, parse: Callable[[Mapping[str, Any]], T]) -> T:
        """What ``parse`` makes of the object. Raises ``UsageError`` where it cannot."""
        try:
            return parse(self.fields)
        except KeyError as error:
            raise self.wrong(f"{error.args[0]!r} is missing") from error
        except (ValueError, TypeError, AttributeError, IndexError) as error:
            raise self.wrong(str(error)) from error

    def wrong(self, what: str) -> UsageError:
        """The error that names this line."""
        return UsageError(f"{self.path}, line {self.number}: {what}. Correct the line.")


def read_lines(path: Path) -> Iterator[Line]:
    """The objects of a ``.jsonl`` or ``.jsonl.gz`` file, one at a time; blank lines are left out.

    Raises ``UsageError`` where the file cannot be read or a line is no JSON object.
    """
    number = 0
    try:
        with _opened(path) as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield _line(path, number, text)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        after = f" after line {number}" if number else ""
        raise UsageError(f"{path} cannot be read{after}: {reason}. Check the file.") from error


def _opened(path: Path) -> io.TextIOWrapper:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def _line(path: Path, number: int, text: str) -> Line:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Line(path, number, {}).wrong(f"not valid JSON ({error})") from error
    if not isinstance(fields, dict):
        raise Line(path, number, {}).wrong("not a JSON object")
    return Line(path, number, fields)

"""SHA-256 of large files, read once and remembered for as long as the file stays as it was."""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entries = dict[str, dict[str, Any]]


def sha256(path: Path) -> str:
    """The digest of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Digests already computed, in one small JSON file, each with the file's size and mtime_ns.

    It saves time and is no proof: who can alter a file and set its mtime back is not noticed
    until ``forget`` and a second reading.
    """

    path: Path

    def digest(self, file: Path) -> str:
        """The file's SHA-256, read again only where its size or mtime changed."""
        stamp = _stamp(file)
        known = self._entries().get(str(file), {})
        if known.get("stamp") == stamp:
            return str(known["sha256"])
        found = sha256(file)
        self.remember(file, found)
        return found

    def remember(self, file: Path, digest: str) -> None:
        """Note a digest that was just computed."""
        entry = {"stamp": _stamp(file), "sha256": digest}
        self._write(self._entries() | {str(file): entry})

    def forget(self) -> None:
        """Every file is read again when its digest is next asked for."""
        self._write({})

    def _entries(self) -> Entries:
        with suppress(OSError, ValueError):
            entries = json.loads(self.path.read_text(encoding="utf-8"))
            if isinstance(entries, dict):
                return entries
        return {}

    def _write(self, entries: Entries) -> None:
        """Store them whole or not at all; a cache that is read-only costs time, no error."""
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(entries, file, indent=1)
            Path(name).replace(self.path)


def _stamp(file: Path) -> list[int]:
    stat = file.stat()
    return [stat.st_size, stat.st_mtime_ns]

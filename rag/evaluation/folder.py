"""The folder of one run: what it holds is added to, never overwritten.

manifest.json   what the run depends on
answers.jsonl   a line a question, as ``records.py`` describes; written as they are answered
baseline.jsonl  the same of the baseline, where it was asked for
scores.json     all figures, as ``summary.py`` describes; its presence says the run is complete
report.html     the report
index/          the index of the seeds that was asked
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from rag.errors import UsageError
from rag.evaluation.lines import read_lines
from rag.evaluation.records import Row

INDEX = "index"
ANSWERS = "answers.jsonl"
BASELINE = "baseline.jsonl"
# What a baseline's answers and their times depend on: nothing of the program it stands beside.
# Its scores are those it was given then.
_OF_BASELINE = (
    "baseline", "cores", "data", "embedder", "limit", "model", "python", "quick", "seed", "sets"
)  # fmt: skip
_MANIFEST = "manifest.json"
_SCORES = "scores.json"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run on disk. Every method raises ``UsageError`` naming the file that is wrong."""

    path: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """The folder for this process alone; made where it is not there yet."""
        self._check_ours()
        with _disk_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / _LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                message = f"Another rag eval is running in {self.path}. Name another --run DIR."
                raise UsageError(message) from None
        try:
            yield
        finally:
            lock.release()

    @property
    def is_begun(self) -> bool:
        """Whether the manifest is there: all that it names was made ready."""
        return (self.path / _MANIFEST).is_file()

    @property
    def is_complete(self) -> bool:
        """Whether the run was finished and scored."""
        return (self.path / _SCORES).is_file()

    @property
    def manifest(self) -> dict[str, Any]:
        """What the run depends on."""
        return self._object(_MANIFEST)

    @property
    def scores(self) -> dict[str, Any]:
        """The figures of a run that is complete."""
        if not self.is_complete:
            raise UsageError(
                f"{self.path} is no complete run: it has no {_SCORES}. "
                f"Finish it with the command that began it and: --run {self.path}"
            )
        return self._object(_SCORES)

    def start(self, manifest: Mapping[str, Any]) -> None:
        """Notes the manifest. Raises ``UsageError`` where a run of another one is here."""
        if not self.is_begun:
            self._write(_MANIFEST, manifest)
            return
        if differences := differing(self.manifest, json.loads(json.dumps(manifest))):
            raise UsageError(
                f"{self.path} holds a run of another kind: {'; '.join(differences)}. "
                "Nothing was changed. Name another --run DIR, or none."
            )

    def adopt_baseline(self, other: "RunFolder") -> None:
        """Takes over the baseline's answers of another run that asked it the same.

        Where this run has answers of its own already, they stay.
        """
        answers, complete = self.path / BASELINE, other.scores["baseline"] is not None
        ours, theirs = (
            {name: folder.manifest.get(name) for name in _OF_BASELINE} for folder in (self, other)
        )
        differences = differing(theirs, ours) if complete else ["it has none"]
        if differences:
            raise UsageError(
                f"The baseline of {other.path} is no baseline of this run: "
                f"{'; '.join(differences)}. Answer anew with: --baseline"
            )
        if answers.exists():
            return
        with _disk_errors(self.path):
            draft = answers.with_suffix(".new")
            shutil.copyfile(other.path / BASELINE, draft)
            draft.replace(answers)

    def rows(self, name: str) -> list[Row]:
        """What was answered so far, in order; a last line that was cut short is not."""
        path = self.path / name
        if not path.is_file():
            return []
        self._drop_torn_line(path)
        return [line.parsed(Row.of) for line in read_lines(path)]

    def add(self, name: str, line: Mapping[str, Any]) -> None:
        """Writes one line, and has it on disk before it returns."""
        with _disk_errors(self.path), (self.path / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def finish(self, scores: Mapping[str, Any]) -> None:
        """Notes the figures; the run is complete."""
        self._write(_SCORES, scores)

    def _check_ours(self) -> None:
        """A folder of something else is left alone."""
        if self.path.exists() and not self.path.is_dir():
            raise UsageError(f"{self.path} is a file. Name a folder: --run DIR")
        held = {path.name for path in self.path.iterdir()} if self.path.is_dir() else set()
        if held - {INDEX, _LOCK} and _MANIFEST not in held:
            raise UsageError(
                f"{self.path} is not empty and holds no run ({_MANIFEST} is missing). "
                "Nothing was changed. Name a new folder: --run DIR"
            )

    def _object(self, name: str) -> dict[str, Any]:
        path = self.path / name
        try:
            value = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise UsageError(f"{path} cannot be read: {error}. Name a folder of a run.") from error
        if not isinstance(value, dict):
            raise UsageError(f"{path} is no JSON object. Name a folder of a run.")
        return value

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        """Writes a file that is there whole or not at all."""
        draft = self.path / f"{name}.new"
        with _disk_errors(self.path):
            draft.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
            draft.replace(self.path / name)

    def _drop_torn_line(self, path: Path) -> None:
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data) and not self.is_complete:
            with _disk_errors(self.path), path.open("r+b") as file:
                file.truncate(whole)


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """What differs between two manifests, in words."""
    return [
        f"{name} is {one.get(name)!r}, not {other.get(name)!r}"
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    ]


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written: {reason}. Name another --run DIR.") from error

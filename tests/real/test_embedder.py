"""The two embedders are one: the same vectors, counts and fingerprint, from the real weights."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.index.embedder import (
    Embedder,
    OnnxEmbedder,
    SentenceTransformerEmbedder,
    question_embedder,
)
from rag.reading.sentences import sentence_spans

QUESTION = "When is Putin's next planned trip to China?"


@pytest.fixture(scope="module")
def onnx(embedder_folder: Path) -> Embedder:
    return OnnxEmbedder(embedder_folder)


@pytest.fixture(scope="module")
def original(embedder_folder: Path) -> Embedder:
    return SentenceTransformerEmbedder(embedder_folder)


def sentences(seeds: Path) -> list[str]:
    """A thousand texts: the seeds and their sentences, each two in a row, beginnings of them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    whole = [span.of(text) for text in texts for span in sentence_spans(text)]
    pairs = [f"{first} {second}" for first, second in pairwise(whole)]
    cut = [
        " ".join(text.split()[:count])
        for count in range(3, 40)
        for text in whole
        if count < len(text.split())
    ]
    return list(dict.fromkeys([*whole, *pairs, *texts, *cut]))[:1000]


def test_both_give_the_same_vectors(onnx: Embedder, original: Embedder, seeds: Path) -> None:
    texts = sentences(seeds)
    assert len(texts) == 1000
    ours, theirs = onnx.embed(texts), original.embed(texts)
    assert ours.dtype == theirs.dtype == np.float32
    assert ours.shape == theirs.shape == (1000, 384)
    assert float((ours * theirs).sum(axis=1).min()) > 1 - 1e-4
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(theirs, axis=1), 1, atol=1e-5)


def test_both_cut_a_long_text_at_the_same_word_piece(onnx: Embedder, original: Embedder) -> None:
    text = " ".join(f"word{n}" for n in range(500))
    assert onnx.max_tokens == original.max_tokens == 256
    assert float(onnx.embed([text])[0] @ original.embed([text])[0]) > 1 - 1e-4
    longer = onnx.embed([text, text + " and a different end"])
    assert np.allclose(longer[0], longer[1], atol=1e-6)


def test_a_text_has_the_same_vector_alone_and_among_others(onnx: Embedder) -> None:
    texts = ["short", "a text of middling length about bears", "long " * 200, "x", ""]
    together = onnx.embed(texts)
    for place, text in enumerate(texts):
        assert np.allclose(onnx.embed([text])[0], together[place], atol=1e-5)


def test_both_count_word_pieces_without_special_ones(onnx: Embedder, original: Embedder) -> None:
    for text, count in (("", 0), ("the bear", 2), ("unaffable", 3), ("hello world " * 300, 600)):
        assert onnx.count_tokens(text) == original.count_tokens(text) == count


def test_a_question_is_nearest_to_what_answers_it(onnx: Embedder) -> None:
    question, trip, phones = onnx.embed(
        [QUESTION, "Putin will visit China in late August.", "Apple sells phones."]
    )
    assert question @ trip > 3 * (question @ phones)


def test_no_text_gives_no_vector(onnx: Embedder, original: Embedder) -> None:
    assert len(onnx.embed([])) == len(original.embed([])) == 0


def test_both_have_one_fingerprint_wherever_the_folder_is(
    onnx: Embedder, original: Embedder, embedder_folder: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(embedder_folder, moved, ignore=shutil.ignore_patterns("rag-*", "onnx"))
    assert onnx.fingerprint == original.fingerprint == OnnxEmbedder(moved).fingerprint


def test_other_weights_or_another_pooling_are_another_embedder(
    embedder_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "altered"
    shutil.copytree(embedder_folder, folder, ignore=shutil.ignore_patterns("onnx"))
    seen = {OnnxEmbedder(folder).fingerprint}
    pooling = folder / "1_Pooling" / "config.json"
    pooling.write_text(pooling.read_text().replace("false", "true", 1))
    seen.add(OnnxEmbedder(folder).fingerprint)
    with (folder / "model.safetensors").open("ab") as weights:
        weights.write(b"more")
    seen.add(OnnxEmbedder(folder).fingerprint)
    assert len(seen) == 3


def test_a_folder_without_an_onnx_copy_serves_questions_all_the_same(
    embedder_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    shutil.copytree(embedder_folder, folder, ignore=shutil.ignore_patterns("onnx"))
    assert isinstance(question_embedder(folder), SentenceTransformerEmbedder)
    assert isinstance(question_embedder(embedder_folder), OnnxEmbedder)


@pytest.mark.parametrize("made", [OnnxEmbedder, SentenceTransformerEmbedder])
def test_a_folder_that_is_missing_or_broken_names_the_command_that_fetches_it(
    made: type[OnnxEmbedder], embedder_folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(embedder_folder, broken)
    for name in ("model.safetensors", "onnx/model.onnx"):
        (broken / name).write_bytes(b"half a file")
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "missing", tmp_path / "empty", broken):
        with pytest.raises(ModelError, match="rag pull"):
            made(folder).embed(["text"])
    with pytest.raises(ModelError, match="rag pull"):
        _ = made(tmp_path / "missing").fingerprint
    with pytest.raises(ModelError, match="rag pull"):
        made(tmp_path / "missing").count_tokens("text")


def test_a_question_is_embedded_without_torch(embedder_folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from rag.index.embedder import question_embedder;"
        f"embedder = question_embedder(Path({str(embedder_folder)!r}));"
        f"assert embedder.embed([{QUESTION!r}]).shape == (1, 384);"
        "assert embedder.count_tokens('a bear') == 2; assert embedder.fingerprint;"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'llama_index', 'chromadb'};"
        "sys.exit(', '.join(heavy & sys.modules.keys()) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

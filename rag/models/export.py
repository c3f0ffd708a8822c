"""The encoder as one ONNX graph, so that a question is embedded without importing torch.

Run as ``python -m rag.models.export FOLDER TARGET`` it does the same in a process of its own, and
torch leaves with it.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag.errors import ModelError

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "sentence_embedding"


def export_apart(folder: Path, target: Path) -> None:
    """``export_onnx`` in a process of its own. Raises ``ModelError`` with what it said last."""
    command = [sys.executable, "-m", "rag.models.export", str(folder), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        raise ModelError(
            f"{folder} could not be exported to ONNX: {said}. "
            "Reinstall the dependencies, then run: rag pull"
        )


def export_onnx(folder: Path, target: Path) -> None:
    """Encoder, mean pooling and L2 normalisation of a sentence-transformers folder in one graph.

    Inputs ``input_ids``, ``attention_mask`` and ``token_type_ids``, int64 of shape
    (batch, sequence), both free; output ``sentence_embedding``, float32 of shape
    (batch, dimensions). ``target`` appears whole or not at all.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        written = Path(scratch, target.name)
        with warnings.catch_warnings(), _without_onnxscript():
            warnings.simplefilter("ignore")
            _trace(_encoder(folder), written)
        _replace(written, target)


def _encoder(folder: Path) -> Any:
    import torch
    from transformers import AutoModel

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(
                folder, local_files_only=True, attn_implementation="eager"
            ).eval()

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            words = self.model(**dict(zip(INPUTS, inputs, strict=True))).last_hidden_state
            weights = inputs[1].unsqueeze(-1).to(words.dtype)
            means = (words * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(means, dim=1)

    return Encoder()


def _trace(encoder: Any, target: Path) -> None:
    import torch

    some = torch.ones((2, 8), dtype=torch.long)
    free = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        encoder,
        (some, some, torch.zeros_like(some)),
        str(target),
        input_names=list(INPUTS),
        output_names=[OUTPUT],
        dynamic_axes={**dict.fromkeys(INPUTS, free), OUTPUT: {0: "batch"}},
        dynamo=False,
    )


@contextlib.contextmanager
def _without_onnxscript() -> Iterator[None]:
    """The exporter without its last step, which needs the ``onnx`` package.

    That step looks for functions written in onnxscript, to add them to the graph; there are none
    in ours, and it returns the graph as it was. torch is pinned, so the name is there.
    """
    from torch.onnx._internal.torchscript_exporter import (
        onnx_proto_utils,
    )

    name = "_add_onnxscript_fn"
    original = getattr(onnx_proto_utils, name)
    setattr(onnx_proto_utils, name, lambda graph, _functions: graph)
    try:
        yield
    finally:
        setattr(onnx_proto_utils, name, original)


def _replace(written: Path, target: Path) -> None:
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(target)


if __name__ == "__main__":
    export_onnx(Path(sys.argv[1]), Path(sys.argv[2]))

"""The process that llama.cpp runs in: it says where it listens, and ends when its parent does.

``python -m rag.models.engine_process FILE CONTEXT REMEMBERED_MIB``, started by
``rag.models.engine``, imports as little as it can.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from rag.errors import ModelError

KEY = "RAG_ENGINE_KEY"
# The engine looks for a closed stream between two batches of the prompt: 64 tokens is about a
# second here, and as fast as one batch for all.
BATCH = 64
_MAGIC = b"GGUF"
_REPAIR = "Run: rag pull, or correct RAG_GGUF where that names the file"


def main(path: Path, context: int, remembered_mib: int) -> None:
    """Load the file, say one line of JSON (``address`` or ``error``), serve until input ends."""
    try:
        output = _take_output()
        try:
            server = _open(path, context, remembered_mib)
            said = {"address": server.listening_address}
        except ModelError as error:
            said = {"error": str(error)}
        output.write(json.dumps(said) + "\n")
        output.close()
        sys.stdin.read()
    finally:
        # The interpreter's own end, with threads inside llama.cpp, is a segmentation fault.
        os._exit(0)


def _take_output() -> TextIO:
    """Standard output for us alone: what llama.cpp prints goes where errors go."""
    ours = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return ours


def _open(path: Path, context: int, remembered_mib: int) -> Any:
    _check_magic(path)
    xllamacpp = _import()
    try:
        return xllamacpp.Server(_parameters(xllamacpp, path, context, remembered_mib))
    except RuntimeError as error:
        raise ModelError(
            f"{path} cannot be loaded: it is cut short, altered, or of a kind this engine does "
            f"not know. {_REPAIR}"
        ) from error


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}. {_REPAIR}") from error
    if magic != _MAGIC:
        raise ModelError(f"{path} is no GGUF file. {_REPAIR}")


def _import() -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelError(
            f"The embedded engine cannot be imported: {error}. Run: pip install xllamacpp"
        ) from error
    return xllamacpp


def _parameters(xllamacpp: Any, path: Path, context: int, remembered_mib: int) -> Any:
    values = xllamacpp.CommonParams()
    values.model.path = str(path)
    values.n_ctx, values.n_batch, values.n_ubatch = context, BATCH, BATCH
    values.n_parallel = 1
    values.api_keys = [os.environ[KEY]]
    values.verbosity = 0
    values.cache_ram_mib = remembered_mib
    for unwanted in ("warmup", "fit_params", "ui", "endpoint_slots"):
        setattr(values, unwanted, False)
    return values


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

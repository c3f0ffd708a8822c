"""llama.cpp inside this process: loaded in the background, stopped when nobody listens."""

import http.client
import json
import os
import secrets
import weakref
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread, current_thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from rag.errors import ModelError

# The engine looks for a closed stream between two batches of the prompt: 64 tokens is about a
# second here, and as fast as one batch for all.
BATCH = 64
_MAGIC = b"GGUF"
_REPAIR = "Run: rag pull, or correct RAG_GGUF where that names the file"

Chunk = dict[str, Any]


class Engine:
    """A GGUF file being loaded, then served; errors of loading are raised on first use."""

    def __init__(self, path: Path, context: int) -> None:
        self._loading = _Loading(path, context)
        self._stopping = Event()
        self._threads: weakref.WeakSet[Thread] = weakref.WeakSet([self._loading])
        # A thread inside llama.cpp while the interpreter goes away ends in a segmentation fault.
        weakref.finalize(self, _wind_down, self._stopping, self._threads)

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        """What the engine's own HTTP server, open to this process alone, answers."""
        loading = self._loading.done()
        address = urlsplit(loading.server.listening_address)
        connection = http.client.HTTPConnection(str(address.hostname), address.port)
        try:
            headers = {"Authorization": f"Bearer {loading.key}", "Content-Type": "application/json"}
            connection.request("POST", path, json.dumps(body), headers)
            answer = json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ModelError(f"The embedded model stopped: {error}. Run: rag doctor") from error
        finally:
            connection.close()
        return answer

    def reply(self, request: dict[str, Any]) -> "Reply":
        """The reply to a chat request, being written from now on."""
        reply = Reply(self._loading.done().server, request, self._stopping)
        reply.start()
        self._threads.add(reply)
        return reply


class _Loading(Thread):
    """Loads the file; reading it takes 1.5 s of which the caller can make use."""

    def __init__(self, path: Path, context: int) -> None:
        super().__init__(daemon=True)
        self.path, self.context = path, context
        self.key = secrets.token_hex(16)
        self.server: Any = None
        self._error: ModelError | None = None
        self.start()

    def run(self) -> None:
        """Load; what goes wrong waits for ``done``."""
        try:
            self.server = _open(self.path, self.context, self.key)
        except ModelError as error:
            self._error = error

    def done(self) -> "_Loading":
        """Itself once the model is loaded."""
        self.join()
        if self._error is not None:
            raise ModelError(str(self._error)) from self._error
        return self


class Reply(Thread):
    """A reply being written; its chunks wait in a queue, so that the reader can be interrupted."""

    def __init__(self, server: Any, request: dict[str, Any], stopping: Event) -> None:
        super().__init__(daemon=True)
        self._server, self._request = server, request
        self._stopping, self._closed = stopping, Event()
        self._chunks: SimpleQueue[Chunk | None] = SimpleQueue()

    def run(self) -> None:
        """Write until the end, an error or ``close``."""
        try:
            self._server.handle_chat_completions(self._request, self._arrived)
        except Exception as error:  # handed on to the reader, who raises it
            self._chunks.put({"error": {"message": str(error)}})
        self._chunks.put(None)

    def next_chunk(self, deadline: float) -> Chunk | None:
        """The next chunk, ``None`` at the end. Raises ``TimeoutError`` after the deadline."""
        try:
            return self._chunks.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            raise TimeoutError from None

    def close(self) -> None:
        """Stop writing, within a batch of the prompt or at the next token; returns at once."""
        self._closed.set()

    def _arrived(self, chunk: Chunk) -> bool:
        self._chunks.put(chunk)
        return self._closed.is_set() or self._stopping.is_set()


def _open(path: Path, context: int, key: str) -> Any:
    _check_magic(path)
    xllamacpp = _import()
    try:
        return xllamacpp.Server(_parameters(xllamacpp, path, context, key))
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
    # OpenMP's threads spin while they wait for one another, by default; on a machine with other
    # work that made writing 10 times slower (1.4 tokens a second instead of 14). It is read once,
    # when the library is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelError(
            f"The embedded engine cannot be imported: {error}. Run: pip install xllamacpp"
        ) from error
    return xllamacpp


def _parameters(xllamacpp: Any, path: Path, context: int, key: str) -> Any:
    values = xllamacpp.CommonParams()
    values.model.path = str(path)
    values.n_ctx, values.n_batch, values.n_ubatch = context, BATCH, BATCH
    values.n_parallel = 1
    values.api_keys = [key]
    values.verbosity = 0
    values.cache_ram_mib = 0
    for unwanted in ("warmup", "fit_params", "ui", "endpoint_slots"):
        setattr(values, unwanted, False)
    return values


def _wind_down(stopping: Event, threads: "weakref.WeakSet[Thread]") -> None:
    stopping.set()
    for thread in list(threads):
        if thread is not current_thread():
            thread.join()

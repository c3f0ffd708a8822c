"""llama.cpp in a process of its own: its loading holds up nobody, its crash is an error."""

import json
import os
import secrets
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from rag.errors import ModelError
from rag.models.engine_process import KEY

_STOPPED = "The embedded model stopped while it was being loaded. Run: rag doctor"

Chunk = dict[str, Any]


class Engine:
    """A GGUF file being loaded, then served; errors of loading are raised on first use.

    Its process ends with this object, or with this program, whichever way that ends.
    """

    def __init__(self, path: Path, context: int, remembered_mib: int = 0) -> None:
        self._key = secrets.token_hex(16)
        self._process = _start([str(path), str(context), str(remembered_mib)], self._key)
        weakref.finalize(self, _end, self._process)

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        """What the engine answers at that path of its HTTP server."""
        with self._exchange(path, body) as connection:
            return _checked(json.loads(connection.getresponse().read()))

    @contextmanager
    def reply(self, request: dict[str, Any]) -> Iterator["Reply"]:
        """The reply to a chat request; leaving it stops the engine within a batch or a token."""
        with self._exchange("/v1/chat/completions", request) as connection:
            yield Reply(connection)

    @contextmanager
    def _exchange(self, path: str, body: dict[str, Any]) -> Iterator[HTTPConnection]:
        address = urlsplit(self._address())
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        with closing(HTTPConnection(str(address.hostname), address.port)) as connection:
            try:
                connection.request("POST", path, json.dumps(body), headers)
                yield connection
            except (OSError, HTTPException, ValueError) as error:
                raise ModelError(f"The embedded model stopped: {error}. Run: rag doctor") from error

    def _address(self) -> str:
        if "error" in self._first_words:
            raise ModelError(self._first_words["error"])
        return self._first_words["address"]

    @cached_property
    def _first_words(self) -> dict[str, str]:
        """The one line that the process says, once it has loaded or cannot."""
        assert self._process.stdout
        try:
            return dict(json.loads(self._process.stdout.readline()))
        except ValueError:
            return {"error": _STOPPED}


class Reply:
    """A reply being written, read chunk by chunk."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection, self._socket = connection, connection.sock

    def next_chunk(self, deadline: float) -> Chunk | None:
        """The next chunk, ``None`` at the end. Raises ``TimeoutError`` after the deadline."""
        self._wait_until(deadline)
        line = next((line for line in self._response if b"{" in line), None)
        return _checked(json.loads(line.removeprefix(b"data: "))) if line else None

    def _wait_until(self, deadline: float) -> None:
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)

    @cached_property
    def _response(self) -> HTTPResponse:
        return self._connection.getresponse()


def _start(arguments: Sequence[str], key: str) -> subprocess.Popen[bytes]:
    module = "rag.models.engine_process"
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            env=_environment(key),
            stdin=subprocess.PIPE,  # never written: its end tells the process that we are gone
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # a Ctrl-C at the terminal is ours alone
        )
    except OSError as error:
        raise ModelError(
            f"The embedded engine cannot be started: {error}. "
            "Free some memory, or quote with: --model none"
        ) from error


def _environment(key: str) -> dict[str, str]:
    """Ours, with the key, which a command line would show to everybody on the machine."""
    # OpenMP's threads spin while they wait for one another, by default; on a machine with other
    # work that made writing 10 times slower (1.4 tokens a second instead of 14).
    openmp = {"OMP_WAIT_POLICY": "passive"}
    found_where_we_found_it = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return openmp | dict(os.environ) | found_where_we_found_it | {KEY: key}


def _end(process: subprocess.Popen[bytes]) -> None:
    with process:
        process.kill()


def _checked(answer: Any) -> Any:
    if "error" in answer:
        said = answer["error"].get("message", answer["error"])
        raise ModelError(f"The embedded model failed: {said}. Run: rag doctor")
    return answer

"""A stand-in for Ollama: real HTTP on a loopback port, Ollama's wire format, scripted replies.

Written after Ollama's API documentation and the source of its Python client. A reply is a list
of steps; ``behind`` puts any ``Chat`` behind it instead, for real words.
"""

import json
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from rag.models.chat import Chat, Message

DIGEST = "359d7dd4bcdab3d86b87d73ac27966f4dbb9f5efdfcc75d34a8764a09474fae7"


@dataclass(frozen=True)
class Pause:
    """Say nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Cut:
    """Drop the connection without a good-bye."""


@dataclass(frozen=True)
class Raw:
    """These bytes, whatever they are."""

    content: bytes


@dataclass(frozen=True)
class Failure:
    """An error object in the middle of a stream that began with 200."""

    reason: str


@dataclass(frozen=True)
class Status:
    """Refuse the request with this status, body and headers, before anything is streamed."""

    code: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class _QuietServer(ThreadingHTTPServer):
    """A client that gave up is what some tests are about: no trace of it among the results."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


Step = str | Pause | Cut | Raw | Failure | Status


@dataclass
class OllamaServer:
    """Listens while the ``with`` block lasts; ``requests`` holds (path, body) as they came."""

    models: dict[str, list[str]] = field(default_factory=lambda: {"qwen3:4b": ["completion"]})
    context_length: int = 40_960
    behind: Chat | None = None
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    disconnected: bool = False

    def __post_init__(self) -> None:
        self.scripts: dict[str, deque[list[Step]]] = {}
        handler = type("Handler", (_Handler,), {"ollama": self})
        self._server = _QuietServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False

    def enqueue(self, *steps: Step, path: str = "/api/chat") -> Self:
        """What the next request to this path is answered with."""
        self.scripts.setdefault(path, deque()).append(list(steps))
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def sent_to(self, path: str) -> dict[str, Any]:
        """The body of the last request to this path."""
        return next(body for at, body in reversed(self.requests) if at == path)

    def __enter__(self) -> Self:
        serve = self._server.serve_forever
        Thread(target=serve, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ollama: OllamaServer

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: dict[str, Any]) -> None:
        self.ollama.requests.append((self.path, body))
        scripts = self.ollama.scripts.get(self.path)
        try:
            if scripts:
                self._play(scripts.popleft(), body)
            else:
                self._usual(body)
        except (BrokenPipeError, ConnectionResetError):
            self.ollama.disconnected = True
            self.close_connection = True

    def _usual(self, body: dict[str, Any]) -> None:
        model = body.get("model")
        if self.path == "/api/version":
            self._json({"version": "0.12.6"})
        elif self.path == "/api/tags":
            self._json({"models": [self._tag(name) for name in self.ollama.models]})
        elif model not in self.ollama.models:
            self._json({"error": f"model '{model}' not found"}, 404)
        elif self.path == "/api/show":
            self._json(self._shown(model))
        else:
            self._stream(body, self._words(body))

    def _tag(self, name: str) -> dict[str, Any]:
        return {"name": name, "model": name, "size": 2_620_788_260, "digest": DIGEST}

    def _shown(self, name: str) -> dict[str, Any]:
        info = {"general.architecture": "qwen3", "qwen3.context_length": self.ollama.context_length}
        return {"details": {}, "model_info": info, "capabilities": self.ollama.models[name]}

    def _words(self, body: dict[str, Any]) -> Iterator[str]:
        assert self.ollama.behind, "the test enqueued no reply and put no model behind"
        messages = [Message(turn["role"], turn["content"]) for turn in body["messages"]]
        for delta in self.ollama.behind.stream(messages, body["options"]["num_predict"]):
            if delta.text:
                yield delta.text

    def _play(self, steps: list[Step], body: dict[str, Any]) -> None:
        while steps and isinstance(pause := steps[0], Pause):
            time.sleep(pause.seconds)
            steps.pop(0)
        if steps and isinstance(steps[0], Status):
            self._refuse(steps[0])
        elif steps and isinstance(steps[0], Cut):
            self._reset()
        else:
            self._stream(body, iter(steps))

    def _stream(self, body: dict[str, Any], steps: Iterator[Step]) -> None:
        self._head(
            200, (("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked"))
        )
        count = 0
        for step in steps:
            if isinstance(step, Cut):
                self._reset()
                return
            count += 1
            self._step(body["model"], step)
        ending = {"done_reason": "stop", "prompt_eval_count": 26, "eval_count": count}
        self._part(body["model"], "", done=True, **ending)
        self._chunk(b"")

    def _step(self, model: str, step: Step) -> None:
        match step:
            case str():
                self._part(model, step)
            case Pause(seconds):
                time.sleep(seconds)
            case Raw(content):
                self._chunk(content)
            case Failure(reason):
                self._chunk(json.dumps({"error": reason}).encode() + b"\n")

    def _part(self, model: str, text: str, *, done: bool = False, **more: Any) -> None:
        message = {"role": "assistant", "content": text}
        created = "2025-11-01T10:00:00.000000Z"
        part = {"model": model, "created_at": created, "message": message, "done": done, **more}
        self._chunk(json.dumps(part).encode() + b"\n")

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.wfile.flush()

    def _json(self, value: Any, code: int = 200) -> None:
        self._refuse(Status(code, json.dumps(value), (("Content-Type", "application/json"),)))

    def _refuse(self, status: Status) -> None:
        body = status.body.encode()
        self._head(status.code, (*status.headers, ("Content-Length", str(len(body)))))
        self.wfile.write(body)

    def _head(self, code: int, headers: tuple[tuple[str, str], ...]) -> None:
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def _reset(self) -> None:
        """Close with a reset, as a killed server's machine does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

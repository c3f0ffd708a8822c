"""A language model served by Ollama, over its own client."""

import ipaddress
import json
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from math import exp
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
import ollama
from pydantic import ValidationError

from rag.domain import ModelIdentity
from rag.errors import ModelError, ModelTimeout, UsageError
from rag.models.chat import Delta, Message, Usage
from rag.models.limits import Limits
from rag.models.neutral import neutral

ANSWER_ROOM = 512
# A model's template adds a few tokens to each turn, and some add a system turn of their own.
TURN = 8
TEMPLATE = 32
_GARBAGE = (
    json.JSONDecodeError,
    UnicodeDecodeError,
    ValidationError,
    AttributeError,
    TypeError,
    httpx.DecodingError,
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where Ollama listens, which model is meant, and how long it may take."""

    url: str
    name: str
    limits: Limits


class OllamaChat:
    """A ``Chat`` over a server that was seen to have the model."""

    def __init__(self, address: Address, model: "_Shown") -> None:
        self._address = address
        self._model = model

    @property
    def identity(self) -> ModelIdentity:
        """The model's name and the digest Ollama gives it."""
        return ModelIdentity("ollama", self._address.name, self._model.digest)

    @property
    def prompt_budget(self) -> int:
        """What the context holds beside the reply and the model's own template."""
        return self._model.context - ANSWER_ROOM - TEMPLATE

    def count_tokens(self, text: str) -> int:
        """The text's bytes: Ollama offers no tokenizer, and no token is shorter than a byte.

        About four times too many for English; a closer guess would be too few for some names.
        """
        return len(neutral(text).encode("utf-8", "replace"))

    def stream(
        self, messages: Sequence[Message], max_tokens: int, alternatives: int = 0
    ) -> Iterator[Delta]:
        """The reply, piece by piece. Raises ``ModelError`` where the prompt is over budget."""
        self._check_length(messages, max_tokens)
        with _Connection(self._address, self._address.limits.first_token) as connection:
            request = self._request(messages, max_tokens)
            if alternatives:
                request |= {"logprobs": True, "top_logprobs": alternatives}
            yield from self._deltas(connection, request)

    def _deltas(self, connection: "_Connection", request: dict[str, Any]) -> Iterator[Delta]:
        done = False
        for part in connection.chat(request):
            if text := part.message.content:
                connection.has_spoken = True
                yield Delta(text, alternatives=_alternatives(part))
            connection.check_time()
            if done := bool(part.done):
                yield Delta("", Usage(part.prompt_eval_count or 0, part.eval_count or 0))
        if not done:
            connection.check_time()
            raise ModelError(_cut(self._address))

    def _request(self, messages: Sequence[Message], max_tokens: int) -> dict[str, Any]:
        options = {"temperature": 0, "seed": 0, "num_predict": max_tokens}
        request: dict[str, Any] = {
            "model": self._address.name,
            "messages": [
                {"role": turn.role, "content": neutral(turn.content)} for turn in messages
            ],
            # Without num_ctx Ollama chooses one itself, and cuts the prompt's start unseen.
            "options": options | {"num_ctx": self._model.context},
            "stream": True,
        }
        return request | ({"think": False} if self._model.thinks else {})

    def _check_length(self, messages: Sequence[Message], max_tokens: int) -> None:
        tokens = sum(self.count_tokens(turn.content) + TURN for turn in messages)
        room = self.prompt_budget - max(0, max_tokens - ANSWER_ROOM)
        if tokens > room:
            raise ModelError(
                f"The prompt may take {tokens} tokens and has room for {room}. "
                "Ask a shorter question, or raise RAG_OLLAMA_CONTEXT."
            )


def _alternatives(part: ollama.ChatResponse) -> dict[str, float]:
    """The likeliest tokens where this piece begins; servers before 0.12.11 give none."""
    tokens = part.logprobs or []
    return {one.token: exp(one.logprob) for token in tokens[:1] for one in token.top_logprobs or []}


def open_ollama(url: str, name: str, context: int, limits: Limits) -> OllamaChat:
    """The chat with that model, once its server has answered.

    ``context`` is the tokens asked for at most; a model trained on fewer gets what it was
    trained on. Raises ``ModelError`` where no server answers within ``limits.connect`` or the
    model is not pulled, ``UsageError`` where the address is none.
    """
    address = Address(url, _tagged(name), limits)
    with _Connection(address, limits.connect) as connection:
        try:
            return OllamaChat(address, connection.show(context))
        except ModelTimeout as error:
            raise ModelError(
                f"No Ollama server answers at {url} within {limits.connect:g} s. Run: ollama serve"
            ) from error


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the server says of a model, and the context it is given."""

    digest: str | None
    thinks: bool
    context: int


class _Connection:
    """The ollama client for one exchange; every error it can raise leaves as ours.

    ``read_timeout`` is how long the server may be silent. A timer cuts the line when the total
    is over, since the client cannot be told of it.
    """

    def __init__(self, address: Address, read_timeout: float) -> None:
        self.has_spoken = False
        self._address, self._started = address, monotonic()
        self._socket: socket.socket | None = None
        self._timer = Timer(address.limits.total, self._cut)
        self._timer.daemon = True
        timeout = httpx.Timeout(min(read_timeout, address.limits.total))
        timeout.connect = address.limits.connect
        self._client = _client(address.url, timeout, self._met)

    def __enter__(self) -> "_Connection":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._client.close()  # type: ignore[no-untyped-call]

    def show(self, context: int) -> _Shown:
        """The model, as the server has it."""
        name = self._address.name
        with self._translated():
            shown = self._client.show(name)
            digests = {model.model: model.digest for model in self._client.list().models}
        trained = [
            value
            for key, value in (shown.modelinfo or {}).items()
            if key.endswith(".context_length") and isinstance(value, int)
        ]
        thinks = "thinking" in (shown.capabilities or ())
        return _Shown(digests.get(name), thinks, min([context, *trained]))

    def chat(self, request: dict[str, Any]) -> Iterator[ollama.ChatResponse]:
        """The parts of a streamed reply."""
        with self._translated():
            yield from self._client.chat(**request)

    def check_time(self) -> None:
        """Raise ``ModelTimeout`` where a limit has passed, however often the server speaks."""
        limits, elapsed = self._address.limits, monotonic() - self._started
        if elapsed > limits.total or (elapsed > limits.first_token and not self.has_spoken):
            raise ModelTimeout(_late(self._address))

    def _met(self, response: httpx.Response) -> None:
        self._socket = response.extensions["network_stream"].get_extra_info("socket")

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ConnectionError, httpx.ConnectError, httpx.ConnectTimeout) as error:
            url = self._address.url
            raise ModelError(f"No Ollama server answers at {url}. Run: ollama serve") from error
        except httpx.TimeoutException as error:
            raise ModelTimeout(_late(self._address)) from error
        except ollama.ResponseError as error:
            raise ModelError(_refusal(self._address, error)) from error
        except httpx.UnsupportedProtocol as error:
            raise UsageError(_no_address(self._address.url)) from error
        except httpx.TransportError as error:
            self.check_time()
            raise ModelError(_cut(self._address)) from error
        except _GARBAGE as error:
            raise ModelError(
                f"What answers at {self._address.url} does not speak as Ollama does. "
                "Correct RAG_OLLAMA_URL, or update Ollama."
            ) from error


def _client(url: str, timeout: httpx.Timeout, met: Any) -> ollama.Client:
    """A client that goes where it is told: no redirects, and no proxy between us and ourselves."""
    try:
        return ollama.Client(
            url,
            timeout=timeout,
            follow_redirects=False,
            trust_env=not _is_this_machine(url),
            verify=_certificates(),
            event_hooks={"response": [met]},
        )
    except (ValueError, httpx.InvalidURL) as error:
        raise UsageError(_no_address(url)) from error


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: every client would take 0.05 s to read them again."""
    return httpx.create_ssl_context()


def _tagged(name: str) -> str:
    """The name as Ollama lists it; a colon before a slash belongs to a host's port."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url if "://" in url else f"http://{url}").hostname or "localhost"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _no_address(url: str) -> str:
    return f"'{url}' is no address of an Ollama server. Set RAG_OLLAMA_URL to http://HOST:PORT"


def _refusal(address: Address, error: ollama.ResponseError) -> str:
    name = address.name
    if error.status_code == httpx.codes.NOT_FOUND and "model" in error.error:
        return f"Model '{name}' is not pulled. Run: ollama pull {name}"
    if httpx.codes.is_redirect(error.status_code):
        return f"{address.url} sends requests elsewhere, which is not followed. Set RAG_OLLAMA_URL."
    reason = error.error or f"status {error.status_code}"
    return f"Ollama could not answer with '{name}': {reason}. See: ollama ps, or try --model none"


def _late(address: Address) -> str:
    limits = address.limits
    return (
        f"'{address.name}' at {address.url} took longer than it may (first token "
        f"{limits.first_token:g} s, all {limits.total:g} s). Set RAG_FIRST_TOKEN_TIMEOUT or "
        "RAG_TOTAL_TIMEOUT, or choose a smaller model with: --model ollama:NAME"
    )


def _cut(address: Address) -> str:
    return (
        f"Ollama at {address.url} broke off in the middle of a reply. "
        "Look at its log, then ask again; to start it: ollama serve"
    )

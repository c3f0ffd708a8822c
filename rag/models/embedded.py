"""The embedded language model: a GGUF file and no server."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from time import monotonic
from typing import Any

from rag.domain import ModelIdentity
from rag.errors import ModelError, ModelTimeout
from rag.models.chat import Delta, Message, Usage
from rag.models.engine import Chunk, Engine, Reply
from rag.models.limits import Limits
from rag.models.neutral import neutral


@dataclass(frozen=True, slots=True)
class Room:
    """Tokens the engine holds, tokens of them a prompt may have, memory for prompts it has read.

    A prompt that begins like one that is remembered is read from where they differ.
    """

    context: int = 1024
    prompt_budget: int = 500  # small, since a processor reads 50 tokens a second
    remembered_mib: int = 0


class EmbeddedChat:
    """A ``Chat`` over llama.cpp in a process of its own, which begins to load when it is made.

    A file that cannot be loaded is a ``ModelError`` on first use.
    """

    def __init__(
        self,
        path: Path,
        digest: str,
        room: Room = Room(),
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        self._engine = Engine(path, room.context, room.remembered_mib)
        self._identity = ModelIdentity("embedded", path.stem, digest)
        self._room, self._limits = room, limits

    @property
    def identity(self) -> ModelIdentity:
        """The file's name and digest."""
        return self._identity

    @property
    def prompt_budget(self) -> int:
        """As much as its room allows."""
        return self._room.prompt_budget

    def count_tokens(self, text: str) -> int:
        """Tokens of the text, by the model's own tokenizer."""
        return self._count(neutral(text))

    def stream(
        self, messages: Sequence[Message], max_tokens: int, alternatives: int = 0
    ) -> Iterator[Delta]:
        """The reply, piece by piece. Raises ``ModelError`` where the prompt is over budget."""
        turns = [{"role": turn.role, "content": neutral(turn.content)} for turn in messages]
        self._check_length(turns, max_tokens)
        with self._engine.reply(_request(turns, max_tokens, alternatives)) as reply:
            yield from self._deltas(reply)

    def _deltas(self, reply: Reply) -> Iterator[Delta]:
        started = monotonic()
        total = started + self._limits.total
        deadline = min(total, started + self._limits.first_token)
        while (chunk := self._next(reply, deadline)) is not None:
            if delta := _delta(chunk):
                yield delta
                deadline = total
            if "usage" in chunk:
                return
        raise ModelError("The embedded model stopped before its reply ended. Run: rag doctor")

    def _next(self, reply: Reply, deadline: float) -> Chunk | None:
        try:
            return reply.next_chunk(deadline)
        except TimeoutError as error:
            raise ModelTimeout(
                "The embedded model took longer than it may (first token "
                f"{self._limits.first_token:g} s, all {self._limits.total:g} s). Set "
                "RAG_FIRST_TOKEN_TIMEOUT or RAG_TOTAL_TIMEOUT, or quote with: --model none"
            ) from error

    def _check_length(self, turns: list[dict[str, str]], max_tokens: int) -> None:
        """Refuse what would be over budget: a prompt that is cut loses its evidence unseen."""
        prompt = self._engine.ask("/apply-template", {"messages": turns})["prompt"]
        tokens = self._count(prompt)
        allowed = min(self._room.prompt_budget, self._room.context - max_tokens)
        if tokens > allowed:
            raise ModelError(
                f"The prompt has {tokens} tokens and may have {allowed}. Ask a shorter question."
            )

    def _count(self, text: str) -> int:
        body = {"content": text, "parse_special": True}
        return len(self._engine.ask("/tokenize", body)["tokens"])


def _request(turns: list[dict[str, str]], max_tokens: int, alternatives: int) -> dict[str, Any]:
    """The engine may go on from a prompt it has just read where no probability is wanted.

    How much it reads again changes the last digits of a probability and now and then a word: the
    same question must get the same answer whatever was asked before.
    """
    wanted = {"logprobs": True, "top_logprobs": alternatives, "cache_prompt": False}
    return (wanted if alternatives else {}) | {
        "messages": turns,
        "max_tokens": max_tokens,
        "temperature": 0,
        "seed": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_progress": True,  # a chunk a batch, so that a closed stream is noticed early
    }


def _delta(chunk: Chunk) -> Delta | None:
    if usage := chunk.get("usage"):
        return Delta("", Usage(usage["prompt_tokens"], usage["completion_tokens"]))
    [choice] = chunk["choices"] or [{"delta": {}}]
    text = choice["delta"].get("content")
    return Delta(text, alternatives=_alternatives(choice)) if text else None


def _alternatives(choice: Chunk) -> dict[str, float]:
    """The tokens that could have stood where the first of this piece does."""
    tokens = (choice.get("logprobs") or {}).get("content") or [{"top_logprobs": []}]
    return {token["token"]: exp(token["logprob"]) for token in tokens[0]["top_logprobs"]}

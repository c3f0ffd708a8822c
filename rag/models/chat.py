"""The seam between the program and any language model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rag.domain import ModelIdentity


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that replies cost."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a reply as it arrives; the last one carries the usage.

    ``alternatives`` are the likeliest tokens at its start, each with its probability; empty where
    none were asked for or the backend gives none.
    """

    text: str
    usage: Usage | None = None
    alternatives: Mapping[str, float] = field(default_factory=dict)


class Chat(Protocol):
    """A language model that writes one reply at temperature 0, piece by piece.

    ``stream`` raises ``ModelError`` or ``ModelTimeout`` and nothing else; closing the iterator
    stops the model.
    """

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, as an answer reports it."""

    @property
    def prompt_budget(self) -> int:
        """The most tokens a prompt may have, chat template included."""

    def count_tokens(self, text: str) -> int:
        """Tokens this model reads the text as; never too few."""

    def stream(
        self, messages: Sequence[Message], max_tokens: int, alternatives: int = 0
    ) -> Iterator[Delta]:
        """The reply to these messages, at most ``max_tokens`` long, with so many alternatives."""

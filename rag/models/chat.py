"""The seam between the program and any language model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rag.domain import ModelIdentity


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens one reply cost."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a reply as it arrives; the last one carries the usage."""

    text: str
    usage: Usage | None = None


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

    def stream(self, messages: Sequence[Message], max_tokens: int) -> Iterator[Delta]:
        """The reply to these messages, at most ``max_tokens`` long."""

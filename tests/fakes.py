"""Stand-ins a test can read: a language model that says what the test tells it to."""

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from rag.domain import ModelIdentity
from rag.errors import RagError
from rag.models.chat import Delta, Message, Usage

_COPY = Path("prompts/copy.md").read_text(encoding="utf-8").splitlines()[-1]


class FakeChat:
    """A ``Chat`` that writes the replies it was given, in order, one word a delta.

    >>> chat = FakeChat().enqueue("Yes, in May.")

    Asked for alternatives, as for a short answer, it says at once the first of ``short_answers``
    that its prompt holds (or ``short_answer``), and "unknown" with the probability ``doubt``.
    Asked to copy, it says ``copied``, by default nothing. ``prompts`` holds the messages of
    every other call. An error in the queue is raised in place of a reply; an empty queue fails
    the test that asks.
    """

    def __init__(
        self,
        prompt_budget: int = 500,
        short_answer: str = "",
        doubt: float = 0.0,
        short_answers: Sequence[str] = (),
        copied: str = "",
    ) -> None:
        self.prompts: list[list[Message]] = []
        self._prompt_budget = prompt_budget
        self.short_answer, self.doubt = short_answer, doubt
        self.short_answers = short_answers
        self.copied = copied
        self._replies: deque[str | RagError] = deque()

    def enqueue(self, *replies: str | RagError) -> Self:
        self._replies.extend(replies)
        return self

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity("fake", "fake", None)

    @property
    def prompt_budget(self) -> int:
        return self._prompt_budget

    def count_tokens(self, text: str) -> int:
        return 2 * len(text.split())

    def stream(
        self, messages: Sequence[Message], max_tokens: int, alternatives: int = 0
    ) -> Iterator[Delta]:
        if alternatives:
            held = (it for it in self.short_answers if it in messages[-1].content)
            yield Delta(next(held, self.short_answer), Usage(), {"unknown": self.doubt})
            return
        if messages[-1].content.endswith(_COPY):
            yield Delta(self.copied, Usage())
            return
        self.prompts.append(list(messages))
        assert self._replies, "FakeChat was asked for a reply that no test enqueued"
        reply = self._replies.popleft()
        if isinstance(reply, RagError):
            raise reply
        words = reply.split(" ")
        for number, word in enumerate(words):
            yield Delta(word if number == 0 else f" {word}")
        prompt_tokens = sum(self.count_tokens(message.content) for message in messages)
        yield Delta("", Usage(prompt_tokens, len(words)))

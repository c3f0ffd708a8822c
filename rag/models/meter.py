"""What a language model spends on one question."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter

from rag.models.chat import Delta, Usage


@dataclass
class Meter:
    """Seconds to the first token, from when this is made, and the tokens of every reply."""

    started: float = field(default_factory=perf_counter)
    first_token_s: float = 0.0
    usage: Usage = field(default_factory=Usage)

    def watched(self, deltas: Iterable[Delta]) -> Iterator[Delta]:
        """The same pieces, measured as they pass."""
        for delta in deltas:
            self.first_token_s = self.first_token_s or perf_counter() - self.started
            self.usage += delta.usage or Usage()
            yield delta

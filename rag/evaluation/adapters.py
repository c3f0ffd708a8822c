"""Our embedder and our language model, as LlamaIndex calls them."""

from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.llms.types import (
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr

from rag.domain import Timings
from rag.index.embedder import Embedder
from rag.models.chat import Chat, Message, Usage

CONTEXT = 4096
MAX_ANSWER_TOKENS = 256
_NO_USAGE = Usage(0, 0)


class OurEmbedding(BaseEmbedding):
    """Our embedder, as LlamaIndex calls it."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.fingerprint)
        self._embedder = embedder

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.embed(texts)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


@dataclass
class Meter:
    """What the model spent since it was last read."""

    started: float = 0.0
    first_token_s: float = 0.0
    usage: Usage = field(default=_NO_USAGE)

    def start(self) -> None:
        """Begin to measure one question."""
        self.started, self.first_token_s, self.usage = perf_counter(), 0.0, _NO_USAGE

    def timings(self) -> Timings:
        """Seconds and tokens since the start."""
        return Timings(
            first_token_s=self.first_token_s,
            total_s=perf_counter() - self.started,
            prompt_tokens=self.usage.prompt_tokens,
            completion_tokens=self.usage.completion_tokens,
        )


class OurModel(CustomLLM):
    """Our language model, as LlamaIndex calls it."""

    _chat: Chat = PrivateAttr()
    _meter: Meter = PrivateAttr()

    def __init__(self, chat: Chat, meter: Meter) -> None:
        super().__init__()
        self._chat, self._meter = chat, meter

    @property
    def metadata(self) -> LLMMetadata:
        """The room it has."""
        return LLMMetadata(context_window=CONTEXT, num_output=MAX_ANSWER_TOKENS)

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        """The whole reply."""
        del formatted
        text = ""
        for delta in self._chat.stream([Message("user", prompt)], MAX_ANSWER_TOKENS):
            meter = self._meter
            meter.first_token_s = meter.first_token_s or perf_counter() - meter.started
            meter.usage = delta.usage or meter.usage
            text += delta.text
        return CompletionResponse(text=text.strip())

    @llm_completion_callback()
    def stream_complete(
        self, prompt: str, formatted: bool = False, **_: Any
    ) -> CompletionResponseGen:
        """The whole reply as one piece."""
        yield self.complete(prompt, formatted)

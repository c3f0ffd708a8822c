"""Our embedder and our language model, as LlamaIndex calls them."""

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

from rag.index.embedder import Embedder
from rag.models.chat import Chat, Message
from rag.models.meter import Meter

CONTEXT = 4096
MAX_ANSWER_TOKENS = 256


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
        deltas = self._chat.stream([Message("user", prompt)], MAX_ANSWER_TOKENS)
        text = "".join(delta.text for delta in self._meter.watched(deltas))
        return CompletionResponse(text=text.strip())

    @llm_completion_callback()
    def stream_complete(
        self, prompt: str, formatted: bool = False, **_: Any
    ) -> CompletionResponseGen:
        """The whole reply as one piece."""
        yield self.complete(prompt, formatted)

"""Which concrete class stands behind which seam; the only place that knows them all.

Heavy packages are imported inside the functions that need them, so that ``rag --help`` and
``rag search`` stay quick.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from rag.answering.evidence.retrieve import Retriever
from rag.domain import Article
from rag.errors import ModelError, UsageError
from rag.index.embedder import Embedder
from rag.index.report import IngestReport
from rag.index.store import Index
from rag.models.chat import Chat
from rag.models.limits import Limits
from rag.models.weights import Progress, Weights
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant
    from rag.answering.second_opinion import Verifier

Notify = Callable[[str], None]
OpenProgress = Callable[[], AbstractContextManager[Progress]]

_SPECS = "ollama:NAME, embedded, none or auto"


@dataclass(frozen=True)
class Wiring:
    """Builds, once each, what a command needs from the settings.

    ``notify`` is told, in a line, of any choice made for the user; ``progress`` opens a bar for
    a download.
    """

    settings: Settings
    notify: Notify
    progress: OpenProgress

    @property
    def weights(self) -> Weights:
        """Where model weights are kept."""
        return Weights(self.settings.cache)

    @cached_property
    def index(self) -> Index:
        """The index at home. Raises ``StoreError`` where there is none that can be used."""
        return Index.open(self.settings.home)

    def ingest(self, paths: Sequence[Path], advance: Progress, *, rebuild: bool) -> IngestReport:
        """The index at home made true to these files and folders, or made anew from them."""
        from rag.index import sync
        from rag.index.embedder import SentenceTransformerEmbedder
        from rag.index.ingestion import Ingestion, Reading

        embedder = SentenceTransformerEmbedder(self.embedder_folder)
        ingestion = Ingestion(Reading.of_files(), embedder, advance, self.notify)
        bring = sync.rebuild if rebuild else sync.ingest
        return bring(self.settings.home, paths, ingestion)

    @cached_property
    def retriever(self) -> Retriever:
        """The evidence of the index at home, without any language model."""
        return self._retriever(self.index)

    @cached_property
    def assistant(self) -> "Assistant":
        """The assistant over the index at home, with the configured model."""
        return self._assistant(self.index)

    def assistant_over(self, articles: Sequence[Article]) -> "Assistant":
        """The same assistant over these articles alone; no index at home is needed."""
        return self._assistant(Index.in_memory(articles, self.question_embedder))

    @cached_property
    def question_embedder(self) -> Embedder:
        """An embedder that starts quickly: onnxruntime, no torch."""
        from rag.index.embedder import question_embedder

        return question_embedder(self.embedder_folder)

    @cached_property
    def embedder_folder(self) -> Path:
        """The sentence-transformers folder that is named, or that ``rag pull`` fetched.

        Raises ``ModelError`` where a folder is named that is none.
        """
        named = Path(self.settings.embedder)
        if named.is_dir():
            return named
        if self.settings.embedder != self.weights.embedder_model.name:
            raise ModelError(
                f"There is no folder {named}. Correct RAG_EMBEDDER (or embedder in rag.toml), "
                "or leave it out."
            )
        return self.weights.embedder

    @cached_property
    def chat(self) -> Chat | None:
        """The language model the settings name; ``None`` is quoting without one.

        Raises ``ModelError`` where a named model cannot be had: it never becomes another.
        """
        kind, _, name = self.settings.model.partition(":")
        match kind, name:
            case "auto", "":
                return self._automatic_chat()
            case "none", "":
                return None
            case "embedded", "":
                return self._embedded_chat()
            case "ollama", model if model:
                return self.ollama_chat(model)
        raise UsageError(f"The model '{self.settings.model}' is none of {_SPECS}.")

    @cached_property
    def verifier(self) -> "Verifier | None":
        """The checking model the settings name; raises ``ModelError`` where it cannot be had."""
        from rag.answering.second_opinion import Verifier

        kind, _, name = self.settings.verifier.partition(":")
        match kind, name:
            case "", "":
                return None
            case "ollama", model if model:
                return Verifier(self.ollama_chat(model))
        raise UsageError(f"The verifier '{self.settings.verifier}' is not of the form ollama:NAME.")

    def _assistant(self, index: Index) -> "Assistant":
        """The model begins to load in the background before the embedder is opened."""
        from rag.answering.assistant import Assistant

        started = perf_counter()
        chat, verifier = self.chat, self.verifier
        load_s = perf_counter() - started
        return Assistant(self._retriever(index), chat, verifier, load_s)

    def _retriever(self, index: Index) -> Retriever:
        index.check_embedder(self.question_embedder.fingerprint)
        return Retriever(index, self.question_embedder)

    def _embedded_chat(self) -> Chat:
        from rag.models.embedded import EmbeddedChat

        path = self.settings.gguf or self.weights.language_model
        return EmbeddedChat(path, self.weights.digest_of(path), limits=self._limits)

    def ollama_chat(self, name: str) -> Chat:
        """That model of the configured Ollama. Raises ``ModelError`` where it cannot be had."""
        from rag.models.ollama import open_ollama

        settings = self.settings
        return open_ollama(settings.ollama_url, name, settings.ollama_context, self._limits)

    def _automatic_chat(self) -> Chat | None:
        """Ollama where it answers and has the model, else embedded, else none; says which."""
        try:
            return self.ollama_chat(self.settings.ollama_model)
        except ModelError as error:
            ollama_problem = str(error)
        try:
            self._pull_if_missing()
            chat = self._embedded_chat()
        except ModelError as error:
            if self.settings.gguf is not None:
                raise  # a model that is named never becomes none
            self.notify(f"Model: none, evidence is quoted. {error}")
            return None
        self.notify(f"Model: embedded. {ollama_problem}")
        return chat

    def _pull_if_missing(self) -> None:
        if self.settings.gguf is None and self.weights.missing():
            with self.progress() as progress:
                self.weights.pull(progress)

    @property
    def _limits(self) -> Limits:
        settings = self.settings
        return Limits(
            settings.connect_timeout, settings.first_token_timeout, settings.total_timeout
        )

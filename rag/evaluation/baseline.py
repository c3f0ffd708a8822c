"""The baseline: LlamaIndex as its own quick start sets it up, with our embedder and model.

SentenceSplitter and VectorStoreIndex with their defaults over Chroma, the two best chunks, the
default prompts; the question is led by the day. Import this where the baseline is wanted: it
takes seconds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import chromadb
from chromadb.config import Settings
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import NodeWithScore
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag.answering.evidence.retrieve import Retriever
from rag.answering.language.dates import full_date
from rag.domain import Answer, Article, Citation, Coverage, Timings
from rag.evaluation.adapters import CONTEXT, OurEmbedding, OurModel
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Reply
from rag.evaluation.refusal import is_refusal
from rag.index.embedder import Embedder
from rag.models.chat import Chat
from rag.models.meter import Meter

TOP_K = 2
_NAMES = count()


@dataclass(frozen=True)
class QuickStart:
    """Answers with two chunks and a prompt, over what a question brings."""

    embedder: Embedder
    chat: Chat

    @property
    def setup(self) -> dict[str, Any]:
        """How it is set up, for the manifest of a run."""
        from importlib.metadata import version

        splitter = SentenceSplitter()
        return {
            "name": "LlamaIndex quick start",
            "llama-index-core": version("llama-index-core"),
            "chunk_size": splitter.chunk_size,
            "chunk_overlap": splitter.chunk_overlap,
            "similarity_top_k": TOP_K,
            "context": CONTEXT,
            "prompt_budget": self.chat.prompt_budget,
            "note": "a larger context and budget than the program's own, since two chunks would "
            "not fit; earlier turns of a conversation are put in front of the question; "
            "refusals are recognised by their words; chunks that an earlier question was given "
            "are not read again, so that its times are shorter than a user's",
        }

    def reply(self, question: EvalQuestion) -> Reply:
        """The answer over the passages that the question brings."""
        articles = question.articles or ()
        return self._over([_document(item) for item in articles], articles).reply(question)

    def over_folder(self, folder: Path, retriever: Retriever) -> "QuickStartIndex":
        """The same over the files of a folder as they are on disk.

        ``retriever`` knows the articles by the same ids, with their dates.
        """
        index = retriever.index
        articles = [index.article(item.id) for item in index.articles()]
        files = [
            Document(text=(folder / item.id).read_text("utf-8"), id_=item.id) for item in articles
        ]
        return self._over(files, articles)

    def _over(
        self, documents: Sequence[Document], articles: Sequence[Article]
    ) -> "QuickStartIndex":
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        collection = client.create_collection(f"baseline-{next(_NAMES)}")
        context = StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        )
        index = VectorStoreIndex.from_documents(
            list(documents),
            storage_context=context,
            transformations=[SentenceSplitter()],
            embed_model=OurEmbedding(self.embedder),
        )
        return QuickStartIndex(index, self.chat, {item.id: item for item in articles})


@dataclass(frozen=True)
class QuickStartIndex:
    """LlamaIndex's query engine over one index."""

    index: VectorStoreIndex
    chat: Chat
    articles: dict[str, Article]

    def reply(self, question: EvalQuestion) -> Reply:
        """Its answer as one of ours: a status by its words, its source nodes as citations."""
        meter = Meter()
        engine = self.index.as_query_engine(llm=OurModel(self.chat, meter), similarity_top_k=TOP_K)
        response = engine.query(asked(question))
        answer = self._answer(question, str(response), response.source_nodes)
        shown = {item.article: self.articles[item.article] for item in answer.citations}
        return Reply(replace(answer, timings=_timings(meter)), shown)

    def _answer(self, question: EvalQuestion, text: str, nodes: Sequence[NodeWithScore]) -> Answer:
        abstained = is_refusal(text)
        names = dict.fromkeys(str(node.node.ref_doc_id) for node in nodes)
        sources = (
            ()
            if abstained
            else tuple(
                _citation(self.articles[name], number) for number, name in enumerate(names, start=1)
            )
        )
        return Answer(
            question=question.text,
            as_of=question.as_of,
            status="abstained" if abstained else "answered",
            reason="unsupported" if abstained else None,
            text=text,
            claims=(),
            citations=sources,
            nearest=(),
            coverage=_coverage(self.articles.values()),
            model=self.chat.identity,
        )


def asked(question: EvalQuestion) -> str:
    """The question as a user would have to ask it, the day said first."""
    return f"Today is {full_date(question.as_of)}. {' '.join(question.turns)}"


def _timings(meter: Meter) -> Timings:
    return Timings(
        first_token_s=meter.first_token_s,
        total_s=perf_counter() - meter.started,
        prompt_tokens=meter.usage.prompt_tokens,
        completion_tokens=meter.usage.completion_tokens,
    )


def _document(article: Article) -> Document:
    day = article.published.day
    known = {"title": article.title, "source": article.source, "date": day and day.isoformat()}
    return Document(
        text=article.text, id_=article.id, metadata={name: it for name, it in known.items() if it}
    )


def _citation(article: Article, number: int) -> Citation:
    """A source without a quote: LlamaIndex names the chunks it gave to the model."""
    published = article.published
    return Citation(
        number, article.id, article.title, article.source, published.day, published.basis, "", 0, 0
    )


def _coverage(articles: Collection[Article]) -> Coverage:
    days: list[date] = sorted(item.published.day for item in articles if item.published.day)
    return Coverage(len(articles), days[0] if days else None, days[-1] if days else None)

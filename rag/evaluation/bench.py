"""The real program and the real baseline, over what each set is asked over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.errors import UsageError
from rag.evaluation import manifest as facts
from rag.evaluation.folder import INDEX, RunFolder
from rag.evaluation.indexes import Advance, Indexes
from rag.evaluation.manifest import Manifest, Request
from rag.evaluation.respondents import (
    AssistantRespondent,
    ClaimRespondent,
    DatingRespondent,
    Respondent,
    RetrievalRespondent,
    TimesRespondent,
)
from rag.evaluation.sets import SEEDS, SETS, QuestionSet, true_days
from rag.models.chat import Chat
from rag.models.limits import Limits
from rag.wiring import Wiring

if TYPE_CHECKING:
    from rag.evaluation.baseline import QuickStart

_UNEMBEDDED = {"times", "date", "verdict"}
# Two chunks take a processor half a minute to read, and longer beside other work.
_PATIENT = Limits(first_token=600.0, total=900.0)
# Over few articles most questions get the same two chunks: 57 MB a prompt, read once.
_REMEMBERED_MIB = 2048


@dataclass(frozen=True)
class WiredBench:
    """Answers with what the settings name; the user's own index plays no part."""

    wiring: Wiring
    run: Path
    data: Path | None
    advance: Advance

    def manifest(self, request: Request, sets: Sequence[QuestionSet]) -> Manifest:
        """What a run depends on; indexes that are missing are made first."""
        wanted = {item.wanted for item in sets}
        chat = self.wiring.chat if "answer" in wanted else None
        verifier = self.wiring.verifier if "answer" in wanted else None
        baseline = self._baseline_setup(sets) if request.baseline else None
        return Manifest(
            sets=tuple(item.name for item in sets),
            limit=request.limit,
            quick=request.quick,
            commit=facts.commit(),
            code=facts.code_digest(),
            data={item.name: facts.digest_of_files(item.paths(self.data)) for item in sets},
            index={item.name: it.index.digest() for item in sets if (it := self._indexed(item))},
            model=chat.identity if chat else None,
            verifier=verifier.identity if verifier else None,
            prompt_budget=chat.prompt_budget if chat else None,
            embedder=self.wiring.question_embedder.fingerprint if wanted - _UNEMBEDDED else None,
            baseline=baseline,
            cores=facts.cores(),
            python=facts.python_version(),
        )

    def ours(self, question_set: QuestionSet) -> Respondent:
        """The program over the index of the set, or over the passages of each question."""
        if question_set.wanted == "times":
            return TimesRespondent()
        if question_set.wanted == "date":
            return DatingRespondent()
        if question_set.wanted == "verdict":
            return ClaimRespondent()
        retriever = self._indexed(question_set)
        if retriever is None:
            return AssistantRespondent(self.wiring.assistant_over)
        if question_set.wanted == "ranking":
            return RetrievalRespondent(retriever)
        over_index = Assistant(retriever, self.wiring.chat, self.wiring.verifier)
        days = true_days() if question_set.name == SEEDS else {}
        return AssistantRespondent(self.wiring.assistant_over, over_index, days)

    def baseline(self, question_set: QuestionSet) -> Respondent | None:
        """LlamaIndex's quick start; not over thousands of articles, which takes it an hour."""
        if question_set.name == SEEDS:
            return self._quick_start.over_folder(question_set.paths(self.data)[1], self._seeds)
        if question_set.wanted != "answer" or self._indexed(question_set):
            return None
        return self._quick_start

    def _baseline_setup(self, sets: Sequence[QuestionSet]) -> Mapping[str, Any]:
        if all(item.wanted != "answer" for item in sets):
            raise UsageError("The baseline answers questions, and no set asked has any to answer.")
        return self._quick_start.setup

    def _indexed(self, question_set: QuestionSet) -> Retriever | None:
        """The retriever over the index of a set; ``None`` where questions bring passages."""
        if question_set.name == SEEDS:
            return self._seeds
        return self._corpus if question_set.has_corpus else None

    @cached_property
    def _seeds(self) -> Retriever:
        """A run that was begun has its index already, which must stay as it is."""
        home = self.run / INDEX
        if RunFolder(self.run).is_begun:
            return self._indexes.opened(home)
        return self._indexes.of_folder(SETS[SEEDS].paths(None)[1], home)

    @cached_property
    def _corpus(self) -> Retriever:
        corpus = SETS["rtqa2022"].paths(self.data)[1]
        return self._indexes.of_corpus(corpus)

    @property
    def _indexes(self) -> Indexes:
        return Indexes(self.wiring, self.advance)

    @cached_property
    def _quick_start(self) -> "QuickStart":
        from rag.evaluation.baseline import QuickStart

        return QuickStart(self.wiring.question_embedder, self._roomy_chat())

    def _roomy_chat(self) -> Chat:
        """The same model with room for two chunks; the program's own prompts are far shorter.

        Raises ``UsageError`` where there is no model.
        """
        chat = self.wiring.chat
        if chat is None:
            raise UsageError("The baseline needs a language model. Name one with: --model embedded")
        if chat.identity.backend != "embedded":
            return chat
        from rag.evaluation.adapters import CONTEXT, MAX_ANSWER_TOKENS
        from rag.models.embedded import EmbeddedChat, Room

        path = self.wiring.settings.gguf or self.wiring.weights.language_model
        digest = self.wiring.weights.digest_of(path)
        room = Room(CONTEXT, CONTEXT - MAX_ANSWER_TOKENS, _REMEMBERED_MIB)
        return EmbeddedChat(path, digest, room, _PATIENT)

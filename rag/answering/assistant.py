"""From a question to an answer: a model drafts, code decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from rag.answering.compose import Composer
from rag.answering.draft import Draft, Drafter
from rag.answering.interpret import Interpretation, interpret
from rag.answering.retrieve import Retriever
from rag.answering.select import Selection, select_evidence
from rag.answering.verify import check_sentence, quotable, quote
from rag.domain import Answer, Claim, ModelIdentity, Question, Timings
from rag.models.chat import Chat

NO_MODEL = ModelIdentity("none", "none", None)


def _unheard(_claim: Claim) -> None:
    """Show nothing while the answer is made."""


@dataclass(frozen=True)
class Assistant:
    """Answers questions over one index, with a language model or (``chat`` is None) without."""

    retriever: Retriever
    chat: Chat | None
    load_s: float = 0.0
    _drafter: Drafter | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_drafter", Drafter(self.chat) if self.chat else None)

    def ask(self, question: Question, show: Callable[[Claim], None] = _unheard) -> Answer:
        """The answer as of the question's day; ``show`` is told each claim once it is verified.

        Raises ``ModelError`` or ``ModelTimeout`` where the model fails.
        """
        started = perf_counter()
        interpretation = interpret(question)
        ranked = self.retriever.evidence(interpretation)
        selection = select_evidence(interpretation, ranked)
        retrieved = perf_counter()
        composer = Composer(question, self.retriever.coverage(question.as_of), show)
        draft = self._draft(interpretation, selection, composer)
        answer = composer.answer(selection, ranked, self.chat.identity if self.chat else NO_MODEL)
        return answer.timed(self._timings(draft, started, retrieved))

    def _draft(
        self, interpretation: Interpretation, selection: Selection, composer: Composer
    ) -> Draft:
        """Drafts from the selected evidence and adds what holds; quotes where nothing does."""
        draft = Draft()
        evidence = selection.evidence
        if self._drafter and selection.status == "answered":
            draft = self._drafter.draft(
                interpretation,
                evidence,
                lambda sentence: composer.add(check_sentence(sentence, interpretation, evidence)),
            )
        if composer.is_empty:
            quotes = (
                quote(item, interpretation) for item in evidence if quotable(item, interpretation)
            )
            composer.add(next(quotes, None))
        return draft

    def _timings(self, draft: Draft, started: float, retrieved: float) -> Timings:
        first_token = retrieved - started + draft.first_token_s if draft.sentences else 0.0
        return Timings(
            load_s=self.load_s,
            retrieve_s=retrieved - started,
            first_token_s=first_token,
            total_s=self.load_s + perf_counter() - started,
            prompt_tokens=draft.usage.prompt_tokens if draft.usage else 0,
            completion_tokens=draft.usage.completion_tokens if draft.usage else 0,
        )

"""From a question to an answer: a model drafts, code decides."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from rag.answering.compose import Composer
from rag.answering.conflict import Told
from rag.answering.draft import Drafter, Drafting
from rag.answering.evidence.meant import Holders
from rag.answering.evidence.retrieve import Retriever
from rag.answering.evidence.sentences import by_article
from rag.answering.evidence.spelling import Spelling
from rag.answering.question.interpret import Interpretation, interpret
from rag.answering.quotes import first_quote, quote
from rag.answering.second_opinion import Verifier
from rag.answering.selection.chosen import Selection
from rag.answering.selection.premise import against, denied
from rag.answering.selection.select import select_evidence
from rag.answering.short import ShortAnswer
from rag.answering.timeline.exact import more_exact
from rag.answering.verify import check_sentence
from rag.domain import Answer, Checked, Claim, Evidence, ModelIdentity, Question, Rejected, Timings
from rag.models.chat import Chat
from rag.models.meter import Meter

NO_MODEL = ModelIdentity("none", "none", None)


def _unheard(_claim: Claim) -> None:
    """Show nothing while the answer is made."""


@dataclass(frozen=True)
class Assistant:
    """Answers questions over one index, with a language model or (``chat`` is None) without.

    A ``verifier`` must agree with each sentence that is not a quote.
    """

    retriever: Retriever
    chat: Chat | None
    verifier: Verifier | None = None
    load_s: float = 0.0
    _drafter: Drafter | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_drafter", Drafter(self.chat) if self.chat else None)

    def ask(self, question: Question, show: Callable[[Claim], None] = _unheard) -> Answer:
        """The answer as of the question's day; ``show`` is told each claim once it is verified.

        Raises ``ModelError`` or ``ModelTimeout`` where the model fails.
        """
        started = perf_counter()
        interpretation, ranked = self._read(question)
        selection = select_evidence(interpretation, ranked)
        retrieved = perf_counter()
        composer = Composer(question, self.retriever.coverage(question.as_of), show)
        meter = self._say(interpretation, ranked, selection, composer)
        if composer.is_empty and (denial := denied(interpretation, ranked)):
            composer.add(quote(denial, interpretation))
        model = self.chat.identity if self.chat else NO_MODEL
        contrary = against(interpretation, ranked) if composer.is_empty else None
        answer = composer.answer(selection, ranked, contrary, model)
        return replace(
            answer,
            read_as=_respelled(question, interpretation.question),
            verifier=self.verifier.identity if self.verifier else None,
            timings=self._timings(meter, started, retrieved),
        )

    def _read(self, question: Question) -> tuple[Interpretation, list[Evidence]]:
        """What is asked, as the articles spell it and tell who is meant, and what may answer it."""
        interpretation = interpret(question)
        evidence = self.retriever.evidence(interpretation)
        read = interpret(Spelling(evidence, self.retriever.is_word).applied(question))
        holders = Holders([group[0].article for group in by_article(evidence)])
        read = replace(read, meant=holders.asked_about(read.text))
        return read, evidence if read == interpretation else self.retriever.evidence(read)

    def _say(
        self,
        interpretation: Interpretation,
        ranked: Sequence[Evidence],
        selection: Selection,
        composer: Composer,
    ) -> Meter:
        """Has the model draft, adds what holds, and quotes where nothing does.

        Then each source that does not hold the answer is asked alone.
        """
        if self._drafter is None or selection.status != "answered":
            composer.add(first_quote(selection.evidence, interpretation))
            return Meter()
        meter = Meter()  # counting tokens may wait for the model to load
        drafting = self._drafter.about(interpretation, selection.evidence, meter)
        short = drafting.short_answer()
        if short.is_hopeless:
            if interpretation.asked == "whether":
                composer.add(first_quote(selection.evidence, interpretation))
            return meter
        self._add_checked(drafting, drafting.sentences(), short, composer)
        if composer.is_empty and (nearest := composer.nearest_to_rejected):
            again = self._drafter.about(interpretation, [nearest], meter)
            self._add_checked(again, again.copied_sentences(), short, composer)
        if composer.is_empty:
            composer.add(_quoted(interpretation, selection.evidence, short))
        composer.add(_made_exact(interpretation, composer.cited))
        told = Told(interpretation, [short], list(composer.cited))
        everything = select_evidence(interpretation, ranked, near_best=0.0)
        for evidence in told.rivals(everything.evidence):
            alone = self._drafter.about(interpretation, evidence, meter).short_answer()
            if differing := told.otherwise(evidence, alone):
                composer.contrast(differing)
        return meter

    def _add_checked(
        self,
        drafting: Drafting,
        sentences: Iterable[str],
        short: ShortAnswer,
        composer: Composer,
    ) -> None:
        """Adds what holds of the sentences that the model drafts."""
        for sentence in sentences:
            checked = check_sentence(sentence, drafting.interpretation, drafting.evidence, short)
            composer.add(self._seconded(checked, drafting.meter))

    def _seconded(
        self, checked: Checked | Rejected | None, meter: Meter
    ) -> Checked | Rejected | None:
        """The same, unless there is a verifier and it does not agree."""
        if self.verifier is None or not isinstance(checked, Checked):
            return checked
        return self.verifier.second(checked, meter)

    def _timings(self, meter: Meter, started: float, retrieved: float) -> Timings:
        usage = meter.usage
        return Timings(
            load_s=self.load_s,
            retrieve_s=retrieved - started,
            first_token_s=retrieved - started + meter.first_token_s if meter.first_token_s else 0.0,
            total_s=self.load_s + perf_counter() - started,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
        )


def _respelled(question: Question, read: Question) -> str | None:
    """The question as it was read, where that is not but for its capitals as it was asked."""
    return read.text if read.text.lower() != question.text.lower() else None


def _made_exact(interpretation: Interpretation, cited: Sequence[Evidence]) -> Checked | None:
    """What tells the days of the answer more exactly, where days to come are asked for."""
    if interpretation.asked != "day" or interpretation.intent != "next":
        return None
    found = filter(None, (more_exact(item, interpretation.as_of) for item in cited))
    return next((quote(evidence, interpretation) for evidence in found), None)


def _quoted(
    interpretation: Interpretation, evidence: Sequence[Evidence], short: ShortAnswer
) -> Checked | None:
    """The evidence that says what the short answer does, if there is one.

    Whom or how many is not answered where the model only repeats the question. The days of an
    event, and what comes next by its day, are known without a model too: evidence that tells the
    same day as the short answer, else any.
    """
    tells_what = interpretation.topic or interpretation.refers_back
    is_by_day = interpretation.asked == "day" or (
        interpretation.asked == "other" and interpretation.asks_for_first
    )
    if is_by_day and (short.is_known or tells_what):
        same = short.telling_its_day(evidence)
        return first_quote(same or evidence, interpretation, alike=bool(same))
    told = short.told(interpretation)
    only_repeats = bool(short.text) and interpretation.asked != "other" and not told
    if not short.is_known or only_repeats:
        return None
    held = short.holding(evidence, interpretation)
    return first_quote(held, interpretation, alike=bool(told))

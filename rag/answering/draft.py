"""The prompt for the model, within its budget, and the sentences it writes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answering.evidence.sentences import by_article
from rag.answering.language.dates import full_date
from rag.answering.prompts import Prompt
from rag.answering.question.interpret import Interpretation
from rag.answering.short import ShortAnswer, doubt
from rag.domain import Article, Evidence
from rag.models.chat import Chat, Delta, Message
from rag.models.meter import Meter
from rag.reading.sentences import sentence_spans

_MAX_ANSWER_TOKENS = 160
_MAX_SHORT_TOKENS = 24
_ALTERNATIVES = 10
_MAX_EXCERPTS = 4
_HISTORY_TURNS = 1
# What a chat template adds around a system and a user message, with room to spare.
_TEMPLATE_TOKENS = 24
Prompts = Mapping[str, Sequence[Message]]

_PLACES = frozenset({"excerpts", "conversation", "question"})


class Drafter:
    """Has a language model read evidence; decides nothing else."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self._system = Prompt.load("system").render()
        self._prompts = {name: Prompt.load(name, _PLACES) for name in ("short", "answer", "copy")}

    def about(
        self, interpretation: Interpretation, evidence: Sequence[Evidence], meter: Meter
    ) -> "Drafting":
        """The drafting of one answer from as much of the best evidence as the budget holds.

        Of none where not even one sentence fits beside a question that is very long.
        """
        most = min(len(evidence), _MAX_EXCERPTS)
        tries = (self._prompts_of(interpretation, evidence[:n]) for n in range(most, 0, -1))
        prompts = next(filter(self._fits, tries), {})
        return Drafting(self.chat, interpretation, evidence, prompts, meter)

    def _prompts_of(self, interpretation: Interpretation, evidence: Sequence[Evidence]) -> Prompts:
        values = {
            "excerpts": excerpts(evidence),
            "conversation": _conversation(interpretation),
            "question": interpretation.question.text,
        }
        system = Message("system", self._system)
        users = {name: prompt.render(**values) for name, prompt in self._prompts.items()}
        return {name: [system, Message("user", it)] for name, it in users.items()}

    def _fits(self, prompts: Prompts) -> bool:
        return all(
            sum(self.chat.count_tokens(message.content) for message in messages) + _TEMPLATE_TOKENS
            <= self.chat.prompt_budget
            for messages in prompts.values()
        )


@dataclass(frozen=True, slots=True)
class Drafting:
    """One question put to the model with its evidence, and what that costs.

    Both prompts begin alike, so that an engine that remembers reads the evidence once. Every
    method raises ``ModelError`` or ``ModelTimeout`` as the model does.
    """

    chat: Chat
    interpretation: Interpretation
    evidence: Sequence[Evidence]
    prompts: Prompts
    meter: Meter

    def short_answer(self) -> ShortAnswer:
        """What it says in a few words; nothing where there is no prompt."""
        deltas = list(self._replies("short", _MAX_SHORT_TOKENS, _ALTERNATIVES))
        text = "".join(delta.text for delta in deltas).strip()
        return ShortAnswer(text, doubt(deltas[0]) if deltas else 0.0)

    def sentences(self) -> Iterator[str]:
        """The draft, each sentence as soon as it is complete."""
        return self._sentences("answer")

    def copied_sentences(self) -> Iterator[str]:
        """The same, nearer to the words of the excerpt."""
        return self._sentences("copy")

    def _sentences(self, name: str) -> Iterator[str]:
        pending = ""
        for delta in self._replies(name, _MAX_ANSWER_TOKENS):
            *complete, pending = _split(pending + delta.text)
            yield from complete
        if last := pending.strip():
            yield last

    def _replies(self, name: str, max_tokens: int, alternatives: int = 0) -> Iterator[Delta]:
        if name in self.prompts:
            stream = self.chat.stream(self.prompts[name], max_tokens, alternatives)
            yield from self.meter.watched(stream)


def excerpts(evidence: Sequence[Evidence]) -> str:
    """The evidence as the model reads it: under each article's title and date, in text order.

    Without its title a sentence is not recognised for what it is about.
    """
    return "\n\n".join(
        "\n".join([_heading(group[0].article), *(f"- {_one_line(item.quote)}" for item in group)])
        for group in by_article(evidence)
    )


def _heading(article: Article) -> str:
    day = article.published.day
    published = full_date(day) if day else "date unknown"
    return f"{_one_line(article.title)} ({published})"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _conversation(interpretation: Interpretation) -> str:
    if not interpretation.refers_back:
        return ""
    turns = interpretation.question.history[-_HISTORY_TURNS:]
    return "".join(f"Earlier question: {turn.question}\n" for turn in turns)


def _split(text: str) -> list[str]:
    """Complete sentences, then the rest that may still grow (perhaps empty)."""
    spans = sentence_spans(text)
    if len(spans) <= 1:
        return [text]
    return [*(span.of(text) for span in spans[:-1]), text[spans[-1].start :]]

"""The prompt for the model, within its budget, and the sentences it writes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from rag.answering.dates import full_date
from rag.answering.interpret import Interpretation
from rag.answering.prompts import Prompt
from rag.domain import Article, Evidence
from rag.models.chat import Chat, Message, Usage
from rag.reading.sentences import sentence_spans

_MAX_ANSWER_TOKENS = 160
_MAX_EXCERPTS = 4
_HISTORY_TURNS = 1
# What a chat template adds around a system and a user message, with room to spare.
_TEMPLATE_TOKENS = 24


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote, before anything is believed, and what it cost."""

    sentences: tuple[str, ...] = ()
    first_token_s: float = 0.0
    usage: Usage | None = None


class Drafter:
    """Has a language model draft an answer from evidence; decides nothing else."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self._system = Prompt.load("system").render()
        self._prompt = Prompt.load("answer", frozenset({"excerpts", "conversation", "question"}))

    def draft(
        self,
        interpretation: Interpretation,
        evidence: Sequence[Evidence],
        hear: Callable[[str], None],
    ) -> Draft:
        """The whole draft; ``hear`` is told each sentence as soon as it is complete.

        Raises ``ModelError`` or ``ModelTimeout`` as the model does.
        """
        started, first_token, usage = perf_counter(), 0.0, None
        sentences: list[str] = []
        pending = ""
        messages = self.messages(interpretation, evidence)
        for delta in self.chat.stream(messages, _MAX_ANSWER_TOKENS) if messages else ():
            first_token = first_token or perf_counter() - started
            usage = delta.usage or usage
            *complete, pending = _split(pending + delta.text)
            for sentence in complete:
                sentences.append(sentence)
                hear(sentence)
        if last := pending.strip():
            sentences.append(last)
            hear(last)
        return Draft(tuple(sentences), first_token, usage)

    def messages(
        self, interpretation: Interpretation, evidence: Sequence[Evidence]
    ) -> list[Message]:
        """The prompt: as much of the best evidence as the model's budget holds.

        Empty where not even one sentence fits beside a question that is very long.
        """
        most = min(len(evidence), _MAX_EXCERPTS)
        prompts = (self._messages(interpretation, evidence[:n]) for n in range(most, 0, -1))
        return next((messages for messages in prompts if self._fits(messages)), [])

    def _messages(
        self, interpretation: Interpretation, evidence: Sequence[Evidence]
    ) -> list[Message]:
        user = self._prompt.render(
            excerpts=excerpts(evidence),
            conversation=_conversation(interpretation),
            question=interpretation.question.text,
        )
        return [Message("system", self._system), Message("user", user)]

    def _fits(self, messages: Sequence[Message]) -> bool:
        tokens = sum(self.chat.count_tokens(message.content) for message in messages)
        return tokens + _TEMPLATE_TOKENS <= self.chat.prompt_budget


def excerpts(evidence: Sequence[Evidence]) -> str:
    """The evidence as the model reads it: under each article's title and date, in text order.

    Without its title a sentence is not recognised for what it is about.
    """
    groups: dict[str, list[Evidence]] = {}
    for item in evidence:
        groups.setdefault(item.article.id, []).append(item)
    return "\n\n".join(
        "\n".join([_heading(group[0].article), *(f"- {_one_line(item.quote)}" for item in group)])
        for group in groups.values()
    )


def _heading(article: Article) -> str:
    day = article.published.day
    published = full_date(day) if day else "date unknown"
    return f"{_one_line(article.title)} ({published})"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _conversation(interpretation: Interpretation) -> str:
    if interpretation.text == interpretation.question.text:
        return ""
    turns = interpretation.question.history[-_HISTORY_TURNS:]
    return "".join(f"Earlier question: {turn.question}\n" for turn in turns)


def _split(text: str) -> list[str]:
    """Complete sentences, then the rest that may still grow (perhaps empty)."""
    spans = sentence_spans(text)
    if len(spans) <= 1:
        return [text]
    return [*(span.of(text) for span in spans[:-1]), text[spans[-1].start :]]

"""A second opinion on a sentence, from a model that was trained to check."""

import re

from rag.answering.language.dates import days_meant, full_date
from rag.answering.prompts import Prompt
from rag.domain import Checked, Evidence, ModelIdentity, Rejected
from rag.errors import ModelError
from rag.models.chat import Chat, Message
from rag.models.meter import Meter

_MAX_TOKENS = 4
_NAME = "second opinion"
_VERDICT = re.compile(r"\W*(yes|no)\b", re.IGNORECASE)
_PLACES = frozenset({"document", "claim"})


class Verifier:
    """Asks a checking model whether what is cited supports a sentence.

    The question is put as Bespoke-MiniCheck was trained on it (Tang et al. 2024).
    """

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self._prompt = Prompt.load("verify", _PLACES)

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, as an answer reports it."""
        return self.chat.identity

    def second(self, checked: Checked, meter: Meter) -> Checked | Rejected:
        """The sentence where the model agrees; rejected where it does not or cannot read it all.

        Raises ``ModelError`` where the model says neither yes nor no, or fails; ``ModelTimeout``.
        """
        content = self._prompt.render(document=_document(checked.evidence), claim=checked.text)
        if self._agrees(content, meter):
            return checked
        return Rejected(checked.text, checked.evidence, (_NAME,))

    def _agrees(self, content: str, meter: Meter) -> bool:
        if self.chat.count_tokens(content) > self.chat.prompt_budget:
            return False  # what it cannot read it cannot confirm
        deltas = meter.watched(self.chat.stream([Message("user", content)], _MAX_TOKENS))
        reply = "".join(delta.text for delta in deltas).strip()
        if verdict := _VERDICT.match(reply):
            return verdict[1].lower() == "yes"
        name = self.chat.identity.name
        raise ModelError(
            f"The verifier '{name}' was asked for yes or no and said '{reply}'. "
            "Name a checking model: --verifier ollama:bespoke-minicheck"
        )


def _document(evidence: Evidence) -> str:
    """The sentence as it is read, the day it was published, and the days it speaks of."""
    day = evidence.article.published.day
    published = f"Published on {full_date(day)}.\n" if day else ""
    days = days_meant(evidence.spans)
    return f"{published}{evidence.as_read}" + (f" ({days})" if days else "")

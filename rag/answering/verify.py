"""Which sentence of the evidence backs a sentence of the draft, and whether it really does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.answering.checks import CHECKS, Comparison
from rag.answering.evidence.about import is_told_by_form
from rag.answering.language.dates import made_absolute, untimed
from rag.answering.question.interpret import Interpretation
from rag.answering.quotes import quote
from rag.answering.short import ShortAnswer
from rag.domain import Checked, Evidence, Rejected

# Citation numbers are assigned by code; a model copies those of its prompt or makes them up.
_NUMBERED = re.compile(r"\s*\[\d+\]")
# Of the evidence with most of a sentence's words, how many are looked at for what it fails.
_CLOSE = 3


def check_sentence(
    sentence: str,
    interpretation: Interpretation,
    evidence: Sequence[Evidence],
    short: ShortAnswer = ShortAnswer(""),  # noqa: B008 - frozen
) -> Checked | Rejected | None:
    """The sentence with the evidence that best supports it, else the checks it failed at best.

    Supported means: it answers with the kind of thing asked for; its numbers, its days, its names
    and any address are those of the evidence, as are the short answer and who says what; most of
    its words are, and what it takes from the question, so that a false premise is not repeated;
    it tells no plan as done and no doubt as fact, and says "not" where the evidence does.
    Relative days are made absolute. The evidence is quoted instead where a paraphrase may have lost
    what is asked for, and where the sentence holds but for a time that nobody asked for. Nothing
    where there is no evidence.
    """
    text = _NUMBERED.sub("", sentence)
    compared = [Comparison(text, item, interpretation, short) for item in evidence]
    if best := _best(compared):
        if _may_lose_what_is_asked(best):
            return quote(best.evidence, interpretation)
        return Checked(made_absolute(text, best.published), best.evidence, "supported")
    rest = "" if interpretation.asks_of_time else untimed(text)
    if rest and (best := _best([replace(it, sentence=rest) for it in compared])):
        return quote(best.evidence, interpretation)
    return _rejected(compared)


def _may_lose_what_is_asked(it: Comparison) -> bool:
    """Whether no check sees that a sentence which holds still tells what is asked for.

    So it is with a reason, and whether something is so; with a property that the evidence tells
    by its form; and with "what", where the model wrote "unknown".
    """
    asked = it.interpretation.asked
    unsure = asked == "other" and not it.short.is_known
    by_form = is_told_by_form(it.evidence, it.interpretation)
    return asked in ("reason", "whether") or unsure or by_form


def _rejected(compared: Sequence[Comparison]) -> Rejected | None:
    """The sentence beside the evidence nearest to it, with the checks it failed there."""
    close = sorted(compared, key=lambda it: -it.support)[:_CLOSE]
    nearest = min(close, key=lambda it: len(it.failed), default=None)
    if nearest is None:
        return None
    absolute = made_absolute(nearest.sentence, nearest.published)
    return Rejected(absolute, nearest.evidence, nearest.failed)


def _best(compared: Iterable[Comparison]) -> Comparison | None:
    """The comparison that passes every check with the most support, if any passes."""
    backing = [it for it in compared if all(holds(it) for holds in CHECKS.values())]
    return max(backing, key=lambda it: (it.support, it.evidence.score), default=None)

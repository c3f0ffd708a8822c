"""What a model says in as few words as it can, and how near it was to saying that it cannot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.evidence.about import others_named
from rag.answering.language.dates import overlap, without_dates
from rag.answering.language.terms import figures, names, numbers, terms
from rag.answering.question.interpret import Interpretation
from rag.domain import Evidence, TimeSpan
from rag.models.chat import Delta
from rag.reading.times import find_times

# What the prompt asks a model to write where the excerpts do not say it.
UNKNOWN = "unknown"
# From here the model counts as not knowing, whatever it wrote; sooner where it reads one source
# alone, since then nothing else can be meant.
_HOPELESS, _DOUBT = 0.8, 0.5
# Of the words of a short answer that the question did not have, what a sentence must hold.
_HELD = 0.5
_FOUR_DIGITS = re.compile(r"\d{4}\W*")


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The words, and the probability (0 to 1) that they would have been "unknown"."""

    text: str
    unknown: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether the model answered at all."""
        return not self.text.lower().startswith(UNKNOWN)

    @property
    def is_hopeless(self) -> bool:
        """Whether a draft would be a guess."""
        return self.unknown >= _HOPELESS

    @property
    def is_silent(self) -> bool:
        """Whether, asked about one source alone, the model finds nothing in it."""
        return not self.is_known or self.unknown >= _DOUBT

    @property
    def is_number(self) -> bool:
        """Whether it is a number of something: "681 people", but not "killed 12"."""
        return bool(figures(" ".join(self.text.split()[:1])))

    def told(self, interpretation: Interpretation) -> frozenset[str]:
        """What it says that the question did not, without days: those code reckons by itself."""
        if not self.is_known or interpretation.asked == "day":
            return frozenset()
        asked_for = names(self.text) - others_named(self.text, interpretation)
        plain = self.text if interpretation.asks_for_length else without_dates(self.text)
        told = _content(plain) - _content(interpretation.text)
        return told - terms(" ".join(asked_for))

    def holding(
        self, evidence: Sequence[Evidence], interpretation: Interpretation
    ) -> list[Evidence]:
        """The evidence that holds what it says; all of it where it says nothing of its own."""
        return [item for item in evidence if self.is_held(item, interpretation)]

    def telling_its_day(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The evidence with a day in common with those it tells."""
        return [item for item in evidence if overlap(self.days(item), item.spans)]

    def days(self, evidence: Evidence) -> list[TimeSpan]:
        """The days it tells, read as on the day that this evidence was published.

        Four digits alone are a year to a "when".
        """
        text = f"in {self.text}" if _FOUR_DIGITS.fullmatch(self.text) else self.text
        return find_times(text, evidence.article.published.day)

    def is_held(self, evidence: Evidence, interpretation: Interpretation) -> bool:
        """Whether this evidence holds half of what it says at least."""
        return self.is_in(evidence.quote, interpretation)

    def is_in(self, text: str, interpretation: Interpretation, share: float = _HELD) -> bool:
        """Whether the text holds this share of what it says at least, by default half.

        Of a number one of its figures too: "$200 million" is not "$41.1 million".
        """
        told = self.told(interpretation)
        if told and self.is_number and figures(self.text).isdisjoint(figures(text)):
            return False
        return len(told & _content(text)) >= share * len(told)


def doubt(opening: Delta) -> float:
    """The probability that a reply would have opened with "unknown", however it is cut up."""
    return sum(
        probability
        for token, probability in opening.alternatives.items()
        if (begun := token.strip().lower()) and len(begun) > 1 and UNKNOWN.startswith(begun)
    )


def _content(text: str) -> frozenset[str]:
    return terms(text) | numbers(text)

"""Whether a claim is backed by what it cites: a second opinion, apart from ``answering.verify``.

It shares no code with the check that let the claim through, so that a fault there shows here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from rag.answering.language.dates import full_date
from rag.domain import Answer, Article, Citation, Claim
from rag.evaluation.matching import tokens
from rag.reading.times import find_times

# The share of a claim's words that the quotes and titles it cites must hold.
_MIN_SHARE = 0.5
# Words are compared by their beginnings: "visits" and "visited" say the same.
_STEM = 5
_LEFT_OUT = frozenset(
    tokens(
        "and are been but for from had has have her his its not she that their they this was "
        "were which who will with would said says according"
    )
)
_SHORT = 2
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Backing:
    """The quotes an answer cites, by number."""

    citations: Mapping[int, Citation]
    articles: Mapping[str, Article]

    @classmethod
    def of(cls, answer: Answer, articles: Mapping[str, Article]) -> Self:
        """What backs this answer; ``articles`` are those it cites, by id."""
        return cls({citation.number: citation for citation in answer.citations}, articles)

    def is_cited(self, claim: Claim) -> bool:
        """Whether the claim cites something, and nothing that is not there."""
        return bool(claim.citations) and all(number in self.citations for number in claim.citations)

    def holds(self, claim: Claim) -> bool:
        """Whether what it cites has every number of the claim and most of its words."""
        if not self.is_cited(claim):
            return False
        cited = [self.citations[number] for number in claim.citations]
        text = " ".join(f"{item.title} {item.quote} {self._days(item)}" for item in cited)
        if _numbers(claim.text) - _numbers(text):
            return False
        words = _stems(claim.text)
        return len(words & _stems(text)) >= _MIN_SHARE * len(words)

    def _days(self, citation: Citation) -> str:
        """The days that the quote speaks of in full, which it may leave to its reader."""
        article = self.articles.get(citation.article)
        if article is None:
            return ""
        spans = [
            span
            for span in find_times(article.text, article.published.day)
            if citation.start <= span.start and span.end <= citation.end
        ]
        days = (day for span in spans for day in (span.first_day, span.last_day) if day)
        return " ".join(full_date(day) for day in days)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(number.replace(",", "") for number in _NUMBER.findall(text))


def _stems(text: str) -> frozenset[str]:
    words = (word for word in tokens(text) if len(word) > _SHORT and word not in _LEFT_OUT)
    return frozenset(word[:_STEM] for word in words)

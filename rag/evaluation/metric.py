"""What a metric is, and what is counted for one that no question has alone."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rag.evaluation.intervals import Part, Parts
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Reply, Scores

Kind = Literal["rate", "mean", "count", "quotient"]
ScoreReply = Callable[[EvalQuestion, Reply], float | None]


@dataclass(frozen=True, slots=True)
class Quotient:
    """Names of counts, summed above and below the line; one that is named twice counts twice."""

    above: tuple[str, ...]
    below: tuple[str, ...]

    def part(self, scores: Scores) -> Part:
        """What one question adds."""
        return _sum(scores, self.above), _sum(scores, self.below)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of a set: the share, the mean or the sum of the scores of its questions.

    Or a quotient (the mean of several), taken of counts over the whole set: where questions are
    documents, one of many expressions weighs more than one of few.
    """

    name: str
    kind: Kind
    score: ScoreReply
    meaning: str
    lower_is_better: bool = False
    quotients: tuple[Quotient, ...] = ()

    def parts(self, scores: Scores) -> Parts | None:
        """What one question adds to each quotient; ``None`` where it has nothing to count."""
        parts = tuple(item.part(scores) for item in self.quotients)
        return parts if any(below for _, below in parts) else None


def _sum(scores: Scores, names: tuple[str, ...]) -> float:
    return math.fsum(scores.get(name) or 0.0 for name in names)

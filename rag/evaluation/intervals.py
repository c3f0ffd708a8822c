"""How far a measured figure can be trusted: 95 % intervals."""

import math
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

# The 97.5th percentile of the normal distribution: 95 % lies between it and its negative.
_Z = 1.959964
_RESAMPLES = 2_000
_SEED = 0

T = TypeVar("T")
# What one question adds above and below the line of a quotient.
Part = tuple[float, float]
# The same of each quotient of which the mean is taken.
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value lies, 19 times of 20."""

    low: float
    high: float


def wilson(hits: float, n: int) -> Interval:
    """The interval of a rate (Wilson 1927): within 0 and 1, and honest where n is small."""
    rate, square = hits / n, _Z * _Z
    middle = (rate + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * math.sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(values: Sequence[float]) -> Interval:
    """The percentile interval of a mean (Efron 1979), the same on every run."""
    return _resampled(values, lambda drawn: math.fsum(drawn) / len(drawn))


def bootstrap_quotient(parts: Sequence[Parts]) -> Interval:
    """The same of a mean of quotients of sums, whole questions drawn with all of their parts."""
    return _resampled(parts, mean_quotient)


def mean_quotient(parts: Sequence[Parts]) -> float:
    """Of each quotient all that stands above the line by all below; the mean of these."""
    return statistics.fmean(map(_quotient, zip(*parts, strict=True)))


def _quotient(parts: Sequence[Part]) -> float:
    below = math.fsum(part[1] for part in parts)
    return math.fsum(part[0] for part in parts) / below if below else 0.0


def _resampled(items: Sequence[T], figure: Callable[[Sequence[T]], float]) -> Interval:
    draw = random.Random(_SEED)
    figures = sorted(figure(draw.choices(items, k=len(items))) for _ in range(_RESAMPLES))
    return Interval(percentile(figures, 0.025), percentile(figures, 0.975))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the ordered values lies, by the nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

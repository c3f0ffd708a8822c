"""How far a measured figure can be trusted: 95 % intervals."""

import math
import random
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


def bootstrap_quotient(parts: Sequence[Part]) -> Interval:
    """The same of a quotient of sums, whole questions drawn with both of their parts."""
    return _resampled(parts, quotient)


def quotient(parts: Sequence[Part]) -> float:
    """The sum of all that stands above the line, divided by the sum of all below."""
    return math.fsum(above for above, _ in parts) / math.fsum(below for _, below in parts)


def _resampled(items: Sequence[T], figure: Callable[[Sequence[T]], float]) -> Interval:
    draw = random.Random(_SEED)
    figures = sorted(figure(draw.choices(items, k=len(items))) for _ in range(_RESAMPLES))
    return Interval(percentile(figures, 0.025), percentile(figures, 0.975))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the ordered values lies, by the nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

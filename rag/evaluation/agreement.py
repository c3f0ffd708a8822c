"""How well verdicts agree with labels: macro-F1 with its bootstrap intervals (Efron 1979)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_RESAMPLES = 2_000

Flags = NDArray[np.bool_]


def macro_f1(supported: Flags, predicted: Flags) -> float:
    """The mean of the two classes' F1."""
    scores = []
    for truth, guess in ((supported, predicted), (~supported, ~predicted)):
        total = truth.sum() + guess.sum()
        scores.append(2 * float((truth & guess).sum()) / float(total) if total else 0.0)
    return sum(scores) / 2


def figures(truth: Flags, verdicts: Sequence[Flags]) -> str:
    """Mean macro-F1 of the repeats, its spread, and the 95 % bootstrap interval over claims."""
    scores = [macro_f1(truth, verdict) for verdict in verdicts]
    draw = np.random.default_rng(0)
    resampled = []
    for number in range(_RESAMPLES):
        rows = draw.integers(len(truth), size=len(truth))
        resampled.append(macro_f1(truth[rows], verdicts[number % len(verdicts)][rows]))
    low, high = np.quantile(resampled, (0.025, 0.975))
    return f"{np.mean(scores):.3f} ± {np.std(scores):.3f}  [{low:.3f}, {high:.3f}]  n={len(truth)}"


def better_by(truth: Flags, one: Sequence[Flags], other: Sequence[Flags]) -> str:
    """How much higher the first scores, with the paired bootstrap interval over claims."""
    draw = np.random.default_rng(0)
    gains = []
    for number in range(_RESAMPLES):
        rows = draw.integers(len(truth), size=len(truth))
        a, b = one[number % len(one)], other[number % len(other)]
        gains.append(macro_f1(truth[rows], a[rows]) - macro_f1(truth[rows], b[rows]))
    low, high = np.quantile(gains, (0.025, 0.975))
    return f"{np.mean(gains):+.3f} [{low:+.3f}, {high:+.3f}]"

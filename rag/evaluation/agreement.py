"""How well verdicts agree with labels: macro-F1 with its bootstrap intervals (Efron 1979)."""

from collections.abc import Sequence
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

_RESAMPLES = 2_000
_MIDDLE = (0.025, 0.975)

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
    low, high = np.quantile(_resampled(truth, verdicts), _MIDDLE)
    return f"{np.mean(scores):.3f} ± {np.std(scores):.3f}  [{low:.3f}, {high:.3f}]  n={len(truth)}"


def better_by(truth: Flags, one: Sequence[Flags], other: Sequence[Flags]) -> str:
    """How much higher the first scores, with the paired bootstrap interval over claims."""
    gains = _resampled(truth, one) - _resampled(truth, other)
    low, high = np.quantile(gains, _MIDDLE)
    return f"{np.mean(gains):+.3f} [{low:+.3f}, {high:+.3f}]"


def _resampled(truth: Flags, verdicts: Sequence[Flags]) -> NDArray[np.float64]:
    """Macro-F1 over claims drawn with replacement, the repeats in turn; the same claims each time.

    So two checkers are compared on the same draws: the bootstrap is paired.
    """
    draw = np.random.default_rng(0)
    drawn = (draw.integers(len(truth), size=len(truth)) for _ in range(_RESAMPLES))
    repeats = zip(drawn, cycle(verdicts), strict=False)
    return np.array([macro_f1(truth[rows], verdict[rows]) for rows, verdict in repeats])

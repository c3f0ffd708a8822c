"""The fitted weight of the signals: small boosted trees (Friedman 2001), kept as JSON.

``python -m rag.evaluation.fit_grounding`` fits them and writes the file.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "model.json"

# A branch is (signal, threshold, place where at most the threshold, place where above it), with
# places in its tree; a leaf is (value,).
Node = tuple[int, float, int, int] | tuple[float]
Tree = Sequence[Node]


@dataclass(frozen=True, slots=True)
class Model:
    """Trees over the signals, by the names of which they were fitted."""

    signals: Sequence[str]
    base: float
    trees: Sequence[Tree]

    def probability(self, values: Sequence[float]) -> float:
        """How likely a claim with these signals is supported, 0 to 1."""
        odds = self.base + math.fsum(_leaf(tree, values) for tree in self.trees)
        return 1 / (1 + math.exp(-odds))


def _leaf(tree: Tree, values: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        signal, threshold, low, high = node
        node = tree[low if values[signal] <= threshold else high]
    return node[0]


@cache
def fitted() -> Model:
    """The model that comes with the program."""
    text = files("rag.answering.grounding").joinpath(FILE).read_text(encoding="utf-8")
    return Model(**json.loads(text))

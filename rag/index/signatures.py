"""Which share of their words two texts have in common, told from a short signature of each."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datasketch import MinHash

Signature = npt.NDArray[np.uint32]

# A stretch of five words is seldom written twice by chance: on rtqa2022 five keep a copy and the
# next day's new edition further apart than three do (0.86 and 0.75; 0.87 and 0.80).
_SHINGLE = 5
# The estimate is off by 0.035 (one standard deviation) at a similarity of 0.8.
_PERMUTATIONS = 128
_SEED = 1
# One changed word takes five shingles: of fewer words than this a signature says too little.
_FEWEST_WORDS = 40

_WORD = re.compile(r"[^\W_]+")


def signature_of(text: str) -> bytes:
    """The MinHash signature (Broder 1997) of a text's shingles; empty for a very short text.

    Only its words count: neither case, quotes, nor white space. Signatures are stored, so the
    numbers must stay what they are; datasketch keeps those of a scheme that is named.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS:
        return b""
    last = len(words) - _SHINGLE
    shingles = {" ".join(words[start : start + _SHINGLE]) for start in range(last + 1)}
    made = _blank().copy()
    # Half a surrogate pair can be in a text, and is no reason to refuse it here.
    made.update_batch([shingle.encode("utf-8", "replace") for shingle in shingles])
    return bytes(made.hashvalues.astype("<u4").tobytes())


@cache
def _blank() -> "MinHash":
    """Of no shingles, made once: its permutations take as long as an article does."""
    from datasketch import MinHash  # a second, spared whoever only asks

    return MinHash(_PERMUTATIONS, _SEED, scheme="affine32")


class Signatures:
    """The signatures of some articles, compared without the library that made them."""

    def __init__(self, names: Sequence[str], rows: Signature) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._rows = rows

    @classmethod
    def of(cls, stored: Mapping[str, bytes]) -> Self:
        """Those of the articles that have one, by id."""
        signed = {name: packed for name, packed in stored.items() if packed}
        rows = np.frombuffer(b"".join(signed.values()), dtype="<u4").reshape(-1, _PERMUTATIONS)
        return cls(list(signed), rows)

    def similar_to(self, name: str, least: float) -> list[str]:
        """The other articles whose estimated Jaccard similarity to this one is at least that."""
        if name not in self._places:
            return []
        estimates = (self._rows == self._rows[self._places[name]]).mean(axis=1)
        return [
            other
            for other, place in self._places.items()
            if other != name and estimates[place] >= least
        ]

"""Passages that may hold the answer: vectors and full text, fused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.evidence import rank_evidence
from rag.answering.interpret import Interpretation
from rag.domain import Article, Coverage, Evidence
from rag.index.embedder import Embedder
from rag.index.store import Index
from rag.index.vectors import Hit

# k = 60 as in Cormack, Clarke and Buettcher 2009; smaller values let one list dominate.
_RANK_CONSTANT = 60
_CANDIDATES = 50
_PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds evidence in one index."""

    index: Index
    embedder: Embedder

    def evidence(self, interpretation: Interpretation) -> list[Evidence]:
        """Sentences of articles that existed on the question's day, best first."""
        hits = self._passages(interpretation.text, interpretation.as_of)[:_PASSAGES]
        entries = self.index.catalog.entries(hit.passage for hit in hits)
        return rank_evidence(interpretation, entries, self.embedder)

    def articles(self, interpretation: Interpretation, limit: int) -> list[Article]:
        """Articles that existed on the question's day, best first, each by its best passage."""
        hits = self._passages(interpretation.text, interpretation.as_of)
        passages = self.index.catalog.passages(hit.passage for hit in hits)
        names = list(dict.fromkeys(passage.article for passage in passages))
        return [self.index.article(name) for name in names[:limit]]

    def coverage(self, as_of: date) -> Coverage:
        """What an answer as of that day could draw on."""
        return self.index.coverage(as_of)

    def _passages(self, text: str, as_of: date) -> list[Hit]:
        vector = self.embedder.embed([text])[0]
        by_vector = self.index.nearest(vector, _CANDIDATES, as_of)
        by_words = self.index.search(text, _CANDIDATES, as_of)
        return fuse([by_vector, by_words])


def fuse(rankings: Iterable[Sequence[Hit]]) -> list[Hit]:
    """The rankings joined into one by reciprocal rank fusion (Cormack et al. 2009), best first."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.passage] += 1 / (_RANK_CONSTANT + rank)
    fused = [Hit(passage, score) for passage, score in scores.items()]
    return sorted(fused, key=lambda hit: (-hit.score, hit.passage))

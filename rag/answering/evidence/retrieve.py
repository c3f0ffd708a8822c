"""Where the answer may be: the articles nearest to a question by meaning, words and day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from rag.answering.evidence.copies import sources
from rag.answering.evidence.recency import Recency
from rag.answering.evidence.sentences import matching_sentences, rank_evidence
from rag.answering.question.interpret import Interpretation
from rag.domain import Article, Coverage, Evidence
from rag.index.embedder import Embedder
from rag.index.records import Headline
from rag.index.store import Index
from rag.index.vectors import Hit, Matrix

# k = 60 as in Cormack, Clarke and Buettcher 2009; smaller values let one list dominate.
_RANK_CONSTANT = 60
_CANDIDATES = 200
_ARTICLES = 10
# A timeline reads more than an answer does, since what it tells is spread over years.
_TIMELINE_ARTICLES = 60
# What is meant, by the lead and by the headline, counts as much as what is said, which is looked
# up in two ways.
_LEAD_MEANING, _HEADLINE_MEANING, _WORDS = 1.5, 0.5, 1.0
# Headlines have no vectors in the index: those of the best articles are embedded when asked.
_HEADLINES = 20


@dataclass(frozen=True, slots=True)
class _Relevant:
    """An article, how well it matches the question (the best one 1), and what repeats it."""

    article: Article
    relevance: float
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds articles and their evidence in one index."""

    index: Index
    embedder: Embedder

    def evidence(self, interpretation: Interpretation) -> list[Evidence]:
        """Sentences of the best articles that existed on the question's day, best first."""
        return self._evidence(interpretation, self._relevant(interpretation, _ARTICLES))

    def search(self, interpretation: Interpretation, limit: int) -> list[Evidence]:
        """The same with at least one sentence for each of so many articles, articles compared.

        The score is that of the article, times that of the sentence in proportion to the best
        of its article: the first sentence of each article stands in the order of the articles.
        """
        relevant = self._relevant(interpretation, max(limit, _ARTICLES))
        relevance = {item.article.id: item.relevance for item in relevant}
        best: dict[str, float] = {}
        scored = []
        for item in self._evidence(interpretation, relevant):
            of_article = best.setdefault(item.article.id, item.score) or 1.0
            # The quotient first: it is 1 for the best sentence, so that articles that tie, tie.
            score = relevance[item.article.id] * (item.score / of_article)
            scored.append(replace(item, score=score))
        return sorted(scored, key=lambda item: -item.score)

    def statements(self, interpretation: Interpretation) -> list[Evidence]:
        """Every sentence that shares a word with a topic, of many articles, in their order."""
        relevant = self._relevant(interpretation, _TIMELINE_ARTICLES)
        found = matching_sentences(interpretation, [item.article for item in relevant])
        return _with_copies(found, relevant)

    def is_word(self, text: str) -> bool:
        """Whether the embedder knows it as one word: it takes what it does not know to pieces."""
        return self.embedder.count_tokens(text) == 1

    def coverage(self, as_of: date) -> Coverage:
        """What an answer as of that day could draw on."""
        return self.index.coverage(as_of)

    def _evidence(
        self, interpretation: Interpretation, relevant: Sequence[_Relevant]
    ) -> list[Evidence]:
        articles = [item.article for item in relevant]
        ranked = rank_evidence(interpretation, articles, self.embedder)
        return _with_copies(ranked, relevant)

    def _relevant(self, interpretation: Interpretation, limit: int) -> list[_Relevant]:
        """The articles best by reciprocal rank fusion, each weighted by its day.

        Copies of one are one, the first of them, and match as well as the best of them.
        """
        weighed = self._weighed(interpretation)
        names = _best_first(weighed)
        return [
            _Relevant(source.article, weighed[source.best] / weighed[names[0]], source.copies)
            for source in islice(sources(self.index, names), limit)
        ]

    def _weighed(self, interpretation: Interpretation) -> dict[str, float]:
        """What each article is worth to the question, found first and then by its headline."""
        text, as_of = interpretation.text, interpretation.as_of
        vector = self.embedder.embed([text])[0]
        fused = fuse(self._rankings(text, vector, as_of))
        found = {item.id: item for item in self.index.catalog.headlines(fused)}
        recency = Recency.of(text, as_of)
        days = {name: recency.weight(item.published.day) for name, item in found.items()}
        best = _best_first({name: fused[name] * days[name] for name in found})[:_HEADLINES]
        by_headline = self._by_headline(vector, [found[name] for name in best])
        for name, score in fuse([(_HEADLINE_MEANING, by_headline)]).items():
            fused[name] += score
        return {name: fused[name] * days[name] for name in found}

    def _rankings(
        self, text: str, vector: Matrix, as_of: date
    ) -> list[tuple[float, Sequence[str]]]:
        by_meaning = self._articles_of(self.index.nearest(vector, _CANDIDATES, as_of))
        by_lead = self.index.search(text, _CANDIDATES, as_of, "lead")
        by_text = self.index.search(text, _CANDIDATES, as_of, "text")
        return [(_LEAD_MEANING, by_meaning), (_WORDS, by_lead), (_WORDS, by_text)]

    def _by_headline(self, vector: Matrix, headlines: Sequence[Headline]) -> list[str]:
        """The articles of these headlines, the one nearest to the question first."""
        if not headlines:
            return []
        cosines = self.embedder.embed([item.title for item in headlines]) @ vector
        order = sorted(range(len(headlines)), key=lambda at: -cosines[at])
        return [headlines[at].id for at in order]

    def _articles_of(self, hits: Sequence[Hit]) -> list[str]:
        owners = self.index.catalog.owners_of(hit.passage for hit in hits)
        return list(dict.fromkeys(owners[hit.passage] for hit in hits if hit.passage in owners))


def _best_first(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda name: (-scores[name], name))


def _with_copies(evidence: Sequence[Evidence], relevant: Sequence[_Relevant]) -> list[Evidence]:
    copies = {item.article.id: item.copies for item in relevant}
    return [replace(item, copies=copies[item.article.id]) for item in evidence]


def fuse(rankings: Sequence[tuple[float, Sequence[str]]]) -> dict[str, float]:
    """The weighted rankings as one score for each name (Cormack et al. 2009), higher is better."""
    scores: dict[str, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            scores[name] += weight / (_RANK_CONSTANT + rank)
    return scores

"""Sentences that could back an answer, scored against the question and placed in time."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.answering.evidence.about import is_named
from rag.answering.evidence.meant import Holders
from rag.answering.evidence.properties import told_without_name
from rag.answering.language.machine_talk import told_to_readers
from rag.answering.language.terms import terms
from rag.answering.question.interpret import Interpretation
from rag.domain import Article, Evidence, Meant, Span, TimeSpan
from rag.index.embedder import Embedder
from rag.reading.sentences import sentence_spans
from rag.reading.times import find_times

# A word of the question counts in full in the sentence itself and half in its context: that
# says what the sentence is about, not what it states.
_CONTEXT_WEIGHT = 0.5
# Sentences that are embedded: the one of each article that shares most words with the question,
# then those of any that do. Embedding is the slowest step before the model, 10 ms a sentence.
_EMBEDDED = 16
# Characters of an article that are read: a book in one file must not hold up a question.
_READ = 200_000
# A sentence that opens so is read together with the one before.
_POINTS_BACK = re.compile(
    r"\W*(he|she|it|they|this|these|that|those|there|his|her|its|their"
    r"|the (two |both )?(leaders|sides|countries|presidents|ministers|couple|pair"
    r"|visit|trip|talks|summit|meeting"
    r"|house|building|school|museum|church|album|song|film|book|novel))\b",
    re.IGNORECASE,
)
# So is one that has, wherever, a word for what the one before names: "joined the group in 2017".
_NAMED_BEFORE = re.compile(
    r"\b(the|this|that) (group|bloc|organi[sz]ation|alliance|union|company|firm|agency|party"
    r"|city|town|township|village|district)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    span: Span
    context: str
    meant: tuple[Meant, ...]

    @property
    def quote(self) -> str:
        return self.span.of(self.article.text)

    @property
    def around(self) -> str:
        """What the sentence is read with."""
        return "\n".join([self.context, *map(str, self.meant)])


def rank_evidence(
    interpretation: Interpretation,
    articles: Sequence[Article],
    embedder: Embedder,
) -> list[Evidence]:
    """The sentences of these articles, best match to the question first, one at least of each.

    The score, 0 to 1, is the mean of two signals: the rarity-weighted share of the question's
    words that the sentence and its context hold, and the cosine of their embeddings.
    """
    candidates = _all_candidates(interpretation, articles)
    covered = _shortlist(_covered(interpretation, candidates))
    if not covered:
        return []
    cosines = _cosines(interpretation.text, [item.candidate for item in covered], embedder)
    times = _Times()
    ranked = [
        times.placed(item.candidate, (item.share + cosine) / 2)
        for item, cosine in zip(covered, cosines, strict=True)
    ]
    return sorted(ranked, key=lambda evidence: -evidence.score)


def matching_sentences(
    interpretation: Interpretation, articles: Iterable[Article]
) -> list[Evidence]:
    """Every sentence of these articles that shares a word with the question, in their order.

    No embedder reads them: the score is the share of the question's words alone.
    """
    candidates = _all_candidates(interpretation, articles)
    times = _Times()
    return [
        times.placed(item.candidate, item.share)
        for item in _covered(interpretation, candidates)
        if item.shares_a_word
    ]


def sentences(article: Article) -> list[Evidence]:
    """Every sentence of the article in its order, compared with no question: all score 0."""
    times = _Times()
    return [times.placed(candidate, 0.0) for candidate in _candidates(article)]


def by_article(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """The evidence of each article together, both in their order."""
    groups: dict[str, list[Evidence]] = {}
    for item in evidence:
        groups.setdefault(item.article.id, []).append(item)
    return list(groups.values())


def _all_candidates(
    interpretation: Interpretation, articles: Iterable[Article]
) -> list[_Candidate]:
    return [item for article in articles for item in _candidates(article, interpretation.meant)]


def _candidates(article: Article, asked: Sequence[Meant] = ()) -> Iterator[_Candidate]:
    """The sentences of the article, with those whom they, or who asks, mean by an office."""
    holders, before = Holders([article]), ""
    meant: tuple[Meant, ...] = ()
    for span in told_to_readers(article, sentence_spans(article.text[:_READ])):
        quote = span.of(article.text)
        points_back = _POINTS_BACK.match(quote) or _NAMED_BEFORE.search(quote)
        context = [article.title]
        if points_back:
            context += [before, *map(str, meant)]
        meant = holders.meant_in(quote)
        named = (it for it in asked if it not in meant and is_named(it.who, quote))
        yield _Candidate(article, span, "\n".join(context), (*meant, *named))
        before = quote


@dataclass(frozen=True, slots=True)
class _Covered:
    candidate: _Candidate
    share: float
    shares_a_word: bool


def _covered(interpretation: Interpretation, candidates: Sequence[_Candidate]) -> list[_Covered]:
    """The candidates with the share of the question's words that they hold, in their order."""
    wanted = interpretation.terms
    quotes = [terms(it.quote) | told_without_name(it.quote, interpretation) for it in candidates]
    weights = {word: _rarity(word, quotes) for word in wanted}
    return [
        _Covered(candidate, _share(weights, quote, terms(candidate.around)), bool(quote & wanted))
        for candidate, quote in zip(candidates, quotes, strict=True)
    ]


def _shortlist(covered: Sequence[_Covered]) -> list[_Covered]:
    """What is worth embedding: the best of each article, then as many others as there may be."""
    best = sorted(covered, key=lambda item: -item.share)
    firsts = {item.candidate.article.id: item for item in reversed(best)}
    others = [item for item in best if item is not firsts[item.candidate.article.id]]
    return [*firsts.values(), *others[: max(0, _EMBEDDED - len(firsts))]]


def _share(weights: Mapping[str, float], quote: frozenset[str], context: frozenset[str]) -> float:
    held = sum(
        weight * (1.0 if word in quote else _CONTEXT_WEIGHT * (word in context))
        for word, weight in weights.items()
    )
    return held / (sum(weights.values()) or 1.0)


def _rarity(word: str, texts: Sequence[frozenset[str]]) -> float:
    """Inverse document frequency over the candidates, as in BM25 (Robertson and Zaragoza 2009)."""
    count = sum(word in text for text in texts)
    return math.log(1 + (len(texts) - count + 0.5) / (count + 0.5))


def _cosines(text: str, candidates: Sequence[_Candidate], embedder: Embedder) -> list[float]:
    vectors = embedder.embed([text, *(candidate.quote for candidate in candidates)])
    return [float(value) for value in np.clip(vectors[1:] @ vectors[0], 0.0, 1.0)]


class _Times:
    """The time spans of whole articles, each article read once.

    The whole, since "in October of that year" looks back further than its own sentence.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[TimeSpan]] = {}

    def placed(self, candidate: _Candidate, score: float) -> Evidence:
        """The candidate as evidence, with the days it speaks of."""
        article, span = candidate.article, candidate.span
        if article.id not in self._found:
            self._found[article.id] = find_times(article.text[:_READ], article.published.day)
        spans = tuple(
            found
            for found in self._found[article.id]
            if span.start <= found.start and found.end <= span.end
        )
        return Evidence(
            article,
            span.start,
            span.end,
            candidate.context,
            score,
            spans,
            meant=candidate.meant,
        )

"""Answers and evidence as the JSON that other programs read; the keys are an interface."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from rag.domain import Answer, Article, Citation, Evidence, Question

SCHEMA = 1
_DECIMALS = 3


def answer_json(answer: Answer, identifier: str | None = None) -> dict[str, Any]:
    """The answer as a JSON object of schema 1."""
    return {
        "schema": SCHEMA,
        "id": identifier,
        "question": answer.question,
        "as_of": answer.as_of.isoformat(),
        "status": answer.status,
        "reason": answer.reason,
        "answer": answer.text,
        "claims": [
            {"text": claim.text, "citations": list(claim.citations), "verdict": claim.verdict}
            for claim in answer.claims
        ],
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": [citation_json(citation) for citation in answer.nearest],
        "coverage": {
            "articles": answer.coverage.articles,
            "from": _day(answer.coverage.first_day),
            "to": _day(answer.coverage.last_day),
        },
        "model": asdict(answer.model),
        "timings": {
            name: round(value, _DECIMALS) for name, value in asdict(answer.timings).items()
        },
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation: ``quote`` is ``text[start:end]`` of the article."""
    return asdict(citation) | {"published": _day(citation.published)}


def search_json(question: Question, evidence: Sequence[Evidence]) -> dict[str, Any]:
    """The evidence for a question, numbered best first, each with its score."""
    return {
        "question": question.text,
        "as_of": question.as_of.isoformat(),
        "evidence": [
            citation_json(Citation.of(item, number)) | {"score": round(item.score, _DECIMALS)}
            for number, item in enumerate(evidence, start=1)
        ],
    }


def article_json(article: Article) -> dict[str, Any]:
    """One article as stored; every citation's offsets refer to its ``text``."""
    published = article.published
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": _day(published.day),
        "published_basis": published.basis,
        "published_earliest": _day(published.earliest),
        "published_latest": _day(published.latest),
        "text": article.text,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

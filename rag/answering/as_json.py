"""Answers and evidence as the JSON that other programs read; the keys are an interface."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from rag.answering.language.dates import days_in_words
from rag.domain import Answer, Article, Citation, Coverage, Evidence, Question

if TYPE_CHECKING:
    from rag.answering.timeline.timeline import Entry, Telling, Timeline

SCHEMA = 1
_DECIMALS = 3


def answer_json(answer: Answer, identifier: str | None = None) -> dict[str, Any]:
    """The answer as a JSON object of schema 1.

    ``verifier`` is there only where one was named, ``read_as`` where the question was respelled.
    """
    read_as = {"read_as": answer.read_as} if answer.read_as else {}
    verifier = {"verifier": asdict(answer.verifier)} if answer.verifier else {}
    return {
        "schema": SCHEMA,
        "id": identifier,
        "question": answer.question,
        **read_as,
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
        "coverage": _coverage_json(answer.coverage),
        "model": asdict(answer.model),
        **verifier,
        "timings": {
            name: round(value, _DECIMALS) for name, value in asdict(answer.timings).items()
        },
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation: ``quote`` is ``text[start:end]`` of the article.

    ``updated`` is there only where the article was updated after the day it states, ``meant`` only
    where somebody stands in the quote by an office.
    """
    fields = asdict(citation)
    fields |= {"published": _day(citation.published), "copies": list(citation.copies)}
    updated, meant = fields.pop("updated"), fields.pop("meant")
    fields |= {"updated": _day(updated)} if updated else {}
    return fields | ({"meant": list(meant)} if meant else {})


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


def timeline_json(timeline: "Timeline") -> dict[str, Any]:
    """The timeline as a JSON object, its entries in order; their citations are as in an answer."""
    return {
        "schema": SCHEMA,
        "topic": timeline.topic,
        "as_of": timeline.as_of.isoformat(),
        "entries": [_entry_json(entry) for entry in timeline.entries],
        "left_out": timeline.left_out,
        "coverage": _coverage_json(timeline.coverage),
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


def _entry_json(entry: "Entry") -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "standing": entry.standing,
        **_telling_json(entry.days),
        "before": entry.before and _telling_json(entry.before),
        "replaced_by": entry.replaced_by and _telling_json(entry.replaced_by),
        "citations": [citation_json(citation) for citation in entry.citations],
    }


def _telling_json(telling: "Telling") -> dict[str, Any]:
    """Days, the article's words for them, and the day that the article was published."""
    return {
        "days": days_in_words(telling.span),
        "first_day": _day(telling.span.first_day),
        "last_day": _day(telling.span.last_day),
        "timex": telling.span.timex,
        "words": telling.span.text,
        "inferred": telling.is_inferred,
        "published": _day(telling.published.day),
        "published_basis": telling.published.basis,
    }


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    return {
        "articles": coverage.articles,
        "from": _day(coverage.first_day),
        "to": _day(coverage.last_day),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""The last answer's citations, kept so that ``rag show`` can mark them."""

import contextlib
import json
from pathlib import Path

from rag.answering.as_json import citation_json
from rag.domain import Answer, Article, Span
from rag.terminal.clean import to_json

_NAME = "last_answer.json"


def remember(home: Path, answer: Answer) -> None:
    """Keep what this answer cites; a home that cannot be written is no reason to fail."""
    cited = [citation_json(citation) for citation in answer.citations or answer.nearest]
    with contextlib.suppress(OSError):
        (home / _NAME).write_text(to_json(cited), encoding="utf-8")


def cited_spans(home: Path, article: Article) -> list[tuple[int, Span]]:
    """The spans of this article that the last answer cited, with their numbers."""
    try:
        cited = json.loads((home / _NAME).read_text(encoding="utf-8"))
        spans = [
            (int(item["number"]), Span(int(item["start"]), int(item["end"])), item["quote"])
            for item in cited
            if item["article"] == article.id
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [(number, span) for number, span, quote in spans if span.of(article.text) == quote]

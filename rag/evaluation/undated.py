"""Dated news with its dates taken away: what can be inferred of them, alone and in company."""

import random
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rag.answering.language.dates import full_date
from rag.domain import Article, Published
from rag.evaluation.lines import read_lines
from rag.evaluation.questions import Days, EvalQuestion, Expected

# The program takes no day after the current one; here that is the same day in every run.
_READ_ON = date(2026, 1, 1)
_NEAREST, _COMPANY = 400, 5

Dated = tuple[Article, date]


def alone(path: Path) -> Iterator[EvalQuestion]:
    """When each article was published, its text being all there is."""
    return (_question(article, day, []) for article, day in _articles(path))


def in_company(path: Path) -> Iterator[EvalQuestion]:
    """The same beside the days of five others, drawn from the 800 that are nearest in time."""
    dated = sorted(_articles(path), key=lambda item: item[1])
    for place, (article, day) in enumerate(dated):
        near = dated[max(place - _NEAREST, 0) : place] + dated[place + 1 : place + 1 + _NEAREST]
        drawn = random.Random(article.id).sample(near, min(_COMPANY, len(near)))
        yield _question(article, day, drawn)


def true_day(question: EvalQuestion) -> date:
    """The day that was taken away."""
    return next(group.first for group in question.expected.contains if isinstance(group, Days))


def in_words(published: Published | None) -> str:
    """What was found for an undated article; empty where nothing was looked for."""
    if published is None:
        return ""
    bounds = (published.earliest, published.day, published.latest)
    first, best, last = (full_date(day) if day else "unknown" for day in bounds)
    return f"{best} ({published.basis}), {first} to {last}"


def _articles(path: Path) -> Iterator[Dated]:
    return (item for line in read_lines(path) if (item := line.parsed(_article)))


def _article(fields: Mapping[str, Any]) -> Dated | None:
    if not fields["date"]:
        return None
    name, title = str(fields["id"]), fields["title"] or ""
    article = Article(name, title, fields["text"], Published.unknown())
    return article, date.fromisoformat(fields["date"][:10])


def _question(article: Article, day: date, company: list[Dated]) -> EvalQuestion:
    others = (
        Article(other.id, other.title, "", Published.on(known, "stated"))
        for other, known in company
    )
    return EvalQuestion(
        id=article.id,
        kind=str(day.year),
        turns=(f"When was “{article.title or article.id}” published?",),
        as_of=_READ_ON,
        expected=Expected(("answered",), (Days(day, day),)),
        articles=(article, *others),
    )

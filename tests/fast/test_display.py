"""What is printed: dated sources, nothing a terminal would obey."""

from datetime import date
from pathlib import Path

import pytest

from rag.domain import (
    Answer,
    Article,
    Basis,
    Citation,
    Claim,
    Coverage,
    ModelIdentity,
    Published,
    Span,
)
from rag.terminal.display import Display, dated
from rag.terminal.last import cited_spans, remember

ARTICLE = Article(
    "a.txt",
    "Title \x1b[31mred",
    "Putin will visit Harbin.",
    Published.on(date(2024, 5, 14), "stated"),
)


def answer(*, basis: Basis = "stated", nearest: bool = False) -> Answer:
    citation = Citation(
        1, "a.txt", ARTICLE.title, "TASS", date(2024, 5, 14), basis, ARTICLE.text, 0, 24
    )
    said = "The articles do not say." if nearest else "Putin will visit Harbin. [1]"
    return Answer(
        question="Which city?",
        as_of=date(2024, 5, 15),
        status="abstained" if nearest else "answered",
        reason="unsupported" if nearest else None,
        text=said,
        claims=() if nearest else (Claim("Putin will visit Harbin.", (1,), "supported"),),
        citations=() if nearest else (citation,),
        nearest=(citation,) if nearest else (),
        coverage=Coverage(1, date(2024, 5, 14), date(2024, 5, 14)),
        model=ModelIdentity("none", "none", None),
    )


def shown(answer: Answer, capsys: pytest.CaptureFixture[str]) -> str:
    display = Display()
    for claim in answer.claims:
        display.claim(claim)
    display.rest(answer)
    return capsys.readouterr().out


def test_an_answer_is_followed_by_its_dated_sources(capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(answer(), capsys)
    assert printed.startswith("Putin will visit Harbin. [1]\n")
    assert "14 May 2024 · TASS · a.txt" in printed
    assert "“Putin will visit Harbin.”" in printed


def test_an_inferred_date_is_said_to_be_inferred(capsys: pytest.CaptureFixture[str]) -> None:
    assert "14 May 2024 (inferred)" in shown(answer(basis="inferred"), capsys)


def test_an_abstention_offers_the_nearest_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(answer(nearest=True), capsys)
    assert printed.startswith("The articles do not say.\n")
    assert "“Putin will visit Harbin.”" in printed


def test_a_pipe_gets_no_escape_of_ours_or_of_an_article(capsys: pytest.CaptureFixture[str]) -> None:
    display = Display()
    display.article(ARTICLE, [(1, Span(0, 5))])
    display.rest(answer())
    assert "\x1b" not in capsys.readouterr().out


def test_cited_spans_are_marked_with_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    Display().article(ARTICLE, [(1, Span(0, 5)), (2, Span(17, 23))])
    assert "Putin [1] will visit Harbin [2]." in capsys.readouterr().out


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert dated(Published.unknown()) == "date unknown"


def test_the_last_answer_is_remembered_for_its_article_alone(tmp_path: Path) -> None:
    remember(tmp_path, answer())
    assert cited_spans(tmp_path, ARTICLE) == [(1, Span(0, 24))]
    other = Article("b.txt", "B", ARTICLE.text, ARTICLE.published)
    changed = Article("a.txt", "A", "Xi will visit Moscow.", ARTICLE.published)
    assert cited_spans(tmp_path, other) == []
    assert cited_spans(tmp_path, changed) == []


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / "last_answer.json").write_text("{", encoding="utf-8")
    assert cited_spans(tmp_path, ARTICLE) == []

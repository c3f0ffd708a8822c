"""What is printed: dated sources, nothing a terminal would obey."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from rag.answering.as_json import citation_json
from rag.domain import (
    Answer,
    Article,
    Basis,
    Citation,
    Claim,
    Coverage,
    Evidence,
    Meant,
    ModelIdentity,
    Published,
    Span,
)
from rag.index.records import Headline
from rag.index.report import IngestReport
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


def test_a_question_that_was_respelled_is_shown_as_it_was_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respelled = replace(answer(), read_as="Which city\x1b[31m?")
    assert "\nRead as: Which city[31m?\n" in shown(respelled, capsys)
    assert "Read as" not in shown(answer(), capsys)


def test_who_is_meant_by_an_office_stands_below_the_quote(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = answer()
    [citation] = told.citations
    meant = (Meant("Moscow's top diplomat", "Sergei\x1b[31m Lavrov"),)
    printed = shown(replace(told, citations=(replace(citation, meant=meant),)), capsys)
    assert "“Putin will visit Harbin.”\nMoscow's top diplomat: Sergei[31m Lavrov\n" in printed


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


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("He comes.", "“He comes.”"),
        ("“He comes,” Xi said.", "“He comes,” Xi said."),
        ("Xi said “he comes.”", "Xi said “he comes.”"),
        ('"He comes.', '"He comes.'),
        ("He “comes” today.", "“He “comes” today.”"),
    ],
)
def test_a_quote_that_has_marks_of_its_own_gets_no_second_ones(
    quote: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    [citation] = answer().citations
    display = Display()
    display.claim(Claim(f"“{quote}” (May)", (1,), "quoted"))
    display.citations([replace(citation, quote=quote)])
    said = capsys.readouterr().out.splitlines()
    assert (said[0], said[-1]) == (f"{shown} (May) [1]", shown)


def test_an_inferred_date_is_said_to_be_inferred(capsys: pytest.CaptureFixture[str]) -> None:
    assert "14 May 2024 (inferred)" in shown(answer(basis="inferred"), capsys)


def test_an_updated_story_is_said_to_be_updated(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer()
    updated = replace(told, citations=(replace(told.citations[0], updated=date(2024, 5, 20)),))
    printed = shown(updated, capsys)
    assert "14 May 2024, updated 20 May 2024 or later · TASS · a.txt" in printed
    assert citation_json(updated.citations[0])["updated"] == "2024-05-20"
    assert "updated" not in citation_json(told.citations[0])


def test_a_citation_tells_that_its_article_was_updated() -> None:
    day, later = date(2024, 5, 14), date(2024, 5, 20)
    article = replace(ARTICLE, published=Published(day, "stated", day, later))
    citation = Citation.of(Evidence(article, 0, 5, "", 1.0), 1)
    assert (citation.published, citation.updated) == (day, later)
    assert Citation.of(Evidence(ARTICLE, 0, 5, "", 1.0), 1).updated is None


def test_the_first_of_many_inferred_dates_are_listed_and_the_others_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, last = date(2024, 5, 10), date(2024, 5, 16)
    within = Published(date(2024, 5, 14), "inferred", first, last)
    inferred = tuple(Headline(f"{number}.txt", "", within) for number in range(2000))
    report = IngestReport(2000, 0, 0, 0, 2000, 2000, inferred=inferred)
    Display().ingested(report)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 12
    assert lines[1] == (
        "  0.txt: 14 May 2024 (inferred), 10 May 2024 to 16 May 2024, from what the text says"
    )
    assert lines[-1] == "  and 1990 more dates inferred; all of them with --json or rag status"
    assert len(report.as_json()["inferred"]) == 2000


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


@pytest.mark.parametrize("is_watched", [False, True])
def test_progress_is_shown_where_somebody_watches(
    is_watched: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    display = Display()
    display.err = Console(stderr=True, force_terminal=is_watched)
    with display.progress() as advance:
        advance("reading", 1, 2)
    assert ("reading" in capsys.readouterr().err) == is_watched


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

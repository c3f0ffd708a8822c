"""One JSON question a line in, one JSON answer a line out."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.domain import Article
from rag.errors import StoreError
from rag.index.store import Index
from rag.terminal.batch import Batch
from tests.fakes_index import FakeEmbedder

HARBIN = {"text": "Putin will visit the city of Harbin.", "published": "2024-05-14"}


def over(articles: Sequence[Article]) -> Assistant:
    embedder = FakeEmbedder()
    return Assistant(Retriever(Index.in_memory(articles, embedder), embedder), None)


def no_index() -> Assistant:
    raise StoreError("No index at .rag. Run: rag ingest FOLDER")


def run(*lines: object) -> list[dict[str, Any]]:
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [reply.record for reply in Batch(no_index, over, date(2024, 6, 1)).run(written)]


def test_passages_are_answered_without_an_index() -> None:
    [answer] = run({"id": "a", "question": "Which city will Putin visit?", "passages": [HARBIN]})
    assert (answer["schema"], answer["id"], answer["status"]) == (1, "a", "answered")
    [citation] = answer["citations"]
    assert (citation["article"], citation["published"]) == ("passage-1", "2024-05-14")
    assert citation["quote"] == HARBIN["text"][citation["start"] : citation["end"]]


def test_a_line_may_be_asked_as_of_its_own_day() -> None:
    line = {"question": "Which city will Putin visit?", "passages": [HARBIN]}
    early, late = run(line | {"as_of": "2024-05-13"}, line | {"as_of": "2024-05-14"})
    assert (early["status"], late["status"]) == ("abstained", "answered")


@pytest.mark.parametrize(
    ("line", "identifier", "said"),
    [
        ("{not json", None, "Line 1 is not JSON"),
        ("[1]", None, "not a JSON object"),
        ({"id": "x"}, "x", 'Line 1 has no question. Write {"question": "When ...?"}.'),
        ({"id": "x", "question": " "}, "x", 'Line 1 has no question. Write {"question'),
        ({"id": "x", "question": ["Q?"]}, "x", "Line 1 has no question"),
        ({"id": "x", "question": "?"}, "x", "The question '?' has no word in it"),
        (
            {"id": "x", "question": "Q?", "as_of": "soon", "passages": [HARBIN]},
            "x",
            "as_of 'soon' is not a day",
        ),
        (
            {"id": "x", "question": "Q?", "as_of": 7, "passages": [HARBIN]},
            "x",
            "as_of '7' is not a day",
        ),
        ({"id": "x", "question": "Q?", "passages": "no"}, "x", "not a list"),
        ({"id": "x", "question": "Q?", "passages": [{"text": " "}]}, "x", "Passage 1 has no text"),
        ({"id": "x", "question": "Q?"}, "x", "No index"),
    ],
)
def test_a_bad_line_gives_its_error_and_the_run_goes_on(
    line: object, identifier: str | None, said: str
) -> None:
    good = {"id": "good", "question": "Which city will Putin visit?", "passages": [HARBIN]}
    error, answer = run(line, good)
    assert error["id"] == identifier
    assert said in error["error"]
    assert "--" not in error["error"]
    assert answer["status"] == "answered"


def test_each_answer_is_there_before_the_next_line_is_read() -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(2):
            read.append(number)
            yield json.dumps({"question": "Which city?", "passages": [HARBIN]})

    answers = Batch(no_index, over, date(2024, 6, 1)).run(lines())
    next(answers)
    assert read == [0]


def test_no_passages_at_all_is_nothing_to_answer_from() -> None:
    [answer] = run({"question": "Which city will Putin visit?", "passages": []})
    assert (answer["status"], answer["reason"]) == ("abstained", "no_evidence")
    assert answer["coverage"] == {"articles": 0, "from": None, "to": None}


def test_a_passage_is_dated_by_its_own_text_which_stays_whole() -> None:
    text = "May 14, 2024 ... Putin will visit the city of Harbin."
    line = {"question": "Which city will Putin visit?", "passages": [{"text": text}]}
    [answer] = run(line | {"as_of": "2024-05-15"})
    [citation] = answer["citations"]
    assert (citation["published"], citation["published_basis"]) == ("2024-05-14", "stated")
    assert citation["quote"] == text[citation["start"] : citation["end"]]

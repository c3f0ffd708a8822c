"""What a person may ask, and as of which days."""

from datetime import date

import pytest

from rag.errors import UsageError
from rag.terminal.question import parse_as_of, parse_question


def test_a_question_is_one_line() -> None:
    assert parse_question("  When\n is it? ") == "When is it?"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), (" \n", "empty"), ("? …", "no word"), ("x" * 100_000, "100,000")],
)
def test_an_impossible_question_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_question(text)


def test_a_day_is_written_as_iso_or_today() -> None:
    assert parse_as_of("2024-02-29") == date(2024, 2, 29)
    assert parse_as_of("Today") == date.today()


@pytest.mark.parametrize("text", ["2025-02-29", "soon", "", "2025-13-01", "tomorrow-ish"])
def test_an_impossible_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a day"):
        parse_as_of(text)

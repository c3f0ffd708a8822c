"""Nothing an article or a model writes is obeyed by a terminal."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.terminal.clean import clean, one_line, to_json


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\x9b31m",
        "a\rb",
        "\x00",
        "\u202eevil",
        "\u200bhidden",
        "\x08",
    ],
)
def test_escapes_and_invisible_marks_are_removed(hostile: str) -> None:
    assert not any(ord(char) < 32 or unicodedata.category(char) == "Cf" for char in clean(hostile))


def test_line_breaks_and_tabs_stay() -> None:
    assert clean("one\n\ttwo") == "one\n\ttwo"
    assert one_line(" one\n\ttwo ") == "one two"


@given(st.text())
def test_json_says_the_same_in_safe_characters(text: str) -> None:
    printed = to_json({"quote": text})
    assert json.loads(printed) == {"quote": text}
    assert clean(printed) == printed

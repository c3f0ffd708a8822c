"""Prompts are files whose variables are checked."""

import pytest

from rag.answering.prompts import Prompt
from rag.errors import UsageError


def test_a_prompt_fills_its_places_and_nothing_in_the_values() -> None:
    prompt = Prompt.load("answer", frozenset({"excerpts", "conversation", "question"}))
    text = prompt.render(excerpts="{question}", conversation="", question="Who?")
    assert text.startswith("{question}")
    assert text.endswith("Question: Who?")


def test_a_variable_that_the_file_does_not_have_is_named() -> None:
    with pytest.raises(UsageError, match=r"prompts/answer\.md"):
        Prompt.load("answer", frozenset({"evidence"}))

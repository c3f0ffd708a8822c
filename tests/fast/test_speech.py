"""Who says what in a sentence."""

import time

import pytest

from rag.answering.language.speech import Speech, is_said_by_another, misattributes, speeches


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Xi said that ties help peace.", [Speech("xi", " ties help peace.")]),
        ("Spokesman Dmitry Peskov told Tass that he left.", [Speech("peskov", " he left.")]),
        ("Putin said on Friday that it ended.", [Speech("putin", " it ended.")]),
        ("The talks were held in Riyadh.", []),
    ],
)
def test_a_speaker_is_the_last_name_before_the_verb(sentence: str, told: list[Speech]) -> None:
    assert speeches(sentence) == told


def test_where_one_alone_speaks_nobody_is_mistaken_for_another() -> None:
    assert not misattributes("Putin said ties help peace.", "Xi said that ties help peace.")


def test_what_another_says_beside_the_one_asked_for_is_anothers() -> None:
    quote = "Xi said that ties help peace, while Putin said that they steady the world."
    asked_for = frozenset({"putin"})
    assert is_said_by_another("Ties help peace.", quote, asked_for)
    assert not is_said_by_another("They steady the world.", quote, asked_for)
    assert not is_said_by_another("Ties help peace.", "Xi said that ties help peace.", asked_for)


def test_a_long_run_of_letters_takes_no_time() -> None:
    started = time.process_time()
    assert speeches("A" * 100_000) == []
    assert time.process_time() - started < 2

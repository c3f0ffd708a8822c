"""Days in words."""

from datetime import date

import pytest

from rag.answering.language.dates import days_meant, made_absolute, untimed
from rag.reading.times import find_times

FRIDAY = date(2025, 3, 28)


@pytest.mark.parametrize(
    ("sentence", "absolute"),
    [
        (
            "He will visit Russia next week.",
            "He will visit Russia between 31 March and 6 April 2025.",
        ),
        ("It was announced on Thursday.", "It was announced on 27 March 2025."),
        ("They met last month.", "They met in February 2025."),
        ("He will go next year.", "He will go in 2026."),
        ("He will go by next year.", "He will go by 2026."),
        ("It opens within a week.", "It opens by 4 April 2025."),
        ("It grew over the past year.", "It grew over 28 March 2024 to 28 March 2025."),
        ("It is in less than a month.", "It is between 28 March and 28 April 2025."),
        ("During next week, he travels.", "Between 31 March and 6 April 2025, he travels."),
        ("It is set for next week.", "It is set for 31 March to 6 April 2025."),
        ("They meet at next week's summit.", "They meet at the 31 March to 6 April 2025 summit."),
        ("The visit is on May 9.", "The visit is on May 9."),
        ("In 2022 it began.", "In 2022 it began."),
        ("Nothing is said.", "Nothing is said."),
        ("It will now cost more.", "It will now cost more."),
    ],
)
def test_relative_words_become_days(sentence: str, absolute: str) -> None:
    assert made_absolute(sentence, FRIDAY) == absolute


def test_without_a_publication_date_they_stay() -> None:
    assert made_absolute("He will visit Russia next week.", None) == (
        "He will visit Russia next week."
    )


def test_a_decade_leaves_out_no_year() -> None:
    assert days_meant(find_times("In the 1920s and the late 1930s.", FRIDAY)) == ""


def test_the_year_that_was_left_out_is_told() -> None:
    spans = find_times("From March 31 to April 2, not in 2026.", FRIDAY)
    assert days_meant(spans) == "March 31 to April 2: 31 March to 2 April 2025"


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("He will visit Harbin this week.", "He will visit Harbin."),
        ("They meet in 2025 to mark the day.", "They meet to mark the day."),
        ("On May 9, Xi will visit Russia.", "Xi will visit Russia."),
        ("He spoke of the March 22 attack.", "He spoke of the attack."),
        ("He spoke of it.", ""),
        ("They met on May 9, and again in July.", ""),
        ("May 9", ""),
    ],
)
def test_a_sentence_without_its_time(sentence: str, rest: str) -> None:
    assert untimed(sentence) == rest

"""What a short answer tells: whether the model knows, and which evidence can be meant."""

from datetime import date

import pytest

from rag.answering.question.interpret import interpret
from rag.answering.short import ShortAnswer, doubt
from rag.domain import Article, Evidence, Published, Question
from rag.models.chat import Delta

ASKED = interpret(Question("Which city will Putin visit?", date(2024, 5, 15)))


def evidence(text: str) -> Evidence:
    return Evidence(Article("a", "t", text, Published.unknown()), 0, len(text), "t", 1.0)


HARBIN, BEIJING = evidence("Putin will visit Harbin."), evidence("Putin will visit Beijing.")


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        (ShortAnswer("Harbin", 0.7), True),
        (ShortAnswer("Unknown.", 0.4), False),
        (ShortAnswer("", 0.0), True),
    ],
)
def test_a_model_that_says_so_does_not_know(answer: ShortAnswer, known: bool) -> None:
    assert answer.is_known == known


def test_what_was_nearly_unknown_is_a_guess() -> None:
    assert ShortAnswer("Harbin", 0.9).is_hopeless
    assert not ShortAnswer("Unknown.", 0.4).is_hopeless


def test_only_what_holds_its_words_can_be_meant() -> None:
    held = ShortAnswer("The city of Harbin").holding([BEIJING, HARBIN], ASKED)
    assert held == [HARBIN]


@pytest.mark.parametrize("text", ["", "Putin", "Yes", "Unknown", "2024", "May 16"])
def test_words_of_the_question_leave_all_evidence(text: str) -> None:
    held = ShortAnswer(text).holding([BEIJING, HARBIN], ASKED)
    assert held == [BEIJING, HARBIN]


def test_days_are_not_compared_as_words() -> None:
    """The article says "this week", the model "May 16": which days those are is for code to say."""
    when = interpret(Question("When will Putin visit Harbin?", date(2024, 5, 15)))
    assert ShortAnswer("March").holding([HARBIN], when) == [HARBIN]


def test_a_length_of_time_is_told_where_it_is_asked_for() -> None:
    how_long, how_many = (
        interpret(Question(text, date(2024, 5, 15)))
        for text in ("How many years did Ann serve?", "How many books did Ann write?")
    )
    assert ShortAnswer("9 years").told(how_long) == {"9"}
    assert not ShortAnswer("9 years").told(how_many)


def test_another_figure_is_not_meant_though_its_unit_is() -> None:
    asked = interpret(Question("How much did the trust receive?", date(2024, 5, 15)))
    spent, received = evidence("It spent $200 million."), evidence("It received $41.1 million.")
    assert ShortAnswer("$41.1 million").holding([spent, received], asked) == [received]


def test_doubt_is_summed_over_every_way_to_begin_the_word() -> None:
    opening = Delta(
        "Har", alternatives={"Har": 0.5, "unknown": 0.2, " Un": 0.1, "u": 0.1, "U": 0.1}
    )
    assert doubt(opening) == pytest.approx(0.3)
    assert doubt(Delta("Har")) == 0


@pytest.mark.parametrize("year", ["1530", "1530.", "in 1530", "2019"])
def test_four_digits_are_a_year(year: str) -> None:
    [span] = ShortAnswer(year).days(HARBIN)
    assert span.timex == year.strip("in .")

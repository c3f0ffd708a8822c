"""Whether a sentence has the kind of thing that is asked for."""

from datetime import date
from time import process_time

import pytest

from rag.answering.evidence.about import others_named
from rag.answering.evidence.incumbents import tells_holder
from rag.answering.evidence.kinds import holds_kind
from rag.answering.question.interpret import interpret
from rag.domain import Question

DAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Where is the bridge?", "It stands in Vermont.", True),
        ("Where is the bridge?", "It stands in northern Vermont.", True),
        ("Where is Paris High School?", "It is in Paris, Texas.", True),
        ("Where is Paris High School?", "It is in Paris.", False),
        ("Where in China did they meet?", "They met in China, Lavrov said.", False),
        ("Where is the bridge?", "It stands in May.", False),
        ("Where was the coin found?", "It was found off the Israeli coast.", True),
        ("Where were the Oak Awards held?", "The Oak Awards were held in Lyon.", True),
        ("Where were the Oak Awards held?", "The Oak Awards had songs — one from Lyon.", False),
        ("Where were the Oak Awards held?", "The Oak Awards had songs — one sung in Lyon.", False),
    ],
)
def test_a_place_is_another_than_the_question_names(
    question: str, sentence: str, holds: bool
) -> None:
    assert holds_kind(sentence, interpret(Question(question, DAY))) == holds


@pytest.mark.parametrize(
    ("question", "text", "others"),
    [
        ("Which party did she join?", "The Labor Party.", {"labor"}),
        ("Who spoke the Roman language?", "The Norman dynasty spoke it.", {"norman"}),
        ("Who is Xi?", "Xi Jinping spoke.", set()),
        ("Which Chinese leader spoke?", "Chinese Premier Li spoke.", {"li"}),
    ],
)
def test_beside_a_name_that_was_asked_for_stands_no_other(
    question: str, text: str, others: set[str]
) -> None:
    found = others_named(text, interpret(Question(question, DAY)))
    assert found == others


HOW_OLD, HOW_LONG = "How old is Joe Biden?", "How many years was Ann sentenced to?"


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        (HOW_OLD, "Joe Biden is 79 years old.", True),
        (HOW_OLD, "The 79-year-old president Biden said so.", True),
        (HOW_OLD, "Joe Biden, 79, spoke.", True),
        (HOW_OLD, "Joe Biden, a 79-year-old, spoke.", True),
        (HOW_OLD, "He turned 80 on Sunday.", True),
        (HOW_OLD, "Biden died at Balmoral at the age of 96.", True),
        (HOW_OLD, "Biden, a leader of the United States, died at the age of 96.", True),
        (HOW_OLD, "Angela Byrd, a 53-year-old Biden supporter, spoke.", False),
        (HOW_OLD, "It hurt a 53-year-old Biden supporter.", False),
        (HOW_OLD, "Ann Lee, 40, met Biden.", False),
        (HOW_OLD, "Biden leads by 12 points, after 70 rallies.", False),
        (HOW_LONG, "Ann was sentenced to nine years in prison.", True),
        (HOW_LONG, "Ann was sentenced to prison with 40 others.", False),
        (HOW_LONG, "Ann was sentenced to years in prison.", False),
        ("How many years of ties do they celebrate?", "It marks the 75th anniversary.", True),
        ("How long will the fair last?", "The fair is open for five days.", True),
        ("How long will the fair last?", "The fair opens on May 17.", False),
        ("How old is the coin?", "Divers of Haifa found a 1,850-year-old bronze coin.", True),
        ("How old is the coin of Haifa?", "Divers found a 1,850-year-old bronze coin.", True),
        ("How old is the coin?", "A 52-year-old diver found the coin off Haifa.", False),
        ("How many states sued?", "Six Republican-led states sued on Monday.", True),
        (
            "Who will replace Truss?",
            "Graham Brady announced the candidates to replace Truss.",
            False,
        ),
        ("Who will replace Truss?", "Rishi Sunak is set to replace Truss.", True),
        ("Who acquired Fox?", "Walt Disney has struck a deal to acquire Fox.", True),
        ("How many people died?", "Nine years later 12 people died.", True),
        ("How many people died?", "Nine years later people died.", False),
        ("Why did Truss resign?", "Truss resigns after six weeks in office.", False),
        ("Why did Truss resign?", "Truss resigns after a row over taxes.", True),
        ("Why did Truss resign?", "Truss, CEO of late, resigned as CEO.", False),
        ("Why did Truss resign?", "Truss resigned as prices rose.", True),
        ("Why did Truss resign?", "Truss resigned because nobody trusted her.", True),
    ],
)
def test_an_age_a_length_and_a_reason_are_told_in_forms_of_their_own(
    question: str, sentence: str, holds: bool
) -> None:
    assert holds_kind(sentence, interpret(Question(question, DAY))) == holds


@pytest.mark.parametrize("unit", ["Aa, 40, ", "a 40-year-old Aa ", "Aa "])
def test_a_line_of_ages_is_read_in_bounded_time(unit: str) -> None:
    started = process_time()
    holds_kind(unit * 10_000, interpret(Question(HOW_OLD, DAY)))
    assert process_time() - started < 2


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Ayman al-Zawahiri was the leader of Al Qaeda.", False),
        ("In ROME Ann Lee, the former leader of Al Qaeda, spoke.", False),
        ("Ann Lee succeeds Ben Holm as leader of Al Qaeda.", True),
        ("Ann Lee is the leader of Al Qaeda.", True),
        ("Former leader Ben Holm met leader Ann Lee of Al Qaeda.", True),
    ],
)
def test_who_left_an_office_does_not_hold_it_whoever_else_is_named(
    sentence: str, *, holds: bool
) -> None:
    asked = interpret(Question("Who is the leader of Al Qaeda?", DAY))
    assert holds_kind(sentence, asked) == holds


PM, CEO = "Who is the prime minister of Britain?", "Who is the CEO of Twitter?"
NEW = "Who became the new prime minister of Britain?"


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        (PM, "British Prime Minister Liz Truss spoke.", True),
        (PM, "On Monday Prime Minister Liz Truss spoke.", True),
        (PM, "Liz Truss was named British prime minister on Monday.", True),
        (PM, "Liz Truss has become the United Kingdom's new prime minister.", True),
        (PM, "Liz Truss will become the new prime minister of Britain.", False),
        (PM, "Former British Prime Minister Boris Johnson spoke.", False),
        (PM, "Liz Truss resigned as prime minister of Britain.", False),
        (NEW, "Liz Truss resigned as prime minister of Britain.", False),
        (NEW, "Liz Truss has become Britain's new prime minister.", True),
        (PM, "Ann Lee, Britain's longest-serving prime minister, was shot.", False),
        (PM, "Indian Prime Minister Narendra Modi spoke in London.", False),
        (PM, "British foreign minister James Cleverly spoke.", False),
        (PM, "Prime Minister Liz Truss Wins Again", False),  # a verb like a name
        (CEO, "Elon Musk is the CEO of Twitter now.", True),
        (CEO, "Rashad Robinson, CEO of Color of Change, left Twitter.", False),
        (CEO, "The CEO Parag Agrawal left Twitter.", False),
    ],
)
def test_who_holds_an_office_is_told_by_who_has_it_or_got_it(
    question: str, sentence: str, tells: bool
) -> None:
    assert tells_holder(sentence, interpret(Question(question, DAY))) == tells

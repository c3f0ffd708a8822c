"""Who held an office at another time does not hold it now."""

from datetime import date
from time import process_time

import pytest

from rag.answering.evidence.kinds import holds_kind
from rag.answering.grounding import check_claim, contradicted
from rag.answering.language.offices import held_elsewhen, held_now, offices_asked_for
from rag.answering.question.interpret import interpret
from rag.domain import Question

NOT_NOW = [
    "Former Northbank CEO Ana Lind died on Monday.",
    "Ex-CEO Ana Lind of Northbank gave a talk.",
    "Ana Lind, the former CEO of Northbank, gave a talk.",
    "Ana Lind announced that she was stepping down as CEO of Northbank.",
    "Ana Lind resigned as Northbank CEO.",
    "Ana Lind will become CEO of Northbank in June.",
    "Northbank's Per Holm succeeds Ana Lind as CEO.",
    "Ana Lind was the CEO of Northbank.",
    "Northbank CEO Ana Lind, who fled on Monday, has formally resigned.",
    "Northbank CEO Ana Lind quit.",
    "A gunman killed Northbank CEO Ana Lind on Monday.",
    "Ana Lind, Northbank's longest-serving CEO, gave a talk.",
    "Ana Lind, CEO of Northbank, was killed.",
    "Per Holm replaced Ana Lind, who was ousted as CEO of Northbank.",
    "Northbank CEO Ana Lind was removed from office and arrested.",
]
NOW = [
    "Northbank CEO Ana Lind was asked about the removed signs.",
    "Ana Lind is the CEO of Northbank.",
    "Northbank CEO Ana Lind met former mayor Per Holm.",
    "Ana Lind was named CEO of Northbank on Monday.",
    "Former CEO Per Holm said that CEO Ana Lind runs Northbank well.",
    "Ana Lind is a niece of former Northbank CEO Per Lind.",
    "Ana Lind, CEO of Northbank, met former CEO Theresa May.",
    "Northbank CEO Ana Lind will become the first CEO to speak there.",
    "In late May CEO Ana Lind of Northbank gave a talk.",
]


@pytest.mark.parametrize("quote", NOT_NOW)
def test_who_is_told_to_have_left_or_to_come_is_not_in_office(quote: str) -> None:
    assert "Ana Lind" in [held.who for held in held_elsewhen(quote)]
    assert contradicted("Ana Lind is the CEO of Northbank.", [quote])
    assert not check_claim("Ana Lind is the CEO of Northbank.", [quote]).supported


@pytest.mark.parametrize("quote", NOW)
def test_who_is_in_office_is_told_so_beside_those_who_are_not(quote: str) -> None:
    assert not contradicted("Ana Lind is the CEO of Northbank.", [quote])


@pytest.mark.parametrize(
    "claim",
    [
        "Former CEO Ana Lind died.",
        "Ana Lind was the CEO of Northbank.",
        "Northbank CEO Ana Lind, who fled on Monday, has formally resigned.",
        "Northbank CEO Ana Lind quit.",
        "Ana Lind is no longer the CEO of Northbank.",
        "Ana Lind is dead.",
        "Ana Lind is meeting President Holm.",
    ],
)
def test_a_claim_that_is_not_about_who_is_in_office_now_is_not_measured_by_it(claim: str) -> None:
    assert not contradicted(claim, [NOT_NOW[0]])


@pytest.mark.parametrize(
    "claim",
    ["Northbank CEO Ana Lind died on Monday.", "Ana Lind, CEO of Northbank, died on Monday."],
)
def test_former_is_not_left_out(claim: str) -> None:
    assert contradicted(claim, [NOT_NOW[0]])


def test_who_is_to_succeed_another_has_not_yet() -> None:
    coming = "Per Holm will succeed Ana Lind as CEO of Northbank in June."
    assert contradicted("Per Holm is the CEO of Northbank.", [coming])
    assert not contradicted("Ana Lind is the CEO of Northbank.", [coming])


def test_another_office_is_not_the_one_that_was_left() -> None:
    left = "Former foreign minister Ana Lind spoke."
    assert not contradicted("Ana Lind is the prime minister.", [left])
    assert contradicted("Ana Lind is the foreign minister.", [left])


def test_of_those_who_hold_it_no_longer_nobody_is_the_answer() -> None:
    who_is, who_was = (
        interpret(Question(f"Who {verb} the CEO of Northbank?", date(2024, 5, 15)))
        for verb in ("is", "was")
    )
    assert not holds_kind(NOT_NOW[0], who_is)
    assert holds_kind(NOT_NOW[0], who_was)
    assert holds_kind("Per Holm replaced Ana Lind, who was ousted as CEO.", who_is)
    assert holds_kind("Former mayor Ana Lind is the CEO of Northbank.", who_is)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Chinese President Xi spoke with Wang Yi about Ukraine.", False),
        ("Talks with [Chinese President] Xi on Ukraine were held.", False),
        ("The president of China is Xi, not a friend of Ukraine.", False),
        ("Ukrainian President Zelensky spoke with Chinese President Xi.", True),
        ("Zelensky is the president of Ukraine.", True),
        ("President Zelensky spoke in Ukraine.", True),
        ("Kyiv's president Zelensky spoke.", True),
        ("Zelensky, who leads Ukraine, spoke.", True),
    ],
)
def test_the_office_is_that_of_whom_it_is_asked_of(text: str, answers: bool) -> None:
    asked = interpret(Question("Who is the president of Ukraine?", date(2024, 5, 15)))
    assert holds_kind(text, asked) is answers


@pytest.mark.parametrize("text", ["Whom is the CEO meeting?", "Who is suing the CEO?"])
def test_not_every_question_with_an_office_asks_who_holds_it(text: str) -> None:
    assert not offices_asked_for(text)


@pytest.mark.parametrize(
    "unit", ["Aa ", "Aa-", "Aa, ", "Former ", "CEO ", "former CEO ", "Aa a a "]
)
def test_any_line_is_read_in_bounded_time(unit: str) -> None:
    started = process_time()
    held_elsewhen(unit * 100_000)
    held_now(unit * 100_000)
    assert process_time() - started < 2


def test_who_holds_an_office_is_not_told_by_that_of_others() -> None:
    asked = interpret(Question("Who is Russia's top diplomat?", date(2025, 4, 1)))
    assert not holds_kind("France's top diplomat told Wang Yi that China helps Russia.", asked)
    assert holds_kind("Russia's top diplomat Sergei Lavrov met France's top diplomat.", asked)

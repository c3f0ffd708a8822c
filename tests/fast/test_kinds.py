"""Whether a sentence has the kind of thing that is asked for."""

from datetime import date

import pytest

from rag.answering.about import others_named
from rag.answering.interpret import interpret
from rag.answering.kinds import holds_kind
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

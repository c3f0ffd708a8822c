"""What the model is shown."""

from datetime import date

from rag.answering.draft import Drafter, excerpts
from rag.answering.question.interpret import interpret
from rag.answering.short import ShortAnswer
from rag.domain import Article, Evidence, Published, Question
from rag.models.meter import Meter
from tests.fakes import FakeChat


def evidence(name: str, text: str, published: Published) -> Evidence:
    return Evidence(Article(name, f"Title of {name}", text, published), 0, len(text), "", 1.0)


KNOWN = evidence("a", "Putin will\nvisit Harbin.", Published.on(date(2024, 5, 14), "stated"))
WHERE = interpret(Question("Where will Xi go?", date(2025, 4, 1)))
UNKNOWN = evidence("b", "Xi will visit Moscow.", Published.unknown())


def test_evidence_is_read_under_its_title_and_date() -> None:
    assert excerpts([KNOWN, UNKNOWN]) == (
        "Title of a (14 May 2024)\n- Putin will visit Harbin.\n\n"
        "Title of b (date unknown)\n- Xi will visit Moscow."
    )


def test_sentences_are_heard_as_soon_as_they_are_complete() -> None:
    chat = FakeChat().enqueue("Mr. Xi will visit Moscow. Then he will go to St. Petersburg.")
    drafting = Drafter(chat).about(WHERE, [UNKNOWN], Meter())
    sentences = drafting.sentences()
    assert next(sentences) == "Mr. Xi will visit Moscow."
    assert drafting.meter.usage.completion_tokens == 0  # the reply has not ended yet
    assert list(sentences) == ["Then he will go to St. Petersburg."]
    assert drafting.meter.usage.completion_tokens == 12


def test_a_short_answer_comes_with_the_models_doubt() -> None:
    chat = FakeChat(short_answer="Moscow", doubt=0.2)
    assert Drafter(chat).about(WHERE, [UNKNOWN], Meter()).short_answer() == ShortAnswer(
        "Moscow", 0.2
    )


def test_both_prompts_begin_alike() -> None:
    """An engine that remembers the first reads the evidence once."""
    prompts = Drafter(FakeChat()).about(WHERE, [UNKNOWN], Meter()).prompts
    [short], [answer] = ([m.content for m in prompts[name][1:]] for name in ("short", "answer"))
    assert prompts["short"][0] == prompts["answer"][0]
    assert short.startswith(answer)


def test_the_worst_evidence_is_left_out_where_the_budget_is_small() -> None:
    whole = Drafter(FakeChat()).about(WHERE, [KNOWN, UNKNOWN], Meter()).prompts["short"]
    tokens = sum(FakeChat().count_tokens(message.content) for message in whole) + 24
    small = FakeChat(prompt_budget=tokens - 1)
    smaller = Drafter(small).about(WHERE, [KNOWN, UNKNOWN], Meter()).prompts["short"]
    assert "Moscow" in whole[1].content
    assert "Moscow" not in smaller[1].content
    assert "Harbin" in smaller[1].content


def test_a_question_too_long_for_any_evidence_is_not_sent() -> None:
    chat = FakeChat()
    interpretation = interpret(Question("Where " * 300 + "is Xi?", date(2025, 4, 1)))
    drafting = Drafter(chat).about(interpretation, [KNOWN], Meter())
    assert list(drafting.sentences()) == []
    assert drafting.short_answer() == ShortAnswer("")
    assert chat.prompts == []

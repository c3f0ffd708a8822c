"""What the model is shown."""

from datetime import date

from rag.answering.draft import Drafter, excerpts
from rag.answering.interpret import interpret
from rag.domain import Article, Evidence, Published, Question
from tests.fakes import FakeChat


def evidence(name: str, text: str, published: Published) -> Evidence:
    return Evidence(Article(name, f"Title of {name}", text, published), 0, len(text), "", 1.0)


KNOWN = evidence("a", "Putin will\nvisit Harbin.", Published.on(date(2024, 5, 14), "stated"))
UNKNOWN = evidence("b", "Xi will visit Moscow.", Published.unknown())


def test_evidence_is_read_under_its_title_and_date() -> None:
    assert excerpts([KNOWN, UNKNOWN]) == (
        "Title of a (14 May 2024)\n- Putin will visit Harbin.\n\n"
        "Title of b (date unknown)\n- Xi will visit Moscow."
    )


def test_sentences_are_heard_as_soon_as_they_are_complete() -> None:
    chat = FakeChat().enqueue("Mr. Xi will visit Moscow. Then he will go to St. Petersburg.")
    heard: list[str] = []
    interpretation = interpret(Question("Where will Xi go?", date(2025, 4, 1)))
    draft = Drafter(chat).draft(interpretation, [UNKNOWN], heard.append)
    assert heard == ["Mr. Xi will visit Moscow.", "Then he will go to St. Petersburg."]
    assert draft.sentences == tuple(heard)
    assert draft.usage is not None


def test_the_worst_evidence_is_left_out_where_the_budget_is_small() -> None:
    interpretation = interpret(Question("Where will Xi go?", date(2025, 4, 1)))
    whole = Drafter(FakeChat()).messages(interpretation, [KNOWN, UNKNOWN])
    tokens = sum(FakeChat().count_tokens(message.content) for message in whole) + 24
    smaller = Drafter(FakeChat(prompt_budget=tokens - 1)).messages(interpretation, [KNOWN, UNKNOWN])
    assert "Moscow" in whole[1].content
    assert "Moscow" not in smaller[1].content
    assert "Harbin" in smaller[1].content


def test_a_question_too_long_for_any_evidence_is_not_sent() -> None:
    chat = FakeChat()
    interpretation = interpret(Question("Where " * 300 + "is Xi?", date(2025, 4, 1)))
    assert Drafter(chat).draft(interpretation, [KNOWN], lambda _: None).sentences == ()
    assert chat.prompts == []

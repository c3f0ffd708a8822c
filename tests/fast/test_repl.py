"""A conversation at a prompt."""

from collections.abc import Callable
from datetime import date

import pytest

from rag.domain import Answer, Claim, Coverage, ModelIdentity, Question
from rag.errors import ModelTimeout
from rag.terminal.display import Display
from rag.terminal.repl import converse

DAY = date(2024, 5, 15)


class FakeAssistant:
    """Answers "Yes." to all but what it is told to fail at; keeps what it was asked."""

    def __init__(self, **failures: BaseException) -> None:
        self.asked: list[Question] = []
        self._failures = failures

    def ask(self, question: Question, show: Callable[[Claim], None]) -> Answer:
        self.asked.append(question)
        if error := self._failures.get(question.text.strip("?").lower()):
            raise error
        claim = Claim("Yes.", (1,), "supported")
        show(claim)
        nobody = ModelIdentity("none", "none", None)
        coverage = Coverage(0, None, None)
        return Answer(
            question.text, DAY, "answered", None, "Yes. [1]", (claim,), (), (), coverage, nobody
        )


def talk(assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    lines = iter(typed)

    def read(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    converse(assistant, DAY, Display())  # type: ignore[arg-type]


def test_each_question_knows_the_turns_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = FakeAssistant()
    talk(assistant, monkeypatch, "Who?", " ", "Why?")
    assert [question.text for question in assistant.asked] == ["Who?", "Why?"]
    assert [turn.question for turn in assistant.asked[1].history] == ["Who?"]


def test_a_failure_is_shown_and_the_conversation_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = FakeAssistant(slow=ModelTimeout("It took too long."))
    talk(assistant, monkeypatch, "Slow?", "Who?")
    printed = capsys.readouterr()
    assert "It took too long." in printed.err
    assert "Yes. [1]" in printed.out
    assert assistant.asked[1].history == ()


def test_a_question_without_a_word_is_told_and_the_conversation_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = FakeAssistant()
    talk(assistant, monkeypatch, "?", "Who?")
    assert "The question '?' has no word in it." in capsys.readouterr().err
    assert [question.text for question in assistant.asked] == ["Who?"]


def test_ctrl_c_stops_one_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = FakeAssistant(long=KeyboardInterrupt())
    talk(assistant, monkeypatch, "Long?", "Who?")
    assert "Stopped." in capsys.readouterr().err
    assert len(assistant.asked) == 2


def test_a_word_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = FakeAssistant()
    talk(assistant, monkeypatch, "exit", "Who?")
    assert assistant.asked == []

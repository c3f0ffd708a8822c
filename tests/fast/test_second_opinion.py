"""A checking model is a second opinion: it can only take a sentence away."""

from datetime import date
from pathlib import Path

import pytest

from rag.answering.as_json import answer_json
from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.answering.second_opinion import Verifier
from rag.domain import Answer, Article, Published, Question
from rag.errors import ModelError, UsageError
from rag.index.store import Index
from rag.settings import Settings
from rag.wiring import Wiring
from tests.fakes import FakeChat
from tests.fakes_index import FakeEmbedder
from tests.fast.ollama_server import OllamaServer

ARTICLE = Article(
    "plan.txt",
    "Putin to visit China",
    "Putin to visit China\nPutin will visit Harbin next week, Moscow said.",
    Published.on(date(2024, 5, 10), "stated"),
)
DRAFT = "Putin will visit Harbin next week."


def ask(reply: str | ModelError, draft: str = DRAFT, budget: int = 500) -> tuple[Answer, FakeChat]:
    """The answer to one question where the checking model says this of every sentence."""
    embedder, checker = FakeEmbedder(), FakeChat(prompt_budget=budget).enqueue(reply, reply)
    retriever = Retriever(Index.in_memory([ARTICLE], embedder), embedder)
    drafter = FakeChat(short_answer="Harbin").enqueue(draft)
    assistant = Assistant(retriever, drafter, Verifier(checker))
    question = Question("Which city will Putin visit?", date(2024, 5, 11))
    return assistant.ask(question), checker


@pytest.mark.parametrize("reply", ["Yes", "yes.", " Yes"])
def test_a_sentence_it_agrees_with_is_said(reply: str) -> None:
    answer, _ = ask(reply)
    assert [claim.verdict for claim in answer.claims] == ["supported"]


@pytest.mark.parametrize("reply", ["No", "no.", "No,", "No\nThe document ...", "**No**"])
def test_in_place_of_a_sentence_it_denies_the_article_is_quoted(reply: str) -> None:
    answer, _ = ask(reply)
    assert [claim.verdict for claim in answer.claims] == ["quoted"]
    assert "Moscow said" in answer.text


def test_it_cannot_bring_back_what_code_has_dropped() -> None:
    answer, checker = ask("Yes", "Putin will visit Shanghai.")
    assert "Shanghai" not in answer.text
    assert checker.prompts == []


def test_it_reads_the_sentence_beside_what_is_cited_and_its_days() -> None:
    _, checker = ask("Yes")
    [[message]] = checker.prompts
    assert message.content == (
        "Document: Published on 10 May 2024.\nPutin to visit China\n"
        "Putin will visit Harbin next week, Moscow said. (next week: 13 to 19 May 2024)\n"
        "Claim: Putin will visit Harbin between 13 and 19 May 2024."
    )


def test_what_it_cannot_read_whole_it_does_not_confirm() -> None:
    answer, checker = ask("Yes", budget=20)
    assert [claim.verdict for claim in answer.claims] == ["quoted"]
    assert checker.prompts == []


def test_a_model_that_talks_is_no_checking_model() -> None:
    with pytest.raises(ModelError, match=r"'fake' was asked for yes or no and said 'Nobody .*mini"):
        ask("Nobody knows that.")


def test_the_answer_says_which_model_agreed() -> None:
    answer, _ = ask("Yes")
    assert answer_json(answer)["verifier"] == {"backend": "fake", "name": "fake", "digest": None}


def test_it_is_reached_over_ollama(tmp_path: Path) -> None:
    with OllamaServer() as server:
        server.models["bespoke-minicheck:latest"] = ["completion"]
        verifier = wired(tmp_path, server.url, "ollama:bespoke-minicheck").verifier
    assert verifier is not None
    assert verifier.identity.name == "bespoke-minicheck:latest"


def test_one_that_is_not_there_is_never_done_without(tmp_path: Path) -> None:
    with OllamaServer() as server, pytest.raises(ModelError, match="ollama pull gone"):
        _ = wired(tmp_path, server.url, "ollama:gone").verifier


@pytest.mark.parametrize("spec", ["embedded", "ollama:", "bespoke-minicheck"])
def test_another_kind_of_verifier_is_refused(spec: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"'{spec}' is not of the form ollama:NAME"):
        _ = wired(tmp_path, "http://127.0.0.1:9", spec).verifier


def wired(home: Path, url: str, verifier: str) -> Wiring:
    settings = Settings(home=home, ollama_url=url, verifier=verifier)
    return Wiring(settings, print, lambda: pytest.fail("nothing is fetched"))

"""The seeds, the real embedder, the embedded model: what a user sees."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answering.assistant import Assistant
from rag.domain import Question
from rag.evaluation.questions import EvalQuestion, load_questions
from rag.evaluation.sets import CHECKOUT, true_days
from rag.models.weights import Weights
from rag.settings import Settings
from rag.wiring import Wiring
from tests.conftest import SEEDS

SEEDS_SET = CHECKOUT / "eval" / "seeds.jsonl"
TRIP = "When is Putin's next planned trip to China?"


@pytest.fixture(scope="module")
def home(weights: Weights, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the seeds, made by the command line."""
    home = tmp_path_factory.mktemp("home")
    done = rag(weights, "ingest", str(SEEDS), "--home", str(home))
    assert done.returncode == 0, done.stderr
    return home


def environment(weights: Weights) -> dict[str, str]:
    return os.environ | {"RAG_CACHE": str(weights.cache), "RAG_OLLAMA_URL": "http://127.0.0.1:9"}


def rag(weights: Weights, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rag", *words],
        env=environment(weights),
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


QUESTIONS: list[dict[str, Any]] = [
    {"id": "trip 2024-04-12", "question": TRIP, "as_of": "2024-04-12"},
    {"id": "trip 2024-05-15", "question": TRIP, "as_of": "2024-05-15"},
    {"id": "trip 2024-05-22", "question": TRIP, "as_of": "2024-05-22"},
    {"id": "trip 2025-04-01", "question": TRIP, "as_of": "2025-04-01"},
    {"id": "trip 2026-11-21", "question": TRIP, "as_of": "2026-11-21"},
    {
        "id": "city",
        "question": "Which city in northeast China will Putin visit?",
        "as_of": "2024-05-15",
    },
    {
        "id": "premier",
        "question": "Who is the Chinese premier Putin will meet?",
        "as_of": "2024-05-15",
    },
    {"id": "wang", "question": "When will Wang Yi visit Russia?", "as_of": "2025-03-29"},
    {
        "id": "anniversary",
        "question": "Which anniversary of diplomatic ties do China and Russia mark in 2024?",
        "as_of": "2025-04-01",
    },
    {"id": "apple", "question": "Who is the CEO of Apple?", "as_of": "2025-04-01"},
    {"id": "xi 2025-04-01", "question": "When will Xi visit Russia?", "as_of": "2025-04-01"},
    {"id": "xi 2025-06-01", "question": "When will Xi visit Russia?", "as_of": "2025-06-01"},
    {
        "id": "july",
        "question": "Where will Putin and Xi meet in July?",
        "as_of": "2024-04-30",
    },
]


@pytest.fixture(scope="module")
def answers(weights: Weights, home: Path) -> dict[str, dict[str, Any]]:
    """Every question answered in one batch, by id."""
    lines = "".join(json.dumps(question) + "\n" for question in QUESTIONS)
    done = rag(weights, "batch", "-", "--home", str(home), "--model", "embedded", given=lines)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in found] == [question["id"] for question in QUESTIONS]
    return {answer["id"]: answer for answer in found}


@pytest.mark.parametrize(
    ("name", "status", "said", "article"),
    [
        ("trip 2024-04-12", "answered", ["2024"], "000"),
        ("trip 2024-05-15", "answered", ["May 16 and 17"], "003"),
        ("trip 2025-04-01", "answered", ["late August", "early September"], "002"),
        ("trip 2026-11-21", "stale", ["late August and early September", "2025"], "002"),
        ("city", "answered", ["Harbin"], "003"),
        ("premier", "answered", ["Li Qiang"], "003"),
        ("wang", "answered", ["March 31 to April 2"], "002"),
        ("anniversary", "answered", ["75th"], "00"),
        ("xi 2025-04-01", "answered", ["May 9"], "002"),
        ("xi 2025-06-01", "stale", ["May 9"], "002"),
    ],
)
def test_an_answer_says_what_the_articles_say_and_cites_the_one_that_does(
    answers: dict[str, dict[str, Any]], name: str, status: str, said: list[str], article: str
) -> None:
    answer = answers[name]
    assert answer["status"] == status
    assert all(words in answer["answer"] for words in said), answer["answer"]
    assert all(cited["article"].startswith(article) for cited in answer["citations"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [("trip 2024-05-22", "past_only"), ("apple", "no_evidence"), ("july", "no_evidence")],
)
def test_what_the_articles_do_not_say_is_refused_with_the_nearest_evidence(
    answers: dict[str, dict[str, Any]], name: str, reason: str
) -> None:
    answer = answers[name]
    assert (answer["status"], answer["reason"]) == ("abstained", reason)
    assert (answer["claims"], answer["citations"]) == ([], [])
    assert answer["nearest"]


def test_every_quote_is_in_its_article_and_nothing_cited_is_from_later(
    answers: dict[str, dict[str, Any]], weights: Weights, home: Path
) -> None:
    texts: dict[str, str] = {}
    for answer in answers.values():
        for cited in answer["citations"] + answer["nearest"]:
            name = cited["article"]
            if name not in texts:
                shown = rag(weights, "show", name, "--json", "--home", str(home))
                texts[name] = json.loads(shown.stdout)["text"]
            assert texts[name][cited["start"] : cited["end"]] == cited["quote"]
            assert cited["published"] <= answer["as_of"]


@pytest.fixture(scope="module")
def quoting(weights: Weights, home: Path) -> Assistant:
    """The assistant over the seeds that drafts nothing."""
    settings = Settings.load({"home": home, "cache": weights.cache, "model": "none"})
    return Wiring(settings, print, nullcontext).assistant


@given(
    question=st.sampled_from([one for one in load_questions(SEEDS_SET) if len(one.turns) == 1]),
    as_of=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_question_on_no_day_shows_an_article_of_a_later_one(
    quoting: Assistant, question: EvalQuestion, as_of: date
) -> None:
    answer = quoting.ask(Question(question.text, as_of))
    shown = {cited.article for cited in (*answer.citations, *answer.nearest)}
    assert all(true_days()[name] <= as_of for name in shown)


def test_asking_imports_neither_torch_nor_transformers(weights: Weights, home: Path) -> None:
    script = (
        "import sys; from rag.terminal.cli import app\n"
        f"app({['search', TRIP, '--home', str(home)]!r}, standalone_mode=False)\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'llama_index'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(weights),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "late August" in done.stdout


def test_search_offers_one_entry_an_article(weights: Weights, home: Path) -> None:
    words = ["search", TRIP, "--json", "--articles", "--limit", "3", "--as-of", "2025-04-01"]
    found = json.loads(rag(weights, *words, "--home", str(home)).stdout)
    articles = [item["article"] for item in found["evidence"]]
    assert len(articles) == len(set(articles)) == 3
    scores = [item["score"] for item in found["evidence"]]
    assert scores == sorted(scores, reverse=True)


class Terminal:
    """A real terminal with the program in it."""

    def __init__(self, weights: Weights, *words: str) -> None:
        self._screen, inside = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rag", *words],
            env=environment(weights) | {"COLUMNS": "60", "TERM": "dumb"},
            preexec_fn=lambda: self._log_in(inside),  # noqa: PLW1509 - a real terminal has Ctrl-C
        )
        os.close(inside)
        os.set_blocking(self._screen, False)
        self.shown = ""

    @staticmethod
    def _log_in(inside: int) -> None:
        """As a login does; a test run in the background would hand on that Ctrl-C is ignored."""
        os.login_tty(inside)
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def wait_for(self, text: str, seconds: float = 120) -> None:
        """Wait until the text is shown after what was waited for before."""
        deadline = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < deadline, f"{text!r} is not in {self.shown!r}"
            self.shown += self._read()
        self.shown = self.shown.partition(text)[2]

    def _read(self) -> str:
        time.sleep(0.05)
        try:
            return os.read(self._screen, 1 << 16).decode(errors="replace")
        except OSError:
            return ""

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._screen)


@pytest.fixture
def conversation(weights: Weights, home: Path) -> Iterator[Terminal]:
    terminal = Terminal(
        weights, "chat", "--home", str(home), "--model", "embedded", "--as-of", "2024-05-15"
    )
    yield terminal
    terminal.close()


def test_a_conversation_understands_a_follow_up_and_survives_ctrl_c(conversation: Terminal) -> None:
    conversation.wait_for("? ")
    conversation.type("Which city in northeast China will Putin visit?\n")
    conversation.wait_for("Harbin")
    conversation.wait_for("? ")
    conversation.type("Who founded it?\n")
    time.sleep(0.3)
    conversation.type("\x03")
    conversation.wait_for("Stopped.")
    conversation.wait_for("? ")
    conversation.type("Who founded it?\n")
    conversation.wait_for("Russian settlers")
    conversation.wait_for("? ")
    conversation.type("\x04")
    assert conversation.process.wait(timeout=30) == 0

"""`rag eval` over the seeds with the real weights, and the baseline over LlamaIndex and Chroma."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from rag.domain import Article, Published
from rag.evaluation.baseline import QuickStart
from rag.evaluation.questions import EvalQuestion, Expected
from rag.evaluation.sets import CHECKOUT, QUICK
from rag.index.embedder import OnnxEmbedder
from rag.models.weights import Weights
from tests.fakes import FakeChat

TRIP = Article(
    "trip", "A trip", "Putin visits China in May.", Published.on(date(2025, 5, 2), "stated")
)
CUP = Article("cup", "A cup", "Ann won the cup in Paris.", Published.on(date(2024, 1, 1), "stated"))


def rag(weights: Weights, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rag", "eval", *words],
        env=os.environ | {"RAG_CACHE": str(weights.cache)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_runs_with_the_model_give_the_same_answers(weights: Weights, tmp_path: Path) -> None:
    runs = [str(tmp_path / name) for name in ("one", "two")]
    for run in runs:
        done = rag(weights, "seeds", "--limit", "2", "--model", "embedded", "--run", run, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["manifest"]["model"]["backend"] == "embedded"
    compared = json.loads(rag(weights, "--compare", *runs, "--json").stdout)
    assert (compared["manifest"], compared["varied"]) == ([], [])


def test_the_quick_tier_without_a_model_holds_what_must_always_hold(
    weights: Weights, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    done = rag(weights, "seeds", "--quick", "--model", "none", "--run", str(run), "--json")
    metrics = json.loads(done.stdout)["metrics"]["seeds"]
    assert metrics["as_of_leaks"]["value"] == metrics["uncited_claims"]["value"] == 0
    assert metrics["quote_validity"]["value"] == 1
    assert metrics["status_accuracy"]["n"] == QUICK
    assert {path.name for path in run.iterdir()} >= {"manifest.json", "answers.jsonl", "index"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sedes",), "No question set 'sedes'"),
        (("--gate",), "Name a question set"),
        (("attributionbench",), "--data DIR"),
        (("squad2",), "--data DIR"),
        (("squad2", "--data", "nowhere"), "squad2.jsonl is missing"),
        (("--compare", "nowhere", "nowhere"), "is no complete run"),
        (("seeds", "--baseline", "--model", "none"), "The baseline needs a language model"),
    ],
)
def test_what_cannot_be_run_is_said_without_a_traceback(
    words: tuple[str, ...], said: str, weights: Weights, tmp_path: Path
) -> None:
    done = rag(weights, *words, "--home", str(tmp_path))
    assert done.returncode == 2, done.stderr
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_the_list_of_sets_says_what_each_needs(weights: Weights) -> None:
    lines = rag(weights).stdout.splitlines()
    count = len((CHECKOUT / "eval" / "seeds.jsonl").read_text().splitlines())
    assert any(line.split()[:2] == ["seeds", str(count)] for line in lines)
    assert any(
        line.startswith("attributionbench") and "--data, no language model" in line
        for line in lines
    )


def test_the_baseline_answers_from_two_chunks_and_knows_no_day(embedder_folder: Path) -> None:
    chat = FakeChat().enqueue("In May.").enqueue("The context does not mention it.")
    baseline = QuickStart(OnnxEmbedder(embedder_folder), chat)
    expected = Expected(("abstained",))
    asked = EvalQuestion("q", "time", ("Who?", "When?"), date(2025, 4, 1), expected, (TRIP, CUP))
    reply = baseline.reply(asked)
    prompt = chat.prompts[0][-1].content
    assert "Query: Today is 1 April 2025. Who? When?" in prompt
    assert TRIP.text in prompt
    assert reply.answer is not None
    assert (reply.answer.status, reply.answer.text) == ("answered", "In May.")
    assert {item.article for item in reply.answer.citations} >= {"trip"}
    assert reply.answer.timings.completion_tokens == 2
    refused = baseline.reply(asked).answer
    assert refused is not None
    assert (refused.status, refused.citations) == ("abstained", ())

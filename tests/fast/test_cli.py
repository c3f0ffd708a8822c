"""The command line as its users call it: exit codes, messages, no traceback."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rag import __version__
from rag.index.catalog import Catalog
from tests.fast.conftest import Rag


def process(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``rag`` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "rag", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def indexed(tmp_path: Path) -> Path:
    """A folder with an index that is empty."""
    home = tmp_path / ".rag"
    home.mkdir()
    Catalog.create(home, "fingerprint").close()
    return tmp_path


def test_help_names_every_command_and_exit_code(tmp_path: Path) -> None:
    said = process(tmp_path, "--help").stdout
    commands = [
        "ingest",
        "ask",
        "search",
        "timeline",
        "chat",
        "batch",
        "show",
        "times",
        "verify",
        "status",
        "pull",
        "doctor",
    ]
    assert all(f"\n  {command} " in said for command in commands)
    assert "130 interrupted" in said


def test_the_version_is_the_packages(rag: Rag) -> None:
    assert rag("--version").out.strip() == __version__


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ask", ""], 2, "question is empty"),
        (["ask", "?"], 2, "The question '?' has no word in it"),
        (["search", "?!"], 2, "no word"),
        (["ask", "x" * 100_000], 2, "100,000 characters"),
        (["ask", "Who?", "--as-of", "2025-02-30"], 2, "not a day"),
        (["search", "Who?", "--as-of", "tomorrow"], 2, "not a day"),
        (["search", "Who?", "--limit", "0"], 2, "--limit"),
        (["timeline", ""], 2, "is empty"),
        (["timeline", "Trip", "--as-of", "tomorrow"], 2, "not a day"),
        (["timeline", "Trip", "--limit", "0"], 2, "--limit"),
        (["timeline", "Trip"], 3, "Run: rag ingest"),
        (["times", "--published", "soon"], 2, "--published 'soon' is not a day"),
        (["frobnicate"], 2, "No such command"),
        (["ask", "Who?"], 3, "Run: rag ingest"),
        (["search", "Who?"], 3, "Run: rag ingest"),
        (["chat"], 3, "Run: rag ingest"),
        (["show", "a.txt"], 3, "Run: rag ingest"),
        (["status"], 3, "Run: rag ingest"),
        (["ingest", "nowhere"], 4, "rag pull"),
        (["batch", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["verify", "nowhere.jsonl"], 2, "nowhere.jsonl cannot be read"),
        (["verify", "."], 2, ". cannot be read"),
        (["verify"], 2, "FILE.jsonl"),
        (["doctor"], 4, "rag pull"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else None,
)
def test_what_goes_wrong_is_said_with_its_code(
    rag: Rag, words: list[str], code: int, said: str
) -> None:
    done = rag(*words)
    assert done.code == code
    assert said in done.err + done.out


def test_an_error_reaches_the_shell_without_a_traceback(tmp_path: Path) -> None:
    done = process(tmp_path, "status")
    assert done.returncode == 3
    assert "Run: rag ingest" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("model", "code", "said"),
    [
        ("embedded", 4, "Run: rag pull"),
        ("ollama:qwen3:4b", 4, "Run: ollama serve"),
        ("gpt", 2, "ollama:NAME, embedded, none or auto"),
        ("ollama:", 2, "ollama:NAME"),
    ],
)
def test_a_model_that_is_named_is_never_replaced(
    rag: Rag, indexed: Path, model: str, code: int, said: str
) -> None:
    done = rag("ask", "Who?", "--model", model)
    assert (done.code, said in done.err) == (code, True)


def test_a_bad_setting_is_named(rag: Rag, tmp_path: Path) -> None:
    (tmp_path / "rag.toml").write_text("modle = 'none'\n")
    done = rag("status")
    assert done.code == 2
    assert "modle" in done.err


def test_an_empty_index_has_a_status(rag: Rag, indexed: Path) -> None:
    status = json.loads(rag("status", "--json").out)
    assert (status["articles"], status["from"]) == (0, None)


def test_a_broken_index_is_said_to_be_broken(rag: Rag, indexed: Path) -> None:
    catalog = next((indexed / ".rag").glob("*.sqlite"))
    catalog.write_bytes(b"not a database" * 1000)
    done = rag("status")
    assert done.code == 3
    assert "rag ingest" in done.err


GOOD = {"question": "Who?", "passages": [{"text": "It was Xi."}]}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{"question": "Who?"}], 3),
        ([{"question": "Who?"}, {"question": ""}], 3),
        ([{"question": ""}, {"question": "Who?", "as_of": "soon"}], 0),
        ([], 0),
        ([GOOD], 4),
    ],
)
def test_a_batch_without_what_it_needs_ends_with_the_code_of_that(
    rag: Rag, tmp_path: Path, lines: list[dict[str, object]], code: int
) -> None:
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = rag("batch", "questions.jsonl", "--model", "none")
    assert done.code == code
    assert all(json.loads(line).keys() == {"id", "error"} for line in done.out.splitlines())
    assert len(done.out.splitlines()) == len(lines)


def test_a_batch_over_a_broken_index_ends_with_its_code(rag: Rag, indexed: Path) -> None:
    next((indexed / ".rag").glob("*.sqlite")).write_bytes(b"not a database" * 1000)
    (indexed / "questions.jsonl").write_text('{"question": "Who?"}\n')
    assert rag("batch", "questions.jsonl", "--model", "none").code == 3


@pytest.mark.parametrize("words", ["--help", "eval", "verify -"])
def test_it_ends_without_a_word_where_nobody_reads_on(indexed: Path, words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "rag", *words.split()],
        input=b"{}\n",
        cwd=indexed,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_stream_that_the_caller_closed_changes_nothing_else(indexed: Path) -> None:
    rag = f"{sys.executable} -m rag status"
    for closed in ("1", "2"):
        words = ["sh", "-c", f"{rag} {closed}>&-"]
        done = subprocess.run(words, cwd=indexed, capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_an_interrupt_has_its_own_code() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "rag", "verify", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write("{}\n")
        process.stdin.flush()
        assert "error" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert (process.wait(timeout=60), process.stderr.read()) == (130, "")

"""`rag times`: any text in, the days it speaks of out."""

import json
import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from rag.terminal.cli import app

RAG_TIMES = [sys.executable, "-m", "rag", "times"]
HEAVY = {"chromadb", "torch", "llama_index", "sentence_transformers", "onnxruntime", "numpy"}


def times(text: str | bytes, *words: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, ["times", *words], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_time_expression_is_a_line() -> None:
    [week, month] = times(
        "Talks are next week, the summit in August 2025.", "--published=2025-03-28"
    )
    assert week == {
        "text": "next week",
        "start": 10,
        "end": 19,
        "first_day": "2025-03-31",
        "last_day": "2025-04-06",
        "timex": "2025-W14",
    }
    assert (month["text"], month["timex"]) == ("August 2025", "2025-08")
    assert (month["first_day"], month["last_day"]) == ("2025-08-01", "2025-08-31")


def test_without_a_day_what_depends_on_one_has_no_days() -> None:
    week, day, month = times("Next week, on May 12 or in August 2025.")
    assert (week["first_day"], week["last_day"], week["timex"]) == (None, None, "XXXX-WXX")
    assert (day["first_day"], day["timex"]) == (None, "XXXX-05-12")
    assert month["first_day"] == "2025-08-01"


@pytest.mark.parametrize("start", ["\r\n\r\n", "\ufeffÜber “\U0001f600”\t", "a\rb\u2028", "\x00 "])
def test_offsets_are_into_the_text_as_it_came(start: str) -> None:
    text = f"{start}It was May 12, 2024.\r\nThen 2025."
    found = times(text.encode())
    assert [text[span["start"] : span["end"]] for span in found] == ["May 12, 2024", "2025"]


def test_bytes_that_are_no_text_are_passed_over() -> None:
    [span] = times(b"\xff\xfe in 2024 \xe2")
    assert (span["start"], span["text"]) == (6, "2024")


@pytest.mark.parametrize("text", ["", "\n", "Nothing of the kind."])
def test_a_text_without_times_gives_nothing(text: str) -> None:
    assert times(text) == []


def test_no_standard_input_at_all_gives_nothing() -> None:
    closed = ["sh", "-c", '"$@" <&-', "sh", *RAG_TIMES]
    done = subprocess.run(closed, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_reader_that_leaves_early_ends_it_without_a_word() -> None:
    with subprocess.Popen(
        RAG_TIMES, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"It was May 12, 2024 in Paris.\n" * 5_000)
        process.stdin.close()
        assert json.loads(process.stdout.readline())["timex"] == "2024-05-12"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_a_line_of_a_megabyte_is_read() -> None:
    text = f"It was May 12, 2024 in Paris{', and nobody knew' * 30}. " * 1_900
    assert len(text) > 1_000_000
    assert len(times(text)) == 1_900


def test_it_starts_without_what_is_slow_to_import() -> None:
    program = (
        "import io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO(b'in 2024'));"
        "from rag.terminal.cli import app; app(['times'], standalone_mode=False);"
        f"sys.exit(str({HEAVY!r} & sys.modules.keys()) if {HEAVY!r} & sys.modules.keys() else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"timex": "2024"' in done.stdout

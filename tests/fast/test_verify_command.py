"""`rag verify`: claims with their references in, a verdict on each out."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rag.answering.grounding import check_claim
from rag.terminal.cli import app
from rag.terminal.verify import verdicts

RAG_VERIFY = [sys.executable, "-m", "rag", "verify", "-"]
HEAVY = {"chromadb", "torch", "llama_index", "sentence_transformers", "onnxruntime", "numpy"}
TRIP = "Putin will visit China in May. He will also meet Premier Li Qiang."
GOOD = {"id": "good", "claim": "Putin will visit China.", "references": [TRIP]}


def written(*lines: object) -> str:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    return "\n".join(texts) + "\n"


def verify(*lines: object, file: str = "-") -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, ["verify", file], input=written(*lines))
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_claim_has_its_verdict_in_order() -> None:
    held, denied = verify(GOOD, GOOD | {"id": 2, "claim": "Putin will visit India in May."})
    assert list(held) == ["id", "supported", "score", "quote", "why"]
    assert (held["id"], held["supported"]) == ("good", True)
    assert held["quote"] == "Putin will visit China in May."
    assert (denied["id"], denied["supported"]) == (2, False)
    assert denied["score"] < 0.5 <= held["score"]
    assert denied["why"] == "the name India is not in the reference"


def test_a_file_is_read_as_standard_input_is(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(written(GOOD, "", GOOD | {"id": None}), encoding="utf-8")
    assert verify(file=str(path)) == verify(GOOD, GOOD | {"id": None})


def test_the_verdict_is_that_of_the_checker() -> None:
    support = check_claim(GOOD["claim"], GOOD["references"])
    [verdict] = verify(GOOD)
    assert (verdict["score"], verdict["why"]) == (support.score, support.why)


@pytest.mark.parametrize(
    ("line", "identifier", "said"),
    [
        ("{not json", None, "Line 1 is not JSON"),
        ("[" * 100_000, None, "Line 1 is not JSON"),
        ("[1]", None, "Line 1 is not a JSON object"),
        ({"id": "x", "references": [TRIP]}, "x", "Line 1 has no claim"),
        ({"id": "x", "claim": 7, "references": [TRIP]}, "x", "Line 1 has no claim"),
        ({"id": "x", "claim": "Putin."}, "x", "'references' is not a list"),
        ({"id": "x", "claim": "Putin.", "references": TRIP}, "x", "'references' is not a list"),
        ({"id": "x", "claim": "Putin.", "references": [1]}, "x", "'references' is not a list"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_line_gives_its_error_and_the_run_goes_on(
    line: object, identifier: str | None, said: str
) -> None:
    error, verdict = verify(line, GOOD)
    assert error.keys() == {"id", "error"}
    assert error["id"] == identifier
    assert said in error["error"]
    assert verdict["supported"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"claim": ""}, "the claim has no words to check"),
        ({"references": []}, "there is no reference text to check against"),
    ],
)
def test_nothing_to_check_is_not_supported(change: dict[str, Any], why: str) -> None:
    [verdict] = verify(GOOD | change)
    assert (verdict["supported"], verdict["score"], verdict["why"]) == (False, 0, why)


def test_what_cannot_be_written_or_shown_is_escaped() -> None:
    odd = "\ud800 Putin will visit\u202e China in May.\x1b[2J"
    done = CliRunner().invoke(
        app, ["verify", "-"], input=written(GOOD | {"id": odd, "references": [odd]})
    )
    assert done.exit_code == 0, done.output
    assert not {"\ud800", "\u202e", "\x1b"} & set(done.stdout)
    assert json.loads(done.stdout)["id"] == odd
    assert json.loads(done.stdout)["quote"] in odd


def test_bytes_that_are_no_text_are_passed_over() -> None:
    line = json.dumps(GOOD).encode().replace(b"in May", b"in\xff May")
    done = CliRunner().invoke(app, ["verify", "-"], input=line)
    assert json.loads(done.stdout)["supported"]


def test_each_verdict_is_there_before_the_next_line_is_read() -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(2):
            read.append(number)
            yield json.dumps(GOOD)

    next(verdicts(lines()))
    assert read == [0]


def test_a_verdict_is_written_while_the_input_is_still_open() -> None:
    with subprocess.Popen(
        RAG_VERIFY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(2):
            process.stdin.write(json.dumps(GOOD | {"id": number}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_no_standard_input_at_all_gives_nothing() -> None:
    closed = ["sh", "-c", '"$@" <&-', "sh", *RAG_VERIFY]
    done = subprocess.run(closed, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    with subprocess.Popen(
        RAG_VERIFY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(written(*[GOOD] * 200).encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["supported"]
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""


def test_it_starts_without_what_is_slow_to_import() -> None:
    program = (
        f"import io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO({written(GOOD).encode()!r}));"
        "from rag.terminal.cli import app; app(['verify', '-'], standalone_mode=False);"
        f"sys.exit(str({HEAVY!r} & sys.modules.keys()) if {HEAVY!r} & sys.modules.keys() else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["supported"]

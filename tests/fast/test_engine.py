"""The engine's process, with a stand-in for llama.cpp's binding in it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from math import log
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ModelError, ModelTimeout
from rag.models.chat import Delta, Message, Usage
from rag.models.embedded import EmbeddedChat
from rag.models.limits import Limits

FAKE = Path(__file__).parent / "fake_engine"
PATIENT = Limits()
ROME = 'data: {"choices": [{"delta": {"content": "Rome"}}]}'
PROGRESS = 'data: {"choices": [{"delta": {"content": null}}], "prompt_progress": {}}'
USAGE = 'data: {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 1}}'
DONE = "data: [DONE]"

MakeChat = Callable[..., EmbeddedChat]


@pytest.fixture
def make_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeChat:
    """A chat over a model to which happens what is said here."""
    monkeypatch.syspath_prepend(FAKE)

    def make(limits: Limits = PATIENT, **plan: Any) -> EmbeddedChat:
        return EmbeddedChat(planned(tmp_path, **plan), "digest", limits=limits)

    return make


def planned(folder: Path, **plan: Any) -> Path:
    path = folder / "model.gguf"
    path.write_text("GGUF" + json.dumps(plan))
    return path


def reply(chat: EmbeddedChat) -> list[Delta]:
    return list(chat.stream([Message("user", "Which city is Italy's capital?")], 8))


def process_of(chat: EmbeddedChat) -> subprocess.Popen[bytes]:
    return chat._engine._process


def test_a_reply_ends_with_its_usage(make_chat: MakeChat) -> None:
    chat = make_chat(lines=[PROGRESS, ROME, USAGE, DONE])
    assert reply(chat) == [Delta("Rome"), Delta("", Usage(7, 1))]


def test_what_else_could_have_been_written_comes_with_a_piece(make_chat: MakeChat) -> None:
    tokens = [{"token": "Rome", "logprob": log(0.75)}, {"token": "unknown", "logprob": log(0.25)}]
    written = {"content": [tokens[0] | {"top_logprobs": tokens}]}
    line = {"choices": [{"delta": {"content": "Rome"}, "logprobs": written}]}
    [piece, _] = reply(make_chat(lines=[f"data: {json.dumps(line)}", USAGE, DONE]))
    assert piece.alternatives == pytest.approx({"Rome": 0.75, "unknown": 0.25})


def test_what_the_engine_prints_is_dropped(
    make_chat: MakeChat, capfd: pytest.CaptureFixture[str]
) -> None:
    assert make_chat().count_tokens("two words") == 2
    assert capfd.readouterr() == ("", "")


def test_only_this_program_can_ask(make_chat: MakeChat) -> None:
    chat = make_chat()
    chat._engine._key = "guessed"
    with pytest.raises(ModelError, match=r"failed: Invalid API Key\. Run: rag doctor"):
        chat.count_tokens("word")


def test_the_key_is_not_on_the_command_line(make_chat: MakeChat) -> None:
    chat = make_chat()
    assert chat._engine._key not in str(process_of(chat).args)


def test_an_error_within_the_reply_is_told(make_chat: MakeChat) -> None:
    chat = make_chat(lines=[ROME, 'data: {"error": {"message": "no memory"}}'])
    with pytest.raises(ModelError, match=r"failed: no memory\. Run: rag doctor"):
        reply(chat)


@pytest.mark.parametrize("limits", [Limits(first_token=0.2), Limits(total=0.2)])
def test_silence_is_given_up_in_time(make_chat: MakeChat, limits: Limits) -> None:
    chat = make_chat(limits, lines=[PROGRESS], end="hang")
    chat.count_tokens("loaded")
    started = time.monotonic()
    with pytest.raises(ModelTimeout, match="RAG_FIRST_TOKEN_TIMEOUT or RAG_TOTAL_TIMEOUT"):
        reply(chat)
    assert time.monotonic() - started < 1


def test_a_slow_end_is_given_up_after_the_total(make_chat: MakeChat) -> None:
    chat = make_chat(Limits(first_token=0.3, total=0.8), lines=[ROME], end="hang")
    chat.count_tokens("loaded")
    started = time.monotonic()
    with pytest.raises(ModelTimeout):
        reply(chat)
    assert 0.7 < time.monotonic() - started < 1.5


@pytest.mark.parametrize("lines", [[], [PROGRESS], [ROME]])
@pytest.mark.parametrize("end", ["well", "die"])
def test_a_reply_that_breaks_off_is_an_error(
    make_chat: MakeChat, lines: list[str], end: str
) -> None:
    with pytest.raises(ModelError, match=r"model stopped.* Run: rag doctor"):
        reply(make_chat(lines=lines, end=end))


def test_a_process_that_died_is_an_error_ever_after(make_chat: MakeChat) -> None:
    chat = make_chat()
    chat.count_tokens("loaded")
    process_of(chat).kill()
    process_of(chat).wait()
    for _ in range(2):
        with pytest.raises(ModelError, match=r"model stopped: .* Run: rag doctor"):
            chat.count_tokens("word")


@pytest.mark.parametrize(
    ("load", "said"), [("fail", "cannot be loaded: it is cut short"), ("die", "being loaded")]
)
def test_errors_of_loading_are_raised_on_each_use(
    make_chat: MakeChat, load: str, said: str
) -> None:
    chat = make_chat(load=load)
    for _ in range(2):
        with pytest.raises(ModelError, match=rf"{said}.* Run: rag "):
            chat.count_tokens("word")


def test_a_binding_that_cannot_be_imported_names_the_command(
    make_chat: MakeChat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('libgomp is missing')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match=r"libgomp is missing\. Run: pip install xllamacpp"):
        make_chat().count_tokens("word")


def test_files_that_lie_around_are_not_imported(
    make_chat: MakeChat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert make_chat().count_tokens("word") == 1


def test_a_program_that_cannot_be_started_is_an_error(
    make_chat: MakeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ModelError, match=r"cannot be started: .*--model none"):
        make_chat()


def test_the_process_ends_with_the_chat(make_chat: MakeChat) -> None:
    chat = make_chat(load="hang")
    process = process_of(chat)
    del chat
    assert process.returncode == -signal.SIGKILL


def test_the_process_imports_little() -> None:
    code = "import sys, rag.models.engine_process; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"http", "subprocess", "numpy", "xllamacpp"} & set(done.stdout.split())


PROGRAM = """
import sys, time
from pathlib import Path
from rag.models.embedded import EmbeddedChat
chat = EmbeddedChat(Path(sys.argv[1]), "digest")
try:
    if "busy" in sys.argv:
        print(chat._engine._address(), flush=True)
        time.sleep(60)
    print("asking", flush=True)
    chat.count_tokens("word")
except KeyboardInterrupt:
    print("heard", chat._engine._process.poll(), flush=True)
    if "busy" in sys.argv:
        print(chat.count_tokens("still there"), flush=True)
"""


def started(path: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(path), *words],
        env=os.environ | {"PYTHONPATH": str(FAKE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )


def test_ctrl_c_at_the_terminal_leaves_the_model_alone(tmp_path: Path) -> None:
    with started(planned(tmp_path), "busy") as program:
        assert program.stdout
        program.stdout.readline()
        os.killpg(program.pid, signal.SIGINT)
        assert program.communicate(timeout=10) == ("heard None\n2\n", "")


def test_ctrl_c_is_heard_while_the_model_is_being_loaded(tmp_path: Path) -> None:
    with started(planned(tmp_path, load="hang")) as program:
        assert program.stdout
        assert program.stdout.readline() == "asking\n"
        time.sleep(0.2)
        os.killpg(program.pid, signal.SIGINT)
        assert program.communicate(timeout=10) == ("heard None\n", "")


def test_the_process_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    with started(planned(tmp_path), "busy") as program:
        assert program.stdout
        port = int(program.stdout.readline().rpartition(":")[2])
        program.kill()
    assert ends_within_a_second(port)


def ends_within_a_second(port: int) -> bool:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            return True
        time.sleep(0.01)
    return False

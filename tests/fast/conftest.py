"""What the tests of the command line share."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.terminal.cli import main


@dataclass(frozen=True)
class Said:
    """What a command wrote and how it ended."""

    code: int | str | None
    out: str
    err: str


Rag = Callable[..., Said]


@pytest.fixture
def rag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Rag]:
    """``rag`` in this process, in an empty folder with an empty cache and no server to be found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("RAG_OLLAMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    def run(*words: str) -> Said:
        monkeypatch.setattr("sys.argv", ["rag", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return Said(ended.value.code, *capsys.readouterr())

    thresholds = gc.get_threshold()
    yield run
    gc.set_threshold(*thresholds)
    gc.unfreeze()

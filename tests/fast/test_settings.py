"""Flags over variables over the file over the defaults."""

from pathlib import Path

import pytest

from rag.errors import ModelError, UsageError
from rag.settings import Settings
from rag.wiring import Wiring


def test_each_source_gives_way_to_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "rag.toml").write_text('model = "none"\nollama_model = "a"\nembedder = "file"\n')
    environ = {"RAG_MODEL": "embedded", "RAG_OLLAMA_MODEL": "b"}
    settings = Settings.load({"model": "auto", "home": None}, environ, tmp_path)
    assert (settings.model, settings.ollama_model, settings.embedder) == ("auto", "b", "file")


def test_the_index_is_found_from_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / ".rag").mkdir()
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert Settings.load({}, {}, below).home == tmp_path / ".rag"


def test_without_an_index_home_is_here(tmp_path: Path) -> None:
    assert Settings.load({}, {}, tmp_path).home == tmp_path / ".rag"


def test_a_path_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "rag.toml").write_text('home = "index"\n')
    below = tmp_path / "a"
    below.mkdir()
    assert Settings.load({}, {}, below).home == tmp_path / "index"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("modell = 'x'", "modell"),
        ("model = ", "rag.toml"),
        ("total_timeout = 'soon'", "total_timeout"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "rag.toml").write_text(text)
    with pytest.raises(UsageError, match=named):
        Settings.load({}, {}, tmp_path)


def test_a_variable_of_the_wrong_kind_is_named() -> None:
    with pytest.raises(UsageError, match="RAG_OLLAMA_CONTEXT"):
        Settings.load({}, {"RAG_OLLAMA_CONTEXT": "many"})


def test_an_embedder_that_is_named_never_becomes_another(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, embedder=str(tmp_path / "gone"))
    with pytest.raises(ModelError, match="There is no folder"):
        _ = Wiring(settings, print, lambda: pytest.fail("nothing is fetched")).embedder_folder


def test_a_model_file_that_is_named_never_becomes_none(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, gguf=tmp_path / "gone", ollama_url="http://127.0.0.1:9")
    with pytest.raises(ModelError, match="RAG_GGUF"):
        _ = Wiring(settings, print, lambda: pytest.fail("nothing is fetched")).chat

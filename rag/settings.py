"""The settings, read once: flags over ``RAG_*`` variables over ``rag.toml`` over these defaults."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from platformdirs import user_cache_path

from rag.errors import UsageError

HOME_NAME = ".rag"
FILE_NAME = "rag.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; times in seconds, sizes in tokens."""

    home: Path = field(default_factory=lambda: Path.cwd() / HOME_NAME)
    cache: Path = field(default_factory=lambda: user_cache_path("rag", appauthor=False))
    model: str = "auto"
    verifier: str = ""
    ollama_url: str = "http://127.0.0.1:11434"
    ollama_model: str = "qwen3:4b"
    ollama_context: int = 4096
    gguf: Path | None = None
    embedder: str = "all-MiniLM-L6-v2"
    connect_timeout: float = 2.0
    first_token_timeout: float = 120.0
    total_timeout: float = 300.0

    @classmethod
    def load(
        cls,
        flags: Mapping[str, Any],
        environ: Mapping[str, str] = os.environ,
        folder: Path | None = None,
    ) -> Self:
        """The settings in force in this folder (the current one by default).

        Flags that are ``None`` were not given. Raises ``UsageError`` naming the setting that
        is unknown or cannot be read.
        """
        here = folder or Path.cwd()
        values = _from_file(_nearest(here, FILE_NAME)) | _from_environment(environ)
        values |= {name: value for name, value in flags.items() if value is not None}
        values.setdefault("home", _nearest(here, HOME_NAME) or here / HOME_NAME)
        return cls(**{name: _parsed(name, value) for name, value in values.items()})


_PARSERS: dict[str, type] = {
    item.name: {"home": Path, "cache": Path, "gguf": Path}.get(item.name) or type(item.default)
    for item in fields(Settings)
}


def _nearest(folder: Path, name: str) -> Path | None:
    """The file or folder of that name here or in the nearest folder above, as git finds .git."""
    candidates = (parent / name for parent in (folder, *folder.parents))
    return next((path for path in candidates if path.exists()), None)


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read as settings: {error}. Correct it.") from error
    unknown = sorted(values.keys() - _PARSERS.keys())
    if unknown:
        known = ", ".join(_PARSERS)
        raise UsageError(f"{path} sets '{unknown[0]}', which is no setting. Settings: {known}.")
    return {
        name: path.parent / value if _PARSERS[name] is Path else value
        for name, value in values.items()
    }


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    given = {name: environ.get(f"RAG_{name.upper()}") for name in _PARSERS}
    return {name: value for name, value in given.items() if value}


def _parsed(name: str, value: Any) -> Any:
    parser = _PARSERS[name]
    if isinstance(value, parser):
        return value
    try:
        return parser(value)
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"The setting '{name}' (RAG_{name.upper()}) is {value!r}, not a valid "
            f"{parser.__name__}. Correct it in the flag, the variable or {FILE_NAME}."
        ) from error

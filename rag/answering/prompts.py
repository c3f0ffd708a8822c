"""The prompts, one file each in ``prompts/``, their variables checked when they are loaded."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Self

from rag.errors import UsageError


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt text with named places, written ``{name}``."""

    text: str

    @classmethod
    def load(cls, name: str, variables: frozenset[str] = frozenset()) -> Self:
        """The prompt of that name; raises ``UsageError`` where its variables are others."""
        text = (_folder() / f"{name}.md").read_text(encoding="utf-8").strip()
        found = {place for _, place, _, _ in Formatter().parse(text) if place is not None}
        if found != variables:
            raise UsageError(
                f"prompts/{name}.md has the variables {sorted(found)}, "
                f"but {sorted(variables)} are given. Correct the file."
            )
        return cls(text)

    def render(self, **values: str) -> str:
        """The prompt with its places filled."""
        return self.text.format(**values)


def _folder() -> Traversable:
    """``prompts/`` as installed inside the package, or beside it in a checkout."""
    package = files("rag")
    installed = package / "prompts"
    return installed if installed.is_dir() else package.joinpath("..", "prompts")

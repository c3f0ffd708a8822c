"""The README says what the program says."""

import re

from typer.testing import CliRunner

from rag.settings import Settings
from rag.terminal.cli import app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_help_text_is_the_programs() -> None:
    block = re.search(r"<!-- help -->\n```\n(.*?)\n```\n<!-- /help -->", README, re.DOTALL)
    assert block is not None
    said = CliRunner().invoke(app, ["--help"], prog_name="rag", env={"COLUMNS": "80"}).stdout
    assert block.group(1) == said.strip()


def test_every_setting_is_listed_with_its_variable() -> None:
    for name in Settings.__dataclass_fields__:
        assert f"| `{name}` | `RAG_{name.upper()}` |" in README


def test_every_exit_code_of_the_help_is_explained() -> None:
    table = set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE))
    assert table == {"0", "1", "2", "3", "4", "5", "130", "141"}

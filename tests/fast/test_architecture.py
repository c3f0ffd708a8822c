"""Rooms import only from the rooms below them, so that the flow is one way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# From the vocabulary up to what the user types.
ROOMS = (
    ("domain", "errors", "settings"),
    ("reading",),
    ("index",),
    ("models",),
    ("answering",),
    ("wiring",),
    ("evaluation",),
    ("terminal",),
)
FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
# In ``answering`` the files themselves are the steps from question to answer, over these.
STOREYS = (("language",), ("question", "grounding"), ("evidence",), ("timeline",), ("selection",))
STOREY = {room: storey for storey, rooms in enumerate(STOREYS) for room in rooms}
FILES = sorted((ROOT / "rag").rglob("*.py"))


def room_of(path: Path) -> str:
    """The part of ``rag`` a file belongs to."""
    return path.relative_to(ROOT / "rag").parts[0].removesuffix(".py")


def imported_modules(path: Path) -> Iterator[str]:
    """Every module of ``rag`` that the file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rag."):
            yield str(node.module)
        elif isinstance(node, ast.ImportFrom) and node.module == "rag":
            yield from (f"rag.{alias.name}" for alias in node.names if alias.name in FLOOR)


def imported_rooms(path: Path) -> Iterator[str]:
    """Every part of ``rag`` that the file imports from."""
    return (module.split(".")[1] for module in imported_modules(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_from_below(path: Path) -> None:
    room = room_of(path)
    if room not in FLOOR:
        assert room in {"__init__", "__main__"}
        return
    above = {other for other in imported_rooms(path) if FLOOR[other] > FLOOR[room]}
    assert not above, f"{room} imports {sorted(above)}"


@pytest.mark.parametrize("room", STOREY)
def test_a_room_of_answering_imports_no_step_and_no_room_above(room: str) -> None:
    imported = {
        (path.name, module.split(".")[2])
        for path in (ROOT / "rag" / "answering" / room).glob("*.py")
        for module in imported_modules(path)
        if module.startswith("rag.answering.")
    }
    assert not {it for it in imported if STOREY.get(it[1], len(STOREYS)) > STOREY[room]}


def test_every_folder_of_answering_is_a_room() -> None:
    folders = {path.parent.name for path in (ROOT / "rag" / "answering").glob("*/__init__.py")}
    assert folders == set(STOREY)


def test_only_the_wiring_makes_what_answers() -> None:
    """Beside it, the evaluation builds its own over other folders."""
    makers = {room_of(path) for path in FILES if "wiring" in set(imported_rooms(path))}
    assert makers == {"evaluation", "terminal"}

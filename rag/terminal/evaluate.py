"""What ``rag eval`` does, once its words are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rag.evaluation.bench import WiredBench
from rag.evaluation.compare import Comparison
from rag.evaluation.folder import RunFolder
from rag.evaluation.gates import Gate, judge, load_gates
from rag.evaluation.manifest import Request
from rag.evaluation.report import write_report
from rag.evaluation.run import Evaluation
from rag.evaluation.sets import CHECKOUT, SETS, find_sets
from rag.evaluation.table import set_lines, table_lines
from rag.terminal.commands import Session

MISSED = 1
_NAMED = 2
_GATES = Path("eval", "gates.toml")


@dataclass(frozen=True, slots=True)
class Output:
    """Where a run is kept and how it is told; ``run`` is ``None`` for a new folder."""

    run: Path | None
    gate: bool
    as_json: bool


def list_sets(data: Path | None, session: Session, *, as_json: bool) -> None:
    """Show every set: how many questions, what it measures and what it needs."""
    if as_json:
        session.display.json([item.as_json(data) for item in SETS.values()])
        return
    for line in set_lines(data):
        session.display.line(line)


def compare(runs: tuple[Path, Path], session: Session, *, as_json: bool) -> None:
    """Show what got better and worse from one run to another."""
    comparison = Comparison.of(*runs)
    if as_json:
        session.display.json(comparison.as_json())
        return
    for line in comparison.lines():
        session.display.line(line)


def evaluate(request: Request, output: Output, session: Session) -> int:
    """Run the sets and show the figures; 1 where a gate was asked for and missed."""
    names = tuple(item.name for item in find_sets(request.sets))
    gates = load_gates(CHECKOUT / _GATES)
    folder = output.run or _new_folder(session, names)
    session.display.note(f"Run folder: {folder}")
    with session.display.progress() as advance:
        bench = WiredBench(session.wiring, folder, request.data, advance)
        scores = Evaluation(RunFolder(folder), bench, advance).run(request, gates)
    _show(scores, folder, output, session)
    return _judged(gates, scores, names, session) if output.gate else 0


def _new_folder(session: Session, names: Sequence[str]) -> Path:
    named = "-".join(names) if len(names) <= _NAMED else f"{len(names)}-sets"
    return session.settings.home / "runs" / f"{named}-{datetime.now(UTC):%Y%m%d-%H%M%S}"


def _show(scores: Mapping[str, Any], folder: Path, output: Output, session: Session) -> None:
    if output.as_json:
        session.display.json(scores)
        return
    for line in table_lines(scores):
        session.display.line(line)
    session.display.note(f"Report: {write_report(folder)}")


def _judged(
    gates: Sequence[Gate], scores: Mapping[str, Any], names: Sequence[str], session: Session
) -> int:
    """Judged anew, since the gates of a run that was complete may have changed."""
    missed = [item for item in judge(gates, scores["metrics"], names) if not item.passed]
    for item in missed:
        session.display.error(f"Missed gate: {item}")
    return MISSED if missed else 0

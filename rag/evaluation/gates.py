"""The thresholds a run must meet, in ``eval/gates.toml``.

[seeds]
status_accuracy = {min = 0.9}
as_of_leaks = {max = 0}
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rag.errors import UsageError
from rag.evaluation.sets import SETS

Operator = Literal[">=", "<="]
_OPERATORS: dict[str, Operator] = {"min": ">=", "max": "<="}


@dataclass(frozen=True, slots=True)
class Gate:
    """One threshold of one metric of one set."""

    set: str
    metric: str
    operator: Operator
    threshold: float

    @property
    def name(self) -> str:
        """The metric in full, such as ``seeds.as_of_leaks``."""
        return f"{self.set}.{self.metric}"

    def judged(self, metrics: Mapping[str, Any]) -> "Judged":
        """Whether these figures meet it; one that was not measured does not."""
        value = metrics.get(self.set, {}).get(self.metric, {}).get("value")
        return Judged(self, value, value is not None and self._met_by(value))

    def _met_by(self, value: float) -> bool:
        return value >= self.threshold if self.operator == ">=" else value <= self.threshold


@dataclass(frozen=True, slots=True)
class Judged:
    """A gate, the value that was measured, and whether it passed."""

    gate: Gate
    value: float | None
    passed: bool

    def as_json(self) -> dict[str, Any]:
        """As ``scores.json`` keeps it."""
        return {
            "metric": self.gate.name,
            "op": self.gate.operator,
            "threshold": self.gate.threshold,
            "value": self.value,
            "passed": self.passed,
        }

    def __str__(self) -> str:
        measured = "not measured" if self.value is None else f"{self.value:g}"
        return (
            f"{self.gate.name} is {measured}, wanted {self.gate.operator} {self.gate.threshold:g}"
        )


def load_gates(path: Path) -> list[Gate]:
    """The gates of the file. Raises ``UsageError`` for one that names no metric of its set."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read as gates: {error}. Correct it.") from error
    return [
        gate
        for name, table in tables.items()
        for metric, limits in _table(path, name, table).items()
        for gate in _gates(path, name, metric, limits)
    ]


def judge(gates: Sequence[Gate], metrics: Mapping[str, Any], sets: Sequence[str]) -> list[Judged]:
    """The gates of the sets that were run, each with what was measured."""
    return [gate.judged(metrics) for gate in gates if gate.set in sets]


def _table(path: Path, name: str, table: object) -> dict[str, Any]:
    if name not in SETS or not isinstance(table, dict):
        raise UsageError(f"{path}: '[{name}]' is no question set. Sets: {', '.join(SETS)}.")
    return table


def _gates(path: Path, name: str, metric: str, limits: object) -> list[Gate]:
    known = SETS[name].metrics
    if metric not in known:
        raise UsageError(
            f"{path}: the gate '{name}.{metric}' names no metric. Metrics: {', '.join(known)}."
        )
    if not isinstance(limits, dict) or not limits or not all(map(_is_limit, limits.items())):
        raise UsageError(
            f"{path}: the gate '{name}.{metric}' is no limit. Write {{min = 0.9}} or {{max = 0}}."
        )
    return [Gate(name, metric, _OPERATORS[end], float(limits[end])) for end in limits]


def _is_limit(item: tuple[str, object]) -> bool:
    end, value = item
    return end in _OPERATORS and isinstance(value, int | float) and not isinstance(value, bool)

"""The figures of a run as lines of text, short enough for a terminal."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rag.evaluation.metrics import METRICS
from rag.evaluation.sets import SETS

_NAME = max(len(name) for name in METRICS)
_SET = max(len(name) for name in SETS)


def table_lines(scores: Mapping[str, Any]) -> Iterator[str]:
    """A line a metric, set by set: value, 95 % interval, number of questions, baseline, gate."""
    gates = {gate["metric"]: gate for gate in scores["gates"]}
    baseline = scores["baseline"] or {}
    for name, figures in scores["metrics"].items():
        yield f"{name}{_latency(scores, name)}{_speed(scores, name)}"
        for metric, figure in figures.items():
            notes = [
                _baseline(metric, baseline.get(name, {})),
                _gate(gates.get(f"{name}.{metric}")),
            ]
            known = "".join(f"   {note}" for note in notes if note)
            yield f"  {metric:<{_NAME}}  {_figure(metric, figure)}{known}"
    yield f"memory: {scores['peak_memory_mb']} MB at most"


def set_lines(data: Path | None) -> Iterator[str]:
    """A line a set: how many questions, what it measures and what it needs."""
    for item in SETS.values():
        count = item.count(data)
        number = "-" if count is None else str(count)
        yield f"{item.name:<{_SET}}  {number:>4}  {item.measures} ({item.needs})"


def shown(metric: str, value: float | None) -> str:
    """A figure as it is printed: a count whole, anything else with three decimals."""
    if value is None:
        return "-"
    return f"{value:.0f}" if METRICS[metric].kind == "count" else f"{value:.3f}"


def interval(figure: Mapping[str, Any]) -> str:
    """The ends of the 95 % interval, in words; empty where there is none."""
    low, high = figure["low"], figure["high"]
    return "" if low is None or high is None else f"{low:.2f} to {high:.2f}"


def _figure(metric: str, figure: Mapping[str, Any]) -> str:
    return f"{shown(metric, figure['value']):>5}  {interval(figure):<12}  n {figure['n']:<4}"


def _baseline(metric: str, figures: Mapping[str, Any]) -> str:
    return f"baseline {shown(metric, figures[metric]['value'])}" if metric in figures else ""


def _gate(gate: Mapping[str, Any] | None) -> str:
    if gate is None:
        return ""
    return f"gate {gate['op']} {gate['threshold']:g} {'passed' if gate['passed'] else 'MISSED'}"


def _latency(scores: Mapping[str, Any], name: str) -> str:
    found = scores["latency"].get(name)
    if not found:
        return ""
    total, first = found["total_s"], found["first_token_s"]
    drafted = f", the first token after {first['p50']:.1f} s" if first else ""
    return f": {total['p50']:.1f} s an answer, 95 % within {total['p95']:.1f} s{drafted}"


def _speed(scores: Mapping[str, Any], name: str) -> str:
    found = scores.get("speed", {}).get(name)
    return f": {found['sentences_per_s']:,} sentences a second on one core" if found else ""

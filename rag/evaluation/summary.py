"""The figures of a run: ``scores.json``.

    {"schema": 1, "day": when it was finished,
     "manifest": {...},
     "metrics": {set: {metric: {"value", "n", "low", "high"}}},
     "baseline": the same of the baseline, or null,
     "gates": [{"metric": "seeds.status_accuracy", "op": ">=", "threshold", "value", "passed"}],
     "by_kind": {set: {kind: {metric: {"value", "n", "low", "high"}}}},
     "confusion": {set: {expected status: {status: number of questions}}},
     "by_day": {set: {as-of day: {metric: {"value", "n", "low", "high"}}}},
     "latency": {set: {"first_token_s": {"p50", "p95", "n"}, "total_s": {...},
                       "prompt_tokens": mean, "completion_tokens": mean}},
     "baseline_latency": the same of the baseline, or null,
     "speed": {set: {"sentences", "seconds": of one core, "sentences_per_s"}} where texts are read,
     "peak_memory_mb": of the whole process}

A rate has its Wilson interval, a mean and a quotient that of a bootstrap over the questions; a
count has none (null). A metric that applies to no question of a set is left out.
"""

import math
import re
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rag.evaluation.intervals import (
    Parts,
    bootstrap,
    bootstrap_quotient,
    mean_quotient,
    percentile,
    wilson,
)
from rag.evaluation.metric import Kind, Metric
from rag.evaluation.metrics import METRICS
from rag.evaluation.records import Row

_DECIMALS = 4
_SLOW = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value over ``n`` questions, and the ends of its interval where it has one."""

    value: float
    n: int
    low: float | None
    high: float | None

    @classmethod
    def of(cls, kind: Kind, values: Sequence[float]) -> "Figure":
        """The share, the mean or the sum of these scores."""
        total, n = math.fsum(values), len(values)
        if kind == "count":
            return cls(total, n, None, None)
        interval = wilson(total, n) if kind == "rate" else bootstrap(values)
        return cls(_rounded(total / n), n, _rounded(interval.low), _rounded(interval.high))

    @classmethod
    def of_parts(cls, parts: Sequence[Parts]) -> "Figure":
        """The quotient of what these questions add up to, or the mean of several."""
        value, interval = mean_quotient(parts), bootstrap_quotient(parts)
        return cls(_rounded(value), len(parts), _rounded(interval.low), _rounded(interval.high))


Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rows of a run add up to, set by set."""

    rows: Sequence[Row]

    def metrics(self) -> dict[str, Figures]:
        """The figures of each set."""
        return {name: figures(rows) for name, rows in _grouped(self.rows, _set).items()}

    def by(self, part: Callable[[Row], str]) -> dict[str, dict[str, Figures]]:
        """The figures of each part of each set, such as those of one kind of question."""
        return {
            name: {value: figures(found) for value, found in sorted(_grouped(rows, part).items())}
            for name, rows in _grouped(self.rows, _set).items()
        }

    def confusion(self) -> dict[str, dict[str, dict[str, int]]]:
        """How often each status came where each was expected; the first of those acceptable."""
        answered = [row for row in self.rows if row.status]
        return {
            name: {
                expected: dict(Counter(str(row.status) for row in found))
                for expected, found in _grouped(rows, lambda row: row.expected.statuses[0]).items()
            }
            for name, rows in _grouped(answered, _set).items()
        }

    def latency(self) -> dict[str, dict[str, Any]]:
        """Seconds and tokens of each set that was answered."""
        answered = [row for row in self.rows if row.answer]
        return {name: _latency(rows) for name, rows in _grouped(answered, _set).items()}

    def speed(self) -> dict[str, dict[str, float]]:
        """How fast the texts of each set were read, on one core."""
        read = [row for row in self.rows if row.times]
        return {name: _speed(rows) for name, rows in _grouped(read, _set).items()}


def figures(rows: Sequence[Row]) -> Figures:
    """Every metric that applies to one of these rows, in the order of ``METRICS``."""
    found = {name: _figure(metric, rows) for name, metric in METRICS.items()}
    return {name: figure for name, figure in found.items() if figure}


def _figure(metric: Metric, rows: Sequence[Row]) -> Figure | None:
    if metric.quotients:
        parts = [part for row in rows if (part := metric.parts(row.scores))]
        return Figure.of_parts(parts) if parts else None
    values = _values(rows, metric.name)
    return Figure.of(metric.kind, values) if values else None


def scores_json(
    manifest: Mapping[str, Any], ours: Summary, baseline: Summary | None
) -> dict[str, Any]:
    """Everything but the gates."""
    return {
        "schema": 1,
        "day": datetime.now(UTC).date().isoformat(),
        "manifest": dict(manifest),
        "metrics": _plain(ours.metrics()),
        "baseline": _plain(baseline.metrics()) if baseline else None,
        "gates": [],
        "by_kind": _plain(ours.by(lambda row: row.kind)),
        "confusion": ours.confusion(),
        "by_day": _plain(ours.by(lambda row: row.as_of)),
        "latency": ours.latency(),
        "baseline_latency": baseline.latency() if baseline else None,
        "speed": ours.speed(),
        "peak_memory_mb": peak_memory_mb(),
    }


def peak_memory_mb() -> int:
    """The most memory this process has held, in megabytes, and on Linux the model's beside it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)
    return round(own + sum(map(_peak_of, _children())) / (1 << 10))


def _children() -> Iterator[str]:
    for path in Path("/proc/self/task").glob("*/children"):
        yield from path.read_text().split()


def _peak_of(process: str) -> int:
    """The most memory of a running process in kilobytes; 0 where it has just ended."""
    try:
        status = Path("/proc", process, "status").read_text()
    except OSError:
        return 0
    peak = re.search(r"VmHWM:\s*(\d+)", status)
    return int(peak[1]) if peak else 0


def _set(row: Row) -> str:
    return row.set


def _grouped(rows: Iterable[Row], part: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[part(row)].append(row)
    return groups


def _values(rows: Iterable[Row], metric: str) -> list[float]:
    found = (row.scores.get(metric) for row in rows)
    return [value for value in found if value is not None]


def _latency(rows: Sequence[Row]) -> dict[str, Any]:
    timings = [row.answer["timings"] for row in rows if row.answer]
    drafted = [item for item in timings if item["completion_tokens"]]
    return {
        "first_token_s": _percentiles([item["first_token_s"] for item in drafted]),
        "total_s": _percentiles([item["total_s"] for item in timings]),
        "prompt_tokens": _mean([item["prompt_tokens"] for item in drafted]),
        "completion_tokens": _mean([item["completion_tokens"] for item in drafted]),
    }


def _speed(rows: Sequence[Row]) -> dict[str, float]:
    read = [row.times for row in rows if row.times]
    sentences = sum(times.sentences for times in read)
    seconds = math.fsum(times.seconds for times in read)
    per_second = round(sentences / seconds) if seconds else 0
    return {
        "sentences": sentences,
        "seconds": _rounded(seconds),
        "sentences_per_s": per_second,
    }


def _percentiles(seconds: Sequence[float]) -> dict[str, float | int] | None:
    if not seconds:
        return None
    ordered = sorted(seconds)
    return {
        "p50": percentile(ordered, 0.5),
        "p95": percentile(ordered, _SLOW),
        "n": len(ordered),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(math.fsum(values) / len(values), 1) if values else None


def _rounded(value: float) -> float:
    return round(value, _DECIMALS)


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return asdict(value)
    return {name: _plain(item) for name, item in value.items()}

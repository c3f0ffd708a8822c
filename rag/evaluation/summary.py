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
     "peak_memory_mb": of the whole process}

A rate has its Wilson interval and a mean that of a bootstrap; a count has none (null). A metric
that applies to no question of a set is left out.
"""

import math
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from rag.evaluation.intervals import bootstrap, percentile, wilson
from rag.evaluation.metrics import METRICS, Kind
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


def figures(rows: Sequence[Row]) -> Figures:
    """Every metric that applies to one of these rows, in the order of ``METRICS``."""
    scored = {name: _values(rows, name) for name in METRICS}
    return {
        name: Figure.of(METRICS[name].kind, values) for name, values in scored.items() if values
    }


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
        "peak_memory_mb": peak_memory_mb(),
    }


def peak_memory_mb() -> int:
    """The most memory this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10))


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

"""What stands above the questions of a report: metrics, gates, statuses, seconds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from markupsafe import Markup

from rag.evaluation.cases import Case
from rag.evaluation.charts import Pair, Score, histogram, interval, round_up
from rag.evaluation.intervals import percentile
from rag.evaluation.metrics import METRICS

Figures = Mapping[str, Mapping[str, Any]]
_STATUSES = ("answered", "stale", "abstained")
_SIGNS = {">=": "≥", "<=": "≤", "==": "="}


@dataclass(frozen=True, slots=True)
class Gate:
    """A threshold of a metric, and whether it was met."""

    metric: str
    sign: str
    threshold: float
    value: float | None
    passed: bool

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """A gate of ``scores.json``. Raises ``KeyError`` where it is incomplete."""
        sign = _SIGNS.get(fields["op"], fields["op"])
        return cls(
            fields["metric"], sign, fields["threshold"], fields["value"], bool(fields["passed"])
        )

    @property
    def rule(self) -> str:
        """What is asked of the metric, such as ``≥ 0.80``."""
        return f"{self.sign} {figure(self.metric.rpartition('.')[2], self.threshold)}"

    @property
    def measured(self) -> str:
        """The metric's value in this run."""
        return figure(self.metric.rpartition(".")[2], self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of one set in the headline table."""

    name: str
    meaning: str
    lower_is_better: bool
    value: str
    interval: str
    n: int | None
    baseline: str
    gate: Gate | None
    picture: Markup


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each status was given where each was expected."""

    expected: tuple[str, ...]
    given: tuple[str, ...]
    counts: Counter[tuple[str, str]]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Self:
        """The matrix of these cases; one with several right statuses has a row of its own."""
        pairs = Counter(
            (" or ".join(case.expected.statuses), case.answer.status)
            for case in cases
            if case.answer
        )
        mixed = sorted({expected for expected, _ in pairs} - set(_STATUSES))
        return cls((*_STATUSES, *mixed), _STATUSES, pairs)

    def is_right(self, expected: str, given: str) -> bool:
        """Whether that status was an expected one."""
        return given in expected.split(" or ")

    def depth(self, expected: str, given: str) -> float:
        """The cell's share of its row, between 0 and 1."""
        whole = sum(self.counts[expected, status] for status in self.given)
        return self.counts[expected, given] / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of the verifier kept back: alone, so that it is missed if left out, or not.

    ``wrong`` of the former would have been wrong as an answer, ``right`` would not.
    """

    name: str
    wrong: int
    right: int
    others: int

    @classmethod
    def all_of(cls, cases: Sequence[Case]) -> tuple[Self, ...]:
        """The checks that kept anything back in these cases, the most wrong sentences first."""
        rejected = [item for case in cases for item in case.rejected]
        names = dict.fromkeys(name for item in rejected for name in item.failed)
        alone = Counter((item.failed[0], item.wrong) for item in rejected if len(item.failed) == 1)
        every = Counter(name for item in rejected for name in item.failed)
        found = [
            cls(name, wrong, right, every[name] - wrong - right)
            for name in names
            for wrong, right in [(alone[name, True], alone[name, False])]
        ]
        return tuple(sorted(found, key=lambda check: (-check.wrong, check.name)))


@dataclass(frozen=True, slots=True)
class Latency:
    """How long the answers of one side took: columns, and two figures in seconds."""

    name: str
    n: int
    median: float
    slow: float
    picture: Markup


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds and tokens of one side over one set; ``None`` where no model was at work."""

    name: str
    first_token: tuple[float, float] | None
    total: tuple[float, float] | None
    prompt_tokens: float | None
    completion_tokens: float | None


def figure(metric: str, value: float | None) -> str:
    """A measured figure as it is printed: counts whole, rates with two decimals."""
    if value is None:
        return "–"
    is_count = metric in METRICS and METRICS[metric].kind == "count"
    return f"{value:.0f}" if is_count or isinstance(value, int) else f"{value:.2f}"


def metric_rows(
    name: str, figures: Figures, baseline: Figures, gates: Sequence[Gate]
) -> tuple[Row, ...]:
    """The metrics of a set in the order they were measured, each with its gate and baseline."""
    by_metric = {gate.metric: gate for gate in gates}
    return tuple(
        _row(metric, fields, baseline.get(metric, {}), by_metric.get(f"{name}.{metric}"))
        for metric, fields in figures.items()
    )


def metric_pairs(
    metrics: Mapping[str, Figures], baseline: Mapping[str, Figures]
) -> tuple[Pair, ...]:
    """The rates that both sides were measured by."""
    return tuple(
        Pair(f"{name}: {_in_words(metric)}{_direction(metric)}", ours, theirs)
        for name, figures in metrics.items()
        for metric, fields in figures.items()
        if (ours := _share(fields)) and (theirs := _share(baseline.get(name, {}).get(metric, {})))
    )


def latencies(cases: Sequence[Case]) -> tuple[Latency, ...]:
    """The seconds to an answer of this run and, where there is one, of the baseline."""
    ours = [case.answer.seconds for case in cases if case.answer]
    baseline = [case.baseline.answer for case in cases if case.baseline]
    theirs = [answer.seconds for answer in baseline if answer]
    upper = round_up(max(ours + theirs, default=1.0))
    sides = (("This run", ours, "ours"), ("Baseline", theirs, "theirs"))
    return tuple(
        Latency(
            name,
            len(seconds),
            percentile(sorted(seconds), 0.5),
            percentile(sorted(seconds), 0.95),
            histogram(seconds, upper, kind),
        )
        for name, seconds, kind in sides
        if seconds
    )


def timings(scores: Mapping[str, Any]) -> tuple[Timing, ...]:
    """What ``scores.json`` says of seconds (half within, 95 % within) and tokens."""
    sides = (("", scores["latency"]), (", baseline", scores.get("baseline_latency") or {}))
    return tuple(
        Timing(
            name + side,
            _percentiles(fields["first_token_s"]),
            _percentiles(fields["total_s"]),
            fields["prompt_tokens"],
            fields["completion_tokens"],
        )
        for side, sets in sides
        for name, fields in sets.items()
    )


def _percentiles(fields: Mapping[str, float] | None) -> tuple[float, float] | None:
    return (fields["p50"], fields["p95"]) if fields else None


def _row(
    metric: str, fields: Mapping[str, Any], baseline: Mapping[str, Any], gate: Gate | None
) -> Row:
    low, high = fields.get("low"), fields.get("high")
    ours, theirs = _share(fields), _share(baseline)
    threshold = gate.threshold if gate else None
    return Row(
        name=_in_words(metric),
        meaning=METRICS[metric].meaning if metric in METRICS else "",
        lower_is_better=_lower_is_better(metric),
        value=figure(metric, fields["value"]),
        interval="" if low is None or high is None else f"{low:.2f} to {high:.2f}",
        n=fields.get("n"),
        baseline=figure(metric, baseline["value"]) if baseline else "",
        gate=gate,
        picture=interval(ours, threshold, theirs.value if theirs else None) if ours else Markup(),
    )


def _share(fields: Mapping[str, Any]) -> Score | None:
    """The figure as a share, where it is one: sums and seconds have no place on such a scale."""
    value, low, high = fields.get("value"), fields.get("low"), fields.get("high")
    if value is None or low is None or high is None or not 0 <= low <= high <= 1:
        return None
    return Score(value, low, high)


def _direction(metric: str) -> str:
    return ", lower is better" if _lower_is_better(metric) else ""


def _lower_is_better(metric: str) -> bool:
    return metric in METRICS and METRICS[metric].lower_is_better


def _in_words(metric: str) -> str:
    return metric.replace("_", " ")

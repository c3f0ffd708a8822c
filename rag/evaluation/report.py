"""A run as one HTML page that anyone can open: no network, no script, nothing beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rag.errors import UsageError
from rag.evaluation import breakdown, overview
from rag.evaluation.breakdown import Kind
from rag.evaluation.cases import Case
from rag.evaluation.charts import paired_bars
from rag.evaluation.folder import ANSWERS, BASELINE, RunFolder
from rag.evaluation.lines import read_lines
from rag.evaluation.overview import Check, Confusion, Figures, Gate, Timing

_OPEN_CASES = 10


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder as it was read."""

    name: str
    manifest: Mapping[str, Any]
    metrics: Mapping[str, Figures]
    baseline: Mapping[str, Figures]
    gates: tuple[Gate, ...]
    kinds: Mapping[str, tuple[Kind, ...]]
    timings: tuple[Timing, ...]
    speed: Mapping[str, Mapping[str, float]]
    cases: tuple[Case, ...]

    def by_set(self) -> dict[str, list[Case]]:
        """The cases that have an answer, by their set."""
        sets: dict[str, list[Case]] = {}
        for case in self.cases:
            if case.answer:
                sets.setdefault(case.set, []).append(case)
        return sets


def write_report(run: Path) -> Path:
    """The path of ``report.html``, written from what the run folder holds.

    Raises ``UsageError`` naming the file that is missing or cannot be understood.
    """
    page = rendered(read_run(run))
    target = run / "report.html"
    try:
        target.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}. Check it.") from error
    return target


def read_run(run: Path) -> Run:
    """The run that a folder holds. Raises ``UsageError`` where it is incomplete."""
    folder = RunFolder(run)
    scores = folder.scores
    try:
        return Run(
            name=run.resolve().name,
            manifest=folder.manifest,
            metrics=_checked(scores["metrics"]),
            baseline=_checked(scores["baseline"] or {}),
            gates=tuple(map(Gate.of, scores["gates"])),
            kinds=breakdown.by_kind(scores),
            timings=overview.timings(scores),
            speed=scores.get("speed", {}),
            cases=_cases(run),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{run}/scores.json is not as this version writes it ({error!r}). "
            "Run rag eval again, with another --run DIR."
        ) from error


def rendered(run: Run) -> str:
    """The page of a run."""
    wrong = sorted((case for case in run.cases if case.faults), key=lambda case: case.severity)
    sets = run.by_set()
    return (
        _environment()
        .get_template("report.html")
        .render(
            run=run,
            tables={
                name: overview.metric_rows(name, figures, run.baseline.get(name, {}), run.gates)
                for name, figures in run.metrics.items()
            },
            pairs=paired_bars(overview.metric_pairs(run.metrics, run.baseline))
            if run.baseline
            else "",
            days={name: breakdown.by_day(cases) for name, cases in sets.items()},
            confusion=Confusion.of(run.cases),
            checks=Check.all_of(run.cases),
            latencies=overview.latencies(run.cases),
            wrong=wrong,
            delivered=sum(case.is_wrong_delivered for case in run.cases),
            right=[case for case in run.cases if not case.faults and not case.is_silent],
            open_cases=_OPEN_CASES,
            figure=overview.figure,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _cases(run: Path) -> tuple[Case, ...]:
    """The questions of the run in order, each with the baseline's answer where there is one."""
    baseline = run / BASELINE
    theirs = _read(baseline) if baseline.exists() else []
    answers = {(case.set, case.id): case for case in theirs}
    return tuple(
        replace(case, baseline=answers.get((case.set, case.id))) for case in _read(run / ANSWERS)
    )


def _read(path: Path) -> Sequence[Case]:
    return [line.parsed(Case.of) for line in read_lines(path)]


def _checked(figures: Mapping[str, Figures]) -> Mapping[str, Figures]:
    """The figures of each set. Raises ``KeyError`` where one has no value."""
    for name, fields in (
        (name, of) for metrics in figures.values() for name, of in metrics.items()
    ):
        if "value" not in fields:
            raise KeyError(f"the value of {name}")
    return figures

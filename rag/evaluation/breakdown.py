"""The questions of a report part by part: by the day they were asked as of, and by their kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from markupsafe import Markup

from rag.evaluation.cases import Case
from rag.evaluation.charts import Score, interval, share_bar
from rag.evaluation.overview import Figures, figure

_MOST_DAYS = 40


@dataclass(frozen=True, slots=True)
class Day:
    """The questions asked as of one day, and how many of them have no fault."""

    label: str
    right: int
    n: int
    bar: Markup


@dataclass(frozen=True, slots=True)
class Measured:
    """A rate as it is printed, with the number of questions that it applies to."""

    value: str
    n: int

    @classmethod
    def of(cls, metric: str, figures: Figures) -> Self:
        """The metric among these figures; a dash where it applies to no question."""
        found = figures.get(metric, {"value": None, "n": 0})
        return cls(figure(metric, found["value"]), found["n"])


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question of a set: how often its status, its content and neither was right."""

    label: str
    status: Measured
    interval: str
    picture: Markup
    match: Measured
    wrong: Measured

    @classmethod
    def of(cls, name: str, figures: Figures) -> Self:
        """The kind of these figures. Raises ``KeyError`` where one is incomplete."""
        status = figures["status_accuracy"]
        low, high = status["low"], status["high"]
        return cls(
            label=name.replace("_", " "),
            status=Measured.of("status_accuracy", figures),
            interval=f"{low:.2f} to {high:.2f}",
            picture=interval(Score(status["value"], low, high)),
            match=Measured.of("answer_match", figures),
            wrong=Measured.of("wrong_delivered", figures),
        )


def by_day(cases: Sequence[Case]) -> tuple[Day, ...]:
    """The cases by the day they were asked as of; by its month where there are many days."""
    days = {case.as_of for case in cases}
    length = len("2024-05-15") if len(days) <= _MOST_DAYS else len("2024-05")
    grouped: dict[str, list[Case]] = {}
    for case in sorted(cases, key=lambda case: case.as_of):
        grouped.setdefault(case.as_of[:length], []).append(case)
    return tuple(_day(name, group) for name, group in grouped.items())


def by_kind(scores: Mapping[str, Any]) -> dict[str, tuple[Kind, ...]]:
    """The kinds of each set that was answered, from ``scores.json``."""
    kinds = {
        name: tuple(
            Kind.of(kind, figures)
            for kind, figures in found.items()
            if "status_accuracy" in figures
        )
        for name, found in scores["by_kind"].items()
    }
    return {name: found for name, found in kinds.items() if found}


def _day(label: str, cases: Sequence[Case]) -> Day:
    right = sum(not case.faults for case in cases)
    return Day(label, right, len(cases), share_bar(right / len(cases)))

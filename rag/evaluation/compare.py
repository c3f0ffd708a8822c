"""Two runs side by side: what got better and what got worse, question by question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.evaluation.folder import ANSWERS, RunFolder, differing
from rag.evaluation.metrics import METRICS
from rag.evaluation.records import Row
from rag.evaluation.table import shown

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """One score of one question, or (``question`` is empty) one figure of a set."""

    set: str
    question: str
    metric: str
    before: float | None
    after: float | None

    @property
    def is_better(self) -> bool:
        """Whether the second run does better; a score that appears or vanishes is neither."""
        return self._gain > _TINY

    @property
    def is_worse(self) -> bool:
        """Whether the second run does worse."""
        return self._gain < -_TINY

    @property
    def _gain(self) -> float:
        if self.before is None or self.after is None:
            return 0.0
        gain = self.after - self.before
        return -gain if METRICS[self.metric].lower_is_better else gain

    def __str__(self) -> str:
        before, after = shown(self.metric, self.before), shown(self.metric, self.after)
        return f"{self.metric} {before} -> {after}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs.

    ``varied`` are the questions that were answered otherwise, in any word; of two runs of one
    manifest there should be none.
    """

    manifests: tuple[str, ...]
    figures: tuple[Change, ...]
    questions: tuple[Change, ...]
    varied: tuple[str, ...]
    only_in_one: tuple[str, ...]

    @classmethod
    def of(cls, first: Path, second: Path) -> "Comparison":
        """The two runs compared. Raises ``UsageError`` where one of them is incomplete."""
        one, other = RunFolder(first), RunFolder(second)
        before, after = one.scores["metrics"], other.scores["metrics"]
        earlier, later = _by_key(one), _by_key(other)
        both = [key for key in earlier if key in later]
        return cls(
            manifests=tuple(differing(one.manifest, other.manifest)),
            figures=tuple(_figure_changes(before, after)),
            questions=tuple(
                change for key in both for change in _score_changes(earlier[key], later[key])
            ),
            varied=tuple(_name(key) for key in both if earlier[key].said != later[key].said),
            only_in_one=tuple(_name(key) for key in earlier.keys() ^ later.keys()),
        )

    def lines(self) -> Iterator[str]:
        """The comparison for a reader, what got worse first."""
        yield from (f"manifest: {item}" for item in self.manifests)
        yield from (f"{change.set}: {change}{_mark(change)}" for change in self.figures)
        for word, changes in self._by_direction():
            for key, found in _grouped(changes).items():
                yield f"{word} {key}: {', '.join(map(str, found))}"
        if self.only_in_one:
            yield f"only in one of the runs: {', '.join(sorted(self.only_in_one))}"
        yield f"{len(self.varied)} questions answered otherwise: {', '.join(self.varied) or 'none'}"

    def as_json(self) -> dict[str, Any]:
        """The comparison for another program."""
        directions = {word: _grouped(changes) for word, changes in self._by_direction()}
        return {
            "schema": 1,
            "manifest": list(self.manifests),
            "metrics": {
                f"{item.set}.{item.metric}": [item.before, item.after] for item in self.figures
            },
            **{
                word: {
                    key: {item.metric: [item.before, item.after] for item in found}
                    for key, found in groups.items()
                }
                for word, groups in directions.items()
            },
            "varied": list(self.varied),
            "only_in_one": sorted(self.only_in_one),
        }

    def _by_direction(self) -> list[tuple[str, list[Change]]]:
        return [
            ("worse", [change for change in self.questions if change.is_worse]),
            ("better", [change for change in self.questions if change.is_better]),
        ]


def _by_key(folder: RunFolder) -> dict[tuple[str, str], Row]:
    return {row.key: row for row in folder.rows(ANSWERS)}


def _figure_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in before.keys() & after.keys():
        for metric in METRICS:
            values = [side[name].get(metric, {}).get("value") for side in (before, after)]
            if values[0] != values[1]:
                yield Change(name, "", metric, values[0], values[1])


def _score_changes(one: Row, other: Row) -> Iterator[Change]:
    for metric in METRICS:
        before, after = one.scores.get(metric), other.scores.get(metric)
        if before != after:
            yield Change(one.set, one.id, metric, before, after)


def _grouped(changes: list[Change]) -> dict[str, list[Change]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(_name((change.set, change.question)), []).append(change)
    return groups


def _mark(change: Change) -> str:
    return " (better)" if change.is_better else " (worse)" if change.is_worse else ""


def _name(key: tuple[str, str]) -> str:
    return f"{key[0]}/{key[1]}"

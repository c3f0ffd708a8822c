"""Fits the weights of the grounding checker and says what they are worth, cross-validated.

    python -m rag.evaluation.fit_grounding --data DIR [--write]

``DIR`` holds ``attributionbench.jsonl`` (AttributionBench, Li et al. 2024: claim, references,
attribution_label). Nothing of it is copied but the weights. One model and one threshold serve
every source of the set. The figures are of ten folds drawn several times, and again with whole
questions held out, since claims of one question share their references.
"""

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.answering.grounding.check import THRESHOLD, decided
from rag.answering.grounding.contradictions import contradiction
from rag.answering.grounding.match import Match
from rag.answering.grounding.model import FILE, Model, Node
from rag.answering.grounding.signals import GROUPS, SIGNALS, Signal, signals
from rag.answering.grounding.texts import read_claim, read_references
from rag.evaluation.agreement import Flags, better_by, figures
from rag.evaluation.lines import read_lines

_FOLDS = 10
_REPEATS = 5
_TREES: dict[str, Any] = {
    "max_iter": 100,
    "max_depth": 3,
    "learning_rate": 0.05,
    "min_samples_leaf": 20,
    "l2_regularization": 5,
    "max_features": 0.5,
}
_PLACES = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Claims as signals, with what the model may not see: label, source, question.

    ``if_refused`` and ``if_accepted`` are the verdicts once the rules have seen what the model
    says: both alike where a rule decides.
    """

    values: Floats
    if_refused: Flags
    if_accepted: Flags
    supported: Flags
    sources: NDArray[np.str_]
    questions: NDArray[np.str_]


def read_examples(path: Path) -> Examples:
    """Every claim of the set, its signals computed."""
    rows = [line.parsed(dict[str, Any]) for line in read_lines(path)]
    matches = [Match(read_claim(r["claim"]), read_references(_list(r["references"]))) for r in rows]
    return Examples(
        np.array([signals(match) for match in matches]),
        np.array([_verdict(match, 0.0) for match in matches]),
        np.array([_verdict(match, 1.0) for match in matches]),
        np.array([row["attribution_label"] == "attributable" for row in rows]),
        np.array([row["src_dataset"] for row in rows]),
        np.array([row["question"] for row in rows]),
    )


def _verdict(match: Match, probability: float) -> bool:
    against = bool(contradiction(match))
    return decided(match, probability, against=against) >= THRESHOLD


def _list(references: str | Sequence[str]) -> Sequence[str]:
    return json.loads(references) if isinstance(references, str) else references


def fit(examples: Examples, rows: Any, columns: Sequence[int]) -> Any:
    """Boosted trees over some signals, each held to the side it may speak for."""
    trees = importlib.import_module("sklearn.ensemble").HistGradientBoostingClassifier
    sides = list(SIGNALS.values())
    model = trees(random_state=0, monotonic_cst=[sides[column] for column in columns], **_TREES)
    return model.fit(examples.values[rows][:, columns], examples.supported[rows])


def fit_logistic(examples: Examples, rows: Any, columns: Sequence[int]) -> Any:
    """The plain model to beat: a logistic regression over the same signals."""
    pipeline = importlib.import_module("sklearn.pipeline")
    scale = importlib.import_module("sklearn.preprocessing").StandardScaler()
    linear = importlib.import_module("sklearn.linear_model").LogisticRegression(C=0.1)
    model = pipeline.make_pipeline(scale, linear)
    return model.fit(examples.values[rows][:, columns], examples.supported[rows])


def predicted(
    examples: Examples,
    columns: Sequence[int],
    *,
    whole_questions: bool = False,
    fitting: Callable[[Examples, Any, Sequence[int]], Any] = fit,
    rules: bool = True,
) -> list[Flags]:
    """Each repeat's verdicts, every claim judged by a model that was fitted without it."""
    verdicts = []
    for repeat in range(_REPEATS):
        verdict = np.zeros(len(examples.supported), dtype=bool)
        for train, test in _folds(examples, repeat, whole_questions=whole_questions):
            model = fitting(examples, train, columns)
            verdict[test] = model.predict(examples.values[test][:, columns])
        ruled = np.where(verdict, examples.if_accepted, examples.if_refused)
        verdicts.append(ruled if rules else verdict)
    return verdicts


def _folds(examples: Examples, repeat: int, *, whole_questions: bool) -> Iterator[tuple[Any, Any]]:
    selection = importlib.import_module("sklearn.model_selection")
    kind = selection.StratifiedGroupKFold if whole_questions else selection.StratifiedKFold
    folds = kind(_FOLDS, shuffle=True, random_state=repeat)
    groups = examples.questions if whole_questions else None
    yield from folds.split(examples.values, examples.supported, groups)


def exported(model: Any, names: Sequence[str]) -> Model:
    """The fitted trees as plain numbers."""
    # scikit-learn has no public view of these trees; ``agrees`` guards the reading.
    trees = [stage[0].nodes for stage in model._predictors]
    base = float(np.ravel(model._baseline_prediction)[0])
    return Model(names, round(base, _PLACES), [[_node(node) for node in tree] for tree in trees])


def _node(node: Any) -> Node:
    if node["is_leaf"]:
        return (round(float(node["value"]), _PLACES),)
    # Thresholds keep every digit: a signal often equals one.
    threshold = float(node["num_threshold"])
    return int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])


def agrees(model: Any, ours: Model, values: Floats) -> bool:
    """Whether the exported trees say what the fitted ones do."""
    theirs = model.predict_proba(values)[:, 1]
    return bool(np.allclose([ours.probability(row.tolist()) for row in values], theirs, atol=1e-3))


def written(model: Model) -> str:
    """The model as JSON, a tree a line."""
    head = json.dumps({"signals": model.signals, "base": model.base})
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in model.trees)
    return f'{head[:-1]}, "trees": [\n{trees}\n]}}'


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def report(examples: Examples) -> None:
    """Prints the cross-validated table: per source, the models compared, each signal left out."""
    names = [signal.__name__ for signal in SIGNALS]
    every = list(range(len(names)))
    truth = examples.supported
    full = predicted(examples, every)
    _print("macro-F1, 10 folds, 5 repeats ± their spread [95 % bootstrap]")
    _print(f"  all sources             {figures(truth, full)}")
    for source in sorted(set(examples.sources.tolist())):
        _print(f"  {source:23s} {_figures_of(examples, full, source)}")
    held_out = predicted(examples, every, whole_questions=True)
    _print(f"  whole questions out     {figures(truth, held_out)}")
    first = full[0]
    _print(
        f"  confusion (repeat 1): supported {int((truth & first).sum())} right,"
        f" {int((truth & ~first).sum())} missed; unsupported {int((~truth & ~first).sum())} right,"
        f" {int((~truth & first).sum())} let through"
    )
    _print("the full model's gain over [95 % paired bootstrap]")
    logistic = predicted(examples, every, fitting=fit_logistic)
    _print(f"  logistic, same signals  {better_by(truth, full, logistic)}")
    bare = predicted(examples, every, rules=False)
    _print(f"  the model without rules {better_by(truth, full, bare)}")
    each = {signal.__name__: (signal,) for signal in SIGNALS}
    for name, left_out in {**GROUPS, **each}.items():
        without = predicted(examples, _columns_without(left_out))
        _print(f"  without {name:17s} {better_by(truth, full, without)}")


def _figures_of(examples: Examples, verdicts: Sequence[Flags], source: str) -> str:
    chosen = examples.sources == source
    return figures(examples.supported[chosen], [verdict[chosen] for verdict in verdicts])


def _columns_without(left_out: Sequence[Signal]) -> list[int]:
    return [place for place, signal in enumerate(SIGNALS) if signal not in left_out]


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the set, prints the table, and writes the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder of the set")
    parser.add_argument("--write", action="store_true", help="replace the program's weights")
    parser.add_argument("--quick", action="store_true", help="no table")
    options = parser.parse_args(arguments)
    start = time.process_time()
    examples = read_examples(options.data / "attributionbench.jsonl")
    seconds = time.process_time() - start
    claims = len(examples.supported)
    _print(f"{claims} claims read, {claims / seconds:.0f} a second of one core")
    if not options.quick:
        report(examples)
    if options.write:
        _write(examples)


def _write(examples: Examples) -> None:
    model = fit(examples, slice(None), list(range(len(SIGNALS))))
    ours = exported(model, [signal.__name__ for signal in SIGNALS])
    if not agrees(model, ours, examples.values):
        sys.exit(
            "scikit-learn keeps its trees another way. Install the version in constraints.txt."
        )
    package = Path(__file__).parent.parent / "answering" / "grounding"
    (package / FILE).write_text(written(ours) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

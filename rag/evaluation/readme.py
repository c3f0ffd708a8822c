"""The results table of the README, written from a committed run: ``make results``."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rag.errors import RagError, UsageError
from rag.evaluation.sets import CHECKOUT
from rag.evaluation.table import interval, shown

_MARK = "<!-- results -->"
_PARTS = 3


def write_results_table(readme: Path, scores: Path) -> None:
    """Rewrites what stands between the two marks. Raises ``UsageError`` where they are not."""
    text = _read(readme)
    parts = text.split(_MARK)
    if len(parts) != _PARTS:
        raise UsageError(f"{readme} has not two lines {_MARK}. Put them around the table.")
    table = "\n".join(results_table(json.loads(_read(scores))))
    new = _MARK.join([parts[0], f"\n{table}\n", parts[2]])
    if new != text:
        readme.write_text(new, encoding="utf-8")


def results_table(scores: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the table, and one that says what was run where."""
    baseline = scores["baseline"] or {}
    yield "| set | metric | value | 95 % interval | questions | baseline |"
    yield "|---|---|---|---|---|---|"
    for name, figures in scores["metrics"].items():
        for metric, figure in figures.items():
            other = baseline.get(name, {}).get(metric)
            cells = (
                name,
                metric.replace("_", " "),
                shown(metric, figure["value"]),
                interval(figure),
                str(figure["n"]),
                shown(metric, other["value"]) if other else "",
            )
            yield f"| {' | '.join(cells)} |"
    yield ""
    yield _origin(scores)


def _origin(scores: Mapping[str, Any]) -> str:
    manifest = scores["manifest"]
    model = manifest["model"] or {"backend": "none", "name": "none", "digest": None}
    digest = f", sha256 {model['digest'][:12]}…" if model["digest"] else ""
    return (
        f"Measured on {scores['day']} with {manifest['cores']} processor cores; language model "
        f"{model['name']} ({model['backend']}{digest}); {_embedder(manifest)}"
        f"commit {manifest['commit'][:12]}{_part(manifest)}."
    )


def _part(manifest: Mapping[str, Any]) -> str:
    """What of the sets was asked, where it was not all."""
    if manifest["quick"]:
        return "; the quick part of the set"
    limit = manifest["limit"]
    return f"; {limit} questions of each set, as many of every kind" if limit else ""


def _embedder(manifest: Mapping[str, Any]) -> str:
    fingerprint = manifest["embedder"]
    return f"embedder {fingerprint[:12]}…; " if fingerprint else ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Run rag eval first.") from error


def main() -> int:
    """Write the table of this checkout."""
    try:
        write_results_table(CHECKOUT / "README.md", CHECKOUT / "eval" / "results" / "scores.json")
    except RagError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())

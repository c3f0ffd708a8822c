"""Pictures of scores as inline SVG, which needs no script and stretches with the page.

Widths are percentages of the picture, so its words keep their size on every screen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10

from markupsafe import Markup

_PLOT = 86.0  # per cent of the width; the rest is for the figure behind a full bar
_GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
_PAIR_HEIGHT = 50
_AXIS_HEIGHT = 20
_BINS = 10
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
_COLUMNS_HEIGHT = 110


@dataclass(frozen=True, slots=True)
class Score:
    """A share between 0 and 1 with its 95 % interval, where it has one."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One metric of this program and of the baseline."""

    label: str
    ours: Score
    theirs: Score


def paired_bars(pairs: Sequence[Pair]) -> Markup:
    """A bar for this program and a hatched one for the baseline under each metric's name."""
    height = _PAIR_HEIGHT * len(pairs)
    grid = [_grid_line(share, height) for share in _GRID]
    rows = [_pair(pair, place * _PAIR_HEIGHT) for place, pair in enumerate(pairs)]
    return _picture("Scores of this run and of the baseline", height + _AXIS_HEIGHT, grid + rows)


def share_bar(share: float, baseline: float | None = None) -> Markup:
    """One bar in a row of a table; a hollow mark stands where the baseline is."""
    parts = [
        _rect(0, 100, 4, 10, "track"),
        _rect(0, 100 * share, 4, 10, "ours"),
    ]
    if baseline is not None:
        parts.append(_dot(100 * baseline, 9, "baseline-dot"))
    return _picture(f"{share:.0%}", 18, parts)


def interval(score: Score, threshold: float | None = None, baseline: float | None = None) -> Markup:
    """A dot with its interval on a line from 0 to 1, the gate as a tick across it."""
    parts = [_line(0, 9, 100, 9, "track-line")]
    if score.low is not None and score.high is not None:
        parts.append(_line(100 * score.low, 9, 100 * score.high, 9, "whisker"))
    if threshold is not None:
        parts.append(_line(100 * threshold, 2, 100 * threshold, 16, "gate-tick"))
    if baseline is not None:
        parts.append(_dot(100 * baseline, 9, "baseline-dot"))
    parts.append(_dot(100 * score.value, 9, "dot"))
    return _picture(f"{score.value:.2f} on a scale from 0 to 1", 18, parts)


def histogram(seconds: Sequence[float], upper: float, kind: str) -> Markup:
    """How many answers took how long, in ten columns from 0 to ``upper`` seconds."""
    counts = Counter(min(int(_BINS * value / upper), _BINS - 1) for value in seconds)
    highest = max(counts.values(), default=1)
    columns = [_column(place, counts[place], highest, kind) for place in range(_BINS)]
    edges = [_edge(place, upper) for place in range(_BINS)]
    base = [_line(0, _COLUMNS_HEIGHT, 100, _COLUMNS_HEIGHT, "axis")]
    name = f"Seconds to an answer, {len(seconds)} answers"
    return _picture(name, _COLUMNS_HEIGHT + _AXIS_HEIGHT, columns + edges + base)


def round_up(value: float) -> float:
    """The next plain figure, such as 0.3, 8 or 20, for an axis to end on."""
    if value <= 0:
        return 1.0
    power: float = 10.0 ** ceil(log10(value) - 1)
    return next(step * power for step in _STEPS if value <= step * power)


def _pair(pair: Pair, top: int) -> Markup:
    return _joined(
        [
            _text("0", top + 15, pair.label, "bar-label"),
            _scored_bar(pair.ours, top + 21, 12, "ours"),
            _scored_bar(pair.theirs, top + 34, 9, "theirs"),
        ]
    )


def _scored_bar(score: Score, top: int, height: int, kind: str) -> Markup:
    middle = top + height / 2
    parts = [_rect(0, _PLOT * score.value, top, height, kind)]
    end = score.value
    if score.low is not None and score.high is not None:
        ends = _PLOT * score.low, middle, _PLOT * score.high, middle
        parts += [_line(*ends, "halo"), _line(*ends, "whisker")]
        end = max(end, score.high)
    figure = Markup('<text x="{:.2f}%" dx="6" y="{:.1f}" class="figure">{:.2f}</text>')
    return _joined([*parts, figure.format(_PLOT * end, middle + 4, score.value)])


def _grid_line(share: float, height: int) -> Markup:
    across = _PLOT * share
    anchor = "start" if share == 0 else "middle"
    label = Markup('<text x="{:.2f}%" y="{}" class="tick" text-anchor="{}">{:g}</text>')
    return _joined(
        [
            _line(across, 0, across, height, "grid"),
            label.format(across, height + 14, anchor, share),
        ]
    )


def _column(place: int, count: int, highest: int, kind: str) -> Markup:
    if not count:
        return Markup()
    width = 100 / _BINS
    height = (_COLUMNS_HEIGHT - 18) * count / highest
    top = _COLUMNS_HEIGHT - height
    bar = _rect(width * place + 0.4, width - 0.8, top, height, kind)
    label = Markup('<text x="{:.2f}%" y="{:.1f}" class="figure" text-anchor="middle">{}</text>')
    return _joined([bar, label.format(width * (place + 0.5), top - 4, count)])


def _edge(place: int, upper: float) -> Markup:
    across = 100 / _BINS * place
    return _text(f"{across:.2f}%", _COLUMNS_HEIGHT + 14, f"{upper * place / _BINS:g}", "tick")


def _rect(left: float, width: float, top: float, height: float, kind: str) -> Markup:
    shape = Markup(
        '<rect x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}" rx="1.5" class="{}"/>'
    )
    return shape.format(left, top, max(width, 0.0), height, kind)


def _line(left: float, top: float, right: float, bottom: float, kind: str) -> Markup:
    shape = Markup('<line x1="{:.2f}%" y1="{:.1f}" x2="{:.2f}%" y2="{:.1f}" class="{}"/>')
    return shape.format(left, top, right, bottom, kind)


def _dot(across: float, down: float, kind: str) -> Markup:
    return Markup('<circle cx="{:.2f}%" cy="{:.1f}" r="4.5" class="{}"/>').format(
        across, down, kind
    )


def _text(left: str, baseline: float, words: str, kind: str) -> Markup:
    shape = Markup('<text x="{}" y="{}" class="{}">{}</text>')
    return shape.format(left, baseline, kind, words)


def _picture(name: str, height: float, parts: Iterable[Markup]) -> Markup:
    frame = Markup(
        '<svg class="chart" role="img" width="100%" height="{}" aria-label="{}">{}</svg>'
    )
    return frame.format(height, name, _joined(parts))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)

"""What ``rag times`` does: the days that the text on standard input speaks of."""

import sys
from collections.abc import Iterator
from typing import Any

from rag.domain import TimeSpan
from rag.reading.times import find_times
from rag.terminal.clean import to_json
from rag.terminal.question import parse_published


def show_times(published: str | None) -> None:
    """Write a JSON line for each time expression, in the order of the text.

    Where no day is given, what depends on one has no days: it is never taken to be today.
    """
    day = None if published is None else parse_published(published)
    text = _standard_input()
    sys.stdout.writelines(_lines(find_times(text, day)))


def _standard_input() -> str:
    """The text as it came, its line ends too, since the offsets count them."""
    is_there = sys.stdin is not None  # it is None where the caller closed it
    return sys.stdin.buffer.read().decode("utf-8", errors="replace") if is_there else ""


def _lines(spans: list[TimeSpan]) -> Iterator[str]:
    for span in spans:
        yield to_json(_span_json(span)) + "\n"


def _span_json(span: TimeSpan) -> dict[str, Any]:
    return {
        "text": span.text,
        "start": span.start,
        "end": span.end,
        "first_day": span.first_day and span.first_day.isoformat(),
        "last_day": span.last_day and span.last_day.isoformat(),
        "timex": span.timex,
    }

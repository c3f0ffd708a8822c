"""How a timeline looks in a terminal or a pipe, and where else it goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from rag.answering.as_json import timeline_json
from rag.answering.compose import abstention
from rag.answering.language.dates import days_in_words
from rag.answering.timeline.statements import Told
from rag.answering.timeline.timeline import Entry, Standing, Telling, Timeline
from rag.terminal.display import Display, dated

# Each kind has a word, a shape and a colour, so that none of them is needed.
SHAPES: dict[Told, str] = {"planned": "○", "changed": "◆", "done": "●"}
_STYLES: dict[Told, str] = {"planned": "yellow", "changed": "magenta", "done": "green"}
_MEANINGS: dict[Told, str] = {
    "planned": "told ahead",
    "changed": "a plan's new day",
    "done": "told as past",
}
_LEGEND = " · ".join(f"{SHAPES[kind]} {kind}: {meaning}" for kind, meaning in _MEANINGS.items())
_INDENT = 2
_STANDINGS: dict[Standing, str] = {
    "ahead": "still ahead",
    "passed": "its time has passed, not reported since",
    "reported": "told as past since",
    "withdrawn": "the plan was moved or dropped",
}


@dataclass(frozen=True, slots=True)
class TimelineOutput:
    """How much of a timeline to show, and in which form."""

    limit: int
    html: Path | None
    as_json: bool

    def show(self, timeline: Timeline, display: Display) -> None:
        """As JSON, as a page, else in the terminal."""
        if self.html:
            from rag.terminal.timeline_page import write_page

            write_page(timeline, self.html)
            display.note(f"The timeline is in {self.html}.")
        if self.as_json:
            display.json(timeline_json(timeline))
        elif not self.html:
            print_timeline(timeline, display)


def print_timeline(timeline: Timeline, display: Display) -> None:
    """Every entry under its days, or that there is none; a person is told what the shapes mean."""
    if not timeline.entries:
        display.out.print(Text(nothing_found(timeline), style="yellow"))
        return
    if timeline.left_out:
        display.note(f"{timeline.left_out} earlier left out. Show more with --limit.")
    if display.out.is_terminal:
        display.out.print(Text(f"{_LEGEND}\n", style="dim"))
    for place, entry in enumerate(timeline.entries):
        if place:
            display.out.print()
        _print_entry(entry, display)


def nothing_found(timeline: Timeline) -> str:
    """The sentence shown in place of entries, with what was there to search."""
    return abstention("no_evidence", timeline.as_of, timeline.coverage)


def days_told(telling: Telling) -> str:
    """The days in words, marked where they are reckoned from an inferred date."""
    days = days_in_words(telling.span)
    return f"{days} (inferred)" if telling.is_inferred else days


def notes(entry: Entry) -> Iterator[str]:
    """What became of a plan, in words, and what it was before."""
    if entry.before:
        yield f"before: {days_told(entry.before)}"
    if entry.standing == "replaced" and entry.replaced_by:
        yield _replacement(entry.replaced_by, entry.days)
    elif note := _STANDINGS.get(entry.standing):
        yield note


def _replacement(newer: Telling, older: Telling) -> str:
    days = f": {days_told(newer)}" if newer.span.timex != older.span.timex else ""
    return f"changed on {dated(newer.published)}{days}"


def _print_entry(entry: Entry, display: Display) -> None:
    style = _STYLES[entry.kind]
    head = Text.assemble(
        (f"{SHAPES[entry.kind]} ", style),
        (days_told(entry.days), "bold"),
        "  ",
        (entry.kind, style),
    )
    display.out.print(head)
    for note in notes(entry):
        _print_indented(Text(note, style=style), display)
    display.citations(entry.citations)


def _print_indented(text: Text, display: Display) -> None:
    is_wrapped = display.out.is_terminal
    display.out.print(Padding(text, (0, 0, 0, _INDENT)) if is_wrapped else text)

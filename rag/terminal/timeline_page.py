"""A timeline as one HTML page that anyone can open: no network, no script, nothing beside it."""

from dataclasses import dataclass
from datetime import date
from math import log10
from pathlib import Path
from typing import Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rag.answering.language.dates import full_date
from rag.answering.timeline.timeline import Entry, Timeline
from rag.domain import Citation
from rag.errors import UsageError
from rag.terminal.clean import one_line
from rag.terminal.display import dated
from rag.terminal.timeline import SHAPES, days_told, notes, nothing_found

_WIDEST_GAP = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A quote as the page shows it."""

    number: int
    quote: str
    title: str
    origin: str

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """The citation in words that are safe to show."""
        origin = [f"published {dated(citation.dated)}", citation.source, citation.article]
        return cls(
            citation.number,
            one_line(citation.quote),
            one_line(citation.title),
            " · ".join(one_line(part) for part in origin if part),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry on the axis.

    ``year`` is that which it opens; ``gap`` says how long after the one before it is, 0 to 4.
    """

    entry: Entry
    year: int | None
    gap: int

    @classmethod
    def of(cls, entry: Entry, before: date | None) -> Self:
        """The entry behind one of that day."""
        is_new_year = before is None or before.year != entry.day.year
        return cls(entry, entry.day.year if is_new_year else None, _gap(before, entry.day))

    @property
    def days(self) -> str:
        """The days in words."""
        return days_told(self.entry.days)

    @property
    def notes(self) -> list[str]:
        """What became of it."""
        return list(notes(self.entry))

    @property
    def sources(self) -> list[Source]:
        """The sentences that tell it, the best first."""
        return [Source.of(citation) for citation in self.entry.citations]


def write_page(timeline: Timeline, path: Path) -> None:
    """The page in that file. Raises ``UsageError`` where it cannot be written."""
    try:
        path.write_text(rendered(timeline), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}. Name a file.") from error


def rendered(timeline: Timeline) -> str:
    """The page of a timeline; every word of an article is escaped."""
    marks = _marks(timeline)
    return (
        _environment()
        .get_template("timeline.html")
        .render(
            topic=one_line(timeline.topic),
            timeline=timeline,
            behind=[mark for mark in marks if mark.entry.day <= timeline.as_of],
            ahead=[mark for mark in marks if mark.entry.day > timeline.as_of],
            nothing="" if marks else nothing_found(timeline),
            full_date=full_date,
            shapes=SHAPES,
        )
    )


def _marks(timeline: Timeline) -> list[Mark]:
    days = [None, *(entry.day for entry in timeline.entries)]
    return [Mark.of(entry, before) for entry, before in zip(timeline.entries, days, strict=False)]


def _gap(before: date | None, day: date) -> int:
    """The order of magnitude of the days between: a day, a week or two, months, years."""
    days = (day - before).days if before else 0
    return min(_WIDEST_GAP, round(log10(days) * 1.3)) if days > 1 else 0


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

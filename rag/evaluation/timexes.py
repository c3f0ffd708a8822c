"""Time expressions found in a document, beside those that its annotators marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from rag.domain import TimeSpan, TimexKind

# What speaks of days; durations ("two weeks") and sets ("every Friday") name none.
SCORED: tuple[TimexKind, ...] = ("DATE", "TIME")
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression, ``text[start:end]`` of its document, and its TIMEX3 value."""

    text: str
    start: int
    end: int
    value: str

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The one a line of a run holds. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
        return cls(fields["text"], int(fields["start"]), int(fields["end"]), fields["value"])

    def as_json(self) -> dict[str, Any]:
        """As a line of a run holds it."""
        return asdict(self)

    def overlaps(self, other: "Timex") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document of so many sentences, and the seconds one core took for it."""

    timexes: tuple[Timex, ...]
    sentences: int
    seconds: float

    @classmethod
    def of_spans(cls, spans: Sequence[TimeSpan], sentences: int, seconds: float) -> Self:
        """Those of the spans that are scored."""
        scored = [span for span in spans if span.kind in SCORED]
        timexes = (Timex(span.text, span.start, span.end, span.timex) for span in scored)
        return cls(tuple(timexes), sentences, seconds)

    @classmethod
    def of(cls, fields: Mapping[str, Any] | None) -> Self | None:
        """What a line of a run holds, if anything. Raises as ``Timex.of`` does."""
        if fields is None:
            return None
        timexes = tuple(map(Timex.of, fields["timexes"]))
        return cls(timexes, int(fields["sentences"]), float(fields["seconds"]))

    def as_json(self) -> dict[str, Any]:
        """As a line of a run holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Marked expressions paired with those found, the marked one first, and what is left over."""

    pairs: tuple[tuple[Timex, Timex], ...]
    missed: tuple[Timex, ...]
    spurious: tuple[Timex, ...]

    @classmethod
    def of(cls, marked: Sequence[Timex], found: Sequence[Timex]) -> Self:
        """Expressions that overlap, each in one pair at most; equal values pair up first."""
        pairs: list[tuple[Timex, Timex]] = []
        free = list(found)
        for wanted in marked:
            touching = [item for item in free if item.overlaps(wanted)]
            if touching:
                best = max(touching, key=lambda item: item.value == wanted.value)
                free.remove(best)
                pairs.append((wanted, best))
        paired = {wanted for wanted, _ in pairs}
        return cls(tuple(pairs), tuple(item for item in marked if item not in paired), tuple(free))

    @property
    def right(self) -> int:
        """How many were found with the value that was marked."""
        return len(self.pairs) - len(self.misread)

    @property
    def misread(self) -> tuple[tuple[Timex, Timex], ...]:
        """The pairs of different values, compared letter by letter as TempEval-3 does."""
        return tuple(pair for pair in self.pairs if pair[0].value != pair[1].value)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One expression that was missed, misread or made up, amid the words around it."""

    what: str
    timex: Timex
    before: str
    after: str


def mistakes(text: str, alignment: Alignment) -> tuple[Mistake, ...]:
    """Everything that went wrong in a document, in the order of its text."""
    found = sorted(_mistakes(alignment), key=lambda item: item[1].start)
    return tuple(
        Mistake(
            what,
            timex,
            text[max(0, timex.start - _CONTEXT) : timex.start],
            text[timex.end : timex.end + _CONTEXT],
        )
        for what, timex in found
    )


def _mistakes(alignment: Alignment) -> Iterator[tuple[str, Timex]]:
    for timex in alignment.missed:
        yield f"missed: {timex.value}", timex
    for timex in alignment.spurious:
        yield f"found, not marked: {timex.value}", timex
    for wanted, timex in alignment.misread:
        yield f"read as {timex.value}, wanted {wanted.value}", timex

"""Questions with what a right answer to each must be, read from JSON lines.

A line of a question set:

    {"id": "trip-2025-04-01", "kind": "time", "question": "When ...?", "as_of": "2025-04-01",
     "status": "answered", "contains": [["late August", "August 2025"], {"day": "2025-09-01"}],
     "excludes": ["May"], "may_cite": ["article.txt"]}

``turns`` in place of ``question`` is a conversation, of which the last turn is scored. ``status``
may be a list of acceptable ones. ``contains`` is a list of groups, all of which must be met: any
of several wordings, or days (``{"day": ...}`` or ``{"days": [first, last]}``). ``contains``,
``excludes`` and ``may_cite`` may be left out; ``why`` may say how the answer is known.

``kind`` is any word; scores are shown by it. Those of ``eval/seeds.jsonl`` that ask of time:

    time_next      what is still ahead: next, upcoming, planned; or that nothing is
    time_stale     the same, where the last plan that is known lies behind the day asked
    time_last      last, latest, most recent: not an older one, and not one still ahead
    time_when      the day, month or year of something
    time_period    what was or is planned in a period or on a day that the question names; since
    time_relative  this week, tomorrow, last month: counted from the day asked
    time_plan      what came of a plan; one of which no outcome is reported is never told as done
    too_early      the answer was published only later, or the day is still to come
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from rag.domain import Article, Status
from rag.errors import UsageError
from rag.evaluation.lines import read_lines
from rag.evaluation.timexes import Timex

_REQUIRED = frozenset({"id", "kind", "as_of", "status"})
_OPTIONAL = frozenset({"question", "turns", "contains", "excludes", "may_cite", "why"})
_STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Words:
    """Met by an answer that holds any of these wordings, compared normalised."""

    alternatives: tuple[str, ...]

    def as_json(self) -> list[str]:
        """As it is written in a question set."""
        return list(self.alternatives)


@dataclass(frozen=True, slots=True)
class Days:
    """Met by an answer that names exactly the days from the first to the last, in any words."""

    first: date
    last: date

    def as_json(self) -> dict[str, str | list[str]]:
        """As it is written in a question set."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return {"day": first} if first == last else {"days": [first, last]}


Group = Words | Days


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer is: any of these statuses, all groups, none of the exclusions.

    ``may_cite`` are the articles that back it; empty where any may be cited. ``times`` are the
    expressions to find where a text is to be read and nothing is asked; ``supported`` is the
    right verdict where a claim is to be checked.
    """

    statuses: tuple[Status, ...]
    contains: tuple[Group, ...] = ()
    excludes: tuple[str, ...] = ()
    may_cite: tuple[str, ...] = ()
    why: str = ""
    times: tuple[Timex, ...] = ()
    supported: bool | None = None

    @property
    def only_abstention(self) -> bool:
        """Whether nothing but an abstention is right."""
        return self.statuses == ("abstained",)

    def as_json(self) -> dict[str, Any]:
        """As it is written in a question set, every key present but the last two."""
        statuses = list(self.statuses)
        times = {"times": [timex.as_json() for timex in self.times]} if self.times else {}
        verdict = {} if self.supported is None else {"supported": self.supported}
        return {
            "status": statuses[0] if len(statuses) == 1 else statuses,
            "contains": [group.as_json() for group in self.contains],
            "excludes": list(self.excludes),
            "may_cite": list(self.may_cite),
            "why": self.why,
            **times,
            **verdict,
        }


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question of a set, its earlier turns in front of it, and what a right answer is.

    ``articles`` are what it is asked over; ``None`` is the index of its set.
    """

    id: str
    kind: str
    turns: tuple[str, ...]
    as_of: date
    expected: Expected
    articles: tuple[Article, ...] | None = None

    @property
    def text(self) -> str:
        """The turn that is scored."""
        return self.turns[-1]


def load_questions(path: Path) -> list[EvalQuestion]:
    """The questions of a file in order. Raises ``UsageError`` naming the file and the line."""
    questions = list(_questions(path))
    if not questions:
        raise UsageError(f"{path} has no question. Write one JSON object a line.")
    return questions


def _questions(path: Path) -> Iterator[EvalQuestion]:
    seen: set[str] = set()
    for line in read_lines(path):
        question = line.parsed(_question)
        if question.id in seen:
            raise line.wrong(f"the id '{question.id}' was used before")
        seen.add(question.id)
        yield question


def _question(fields: Mapping[str, Any]) -> EvalQuestion:
    if unknown := sorted(fields.keys() - _REQUIRED - _OPTIONAL):
        raise ValueError(f"'{unknown[0]}' is no key of a question")
    return EvalQuestion(
        id=_text(fields["id"], "id"),
        kind=_text(fields["kind"], "kind"),
        turns=_turns(fields),
        as_of=date.fromisoformat(fields["as_of"]),
        expected=expected_of(fields),
    )


def expected_of(fields: Mapping[str, Any]) -> Expected:
    """What a line says a right answer is. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    contains = fields.get("contains", [])
    if not isinstance(contains, list):
        raise TypeError("'contains' is not a list of groups")
    return Expected(
        statuses=_statuses(fields["status"]),
        contains=tuple(_group(group) for group in contains),
        excludes=_texts(fields.get("excludes", []), "excludes"),
        may_cite=_texts(fields.get("may_cite", []), "may_cite"),
        why=str(fields.get("why", "")),
        times=tuple(map(Timex.of, fields.get("times", []))),
        supported=fields.get("supported"),
    )


def _turns(fields: Mapping[str, Any]) -> tuple[str, ...]:
    if ("question" in fields) == ("turns" in fields):
        raise ValueError("one of 'question' and 'turns' is wanted")
    if "question" in fields:
        return (_text(fields["question"], "question"),)
    turns = _texts(fields["turns"], "turns")
    if not turns:
        raise ValueError("'turns' is empty")
    return turns


def _statuses(value: object) -> tuple[Status, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not given or any(item not in _STATUSES for item in given):
        raise ValueError(f"'status' is {value!r}, not one or several of {', '.join(_STATUSES)}")
    return tuple(given)


def _group(value: object) -> Group:
    if isinstance(value, list):
        words = _texts(value, "contains")
        if not words:
            raise ValueError("a group of 'contains' is empty")
        return Words(words)
    match value:
        case {"day": str(day), **rest} if not rest:
            return Days(date.fromisoformat(day), date.fromisoformat(day))
        case {"days": [str(first), str(last)], **rest} if not rest:
            return Days(date.fromisoformat(first), date.fromisoformat(last))
    raise ValueError(f"the group {value!r} is neither a list of wordings, a 'day' nor 'days'")


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"'{name}' is not a list")
    return tuple(_text(item, name) for item in value)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"'{name}' is {value!r}, not a text")
    return value

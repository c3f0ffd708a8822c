"""Every question set: what it measures, what it needs, and its questions."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, Literal

from rag.errors import UsageError
from rag.evaluation import claims, public_sets, undated
from rag.evaluation.metrics import (
    ANSWERS,
    CITATIONS,
    CONFLICTS,
    DATES,
    RETRIEVAL,
    SPANS,
    TIMES,
    VERDICTS,
)
from rag.evaluation.questions import EvalQuestion, load_questions

CHECKOUT = Path(__file__).parents[2]
SEEDS = "seeds"
# With the embedded model on two cores, some five minutes.
QUICK = 36

Load = Callable[[Path], Iterable[EvalQuestion]]
Wanted = Literal["answer", "ranking", "times", "date", "verdict"]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set by name; ``files`` are what it reads in the data folder, its questions first.

    ``wanted`` is what the reply to a question is.
    """

    name: str
    measures: str
    load: Load
    metrics: tuple[str, ...] = ANSWERS
    files: tuple[str, ...] = ()
    wanted: Wanted = "answer"

    @property
    def has_corpus(self) -> bool:
        """Whether it is asked over articles of its own, and not over passages given."""
        return len(self.files) > 1

    @property
    def needs(self) -> str:
        """What must be at hand, in words."""
        model = "a language model or none" if self.wanted == "answer" else "no language model"
        return f"--data, {model}" if self.files else model

    def questions(self, data: Path | None) -> list[EvalQuestion]:
        """All of its questions. Raises ``UsageError`` where they cannot be had."""
        return list(self.load(self.paths(data)[0]))

    def count(self, data: Path | None) -> int | None:
        """How many questions it has; ``None`` where its file is not at hand."""
        if self.files and data is None:
            return None
        return len(self.questions(data))

    def as_json(self, data: Path | None) -> dict[str, Any]:
        """The set as ``rag eval --json`` lists it."""
        return {
            "name": self.name,
            "measures": self.measures,
            "needs": self.needs,
            "questions": self.count(data),
        }

    def paths(self, data: Path | None) -> list[Path]:
        """The files it reads. Raises ``UsageError`` naming the one that is missing."""
        if not self.files:
            return [_in_checkout("eval/seeds.jsonl"), _in_checkout("seeds")]
        if data is None:
            raise UsageError(f"The set '{self.name}' is public data. Name its folder: --data DIR")
        paths = [data / name for name in self.files]
        if missing := next((path for path in paths if not path.is_file()), None):
            raise UsageError(f"{missing} is missing. Name the folder that has it: --data DIR")
        return paths


def find_sets(names: Sequence[str]) -> list[QuestionSet]:
    """The sets of these names; ``all`` is every one. Raises ``UsageError`` for another name."""
    if not names:
        raise UsageError(f"Name a question set: {', '.join(SETS)}, or all. See: rag eval")
    wanted = list(SETS) if "all" in names else names
    for name in wanted:
        if name not in SETS:
            raise UsageError(f"No question set '{name}'. Sets: {', '.join(SETS)}, all.")
    return [SETS[name] for name in dict.fromkeys(wanted)]


def stratified(questions: Sequence[EvalQuestion], limit: int) -> list[EvalQuestion]:
    """At most so many of the questions, in order: of every kind in turn, the same on every run."""
    kinds: dict[str, list[EvalQuestion]] = defaultdict(list)
    for question in sorted(questions, key=lambda item: _draw(item.id)):
        kinds[question.kind].append(question)
    in_turn = chain.from_iterable(zip_longest(*kinds.values()))
    chosen = {question.id for question in [item for item in in_turn if item][:limit]}
    return [question for question in questions if question.id in chosen]


def _draw(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def true_days() -> dict[str, date]:
    """The days the seed articles were published, two of which the program has to infer."""
    days = json.loads(_in_checkout("eval/published.json").read_text(encoding="utf-8"))
    return {article: date.fromisoformat(day) for article, day in days.items()}


def _in_checkout(name: str) -> Path:
    path = CHECKOUT / name
    if not path.exists():
        raise UsageError(f"{name} is not part of an installed rag. Run rag eval from a checkout.")
    return path


_ALL = (
    QuestionSet(
        SEEDS,
        "the seed articles: dates, people, follow-ups, near misses, as of many days",
        load_questions,
        ANSWERS + CITATIONS,
    ),
    QuestionSet(
        "rgb_en_fact",
        "right answers under noise; refusal where there is only noise",
        public_sets.rgb_en_fact,
        ANSWERS,
        ("rgb_en_fact.jsonl",),
    ),
    QuestionSet(
        "squad2",
        "refusing, and not over-refusing",
        public_sets.squad2,
        ANSWERS + SPANS,
        ("squad2.jsonl",),
    ),
    QuestionSet(
        "multihoprag",
        "refusing null questions; inference over several articles",
        public_sets.multihoprag,
        ANSWERS,
        ("multihoprag.jsonl",),
    ),
    QuestionSet(
        "ramdocs",
        "documents in conflict: every right answer, no wrong one",
        public_sets.ramdocs,
        ANSWERS + CONFLICTS,
        ("ramdocs.jsonl",),
    ),
    QuestionSet(
        "rtqa2022",
        "retrieval of dated news among 4,929 articles",
        public_sets.rtqa2022,
        RETRIEVAL,
        ("rtqa2022_queries.jsonl", "rtqa2022_corpus.jsonl.gz"),
        wanted="ranking",
    ),
    QuestionSet(
        "rtqa2022_older",
        "the same questions asked later, each naming its month",
        public_sets.rtqa2022_older,
        RETRIEVAL,
        ("rtqa2022_queries.jsonl", "rtqa2022_corpus.jsonl.gz"),
        wanted="ranking",
    ),
    QuestionSet(
        "rtqa2022_answers",
        "answers from these articles",
        public_sets.rtqa2022_answers,
        ANSWERS,
        ("rtqa2022_queries.jsonl", "rtqa2022_corpus.jsonl.gz"),
    ),
    QuestionSet(
        "attributionbench",
        "claims against their references; the checker was fitted on these, see fit_grounding",
        claims.attributionbench,
        VERDICTS,
        ("attributionbench.jsonl",),
        wanted="verdict",
    ),
    QuestionSet(
        "tempeval3",
        "time expressions in news against TIMEX3",
        public_sets.tempeval3,
        TIMES,
        ("tempeval3.jsonl",),
        wanted="times",
    ),
    QuestionSet(
        "dates",
        "inferring the days of the rtqa2022 articles, each from its text alone",
        undated.alone,
        DATES,
        ("rtqa2022_corpus.jsonl.gz",),
        wanted="date",
    ),
    QuestionSet(
        "dates_in_company",
        "the same beside five dated articles of the same time",
        undated.in_company,
        DATES,
        ("rtqa2022_corpus.jsonl.gz",),
        wanted="date",
    ),
)

SETS = {item.name: item for item in _ALL}

"""One run: the sets asked, each question answered and scored, the figures added up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rag.evaluation.folder import ANSWERS, BASELINE, RunFolder
from rag.evaluation.gates import Gate, judge
from rag.evaluation.manifest import Manifest, Request
from rag.evaluation.metrics import rejections_of, score_reply
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import line_of
from rag.evaluation.respondents import Respondent
from rag.evaluation.sets import QUICK, SEEDS, QuestionSet, find_sets, stratified
from rag.evaluation.summary import Summary, scores_json

Advance = Callable[[str, int, int], None]


class Bench(Protocol):
    """Sets up who answers."""

    def manifest(self, request: Request, sets: Sequence[QuestionSet]) -> Manifest:
        """What a run of this request depends on; what it needs is made ready."""

    def ours(self, question_set: QuestionSet) -> Respondent:
        """The program itself, over what the set is asked over."""

    def baseline(self, question_set: QuestionSet) -> Respondent | None:
        """What is compared with; ``None`` for a set that it does not answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A set and the questions of it that are asked."""

    set: QuestionSet
    questions: tuple[EvalQuestion, ...]

    @classmethod
    def of(cls, question_set: QuestionSet, request: Request) -> "Asked":
        """All of its questions, or as many of every kind as the request is limited to."""
        questions = question_set.questions(request.data)
        limits = [request.limit] if request.limit else []
        if request.quick and question_set.name == SEEDS:
            limits.append(QUICK)
        return cls(question_set, tuple(stratified(questions, min([len(questions), *limits]))))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Runs a request into a folder; a run that was interrupted goes on where it stopped."""

    folder: RunFolder
    bench: Bench
    advance: Advance

    def run(self, request: Request, gates: Sequence[Gate]) -> dict[str, Any]:
        """The scores of the run, as ``scores.json`` keeps them.

        Raises ``UsageError`` where the folder holds something else; errors of the model end the
        run, which can then be resumed.
        """
        asked = [Asked.of(item, request) for item in find_sets(request.sets)]
        with self.folder.held():
            manifest = self.bench.manifest(request, [item.set for item in asked]).as_json()
            self.folder.start(manifest)
            if self.folder.is_complete:
                return self.folder.scores
            if request.baseline_from:
                self.folder.adopt_baseline(RunFolder(request.baseline_from))
            ours = self._answer_all(ANSWERS, asked, self.bench.ours)
            theirs = self._answer_baseline(asked) if request.baseline else None
            scores = scores_json(manifest, ours, theirs)
            judged = judge(gates, scores["metrics"], [item.set.name for item in asked])
            scores["gates"] = [item.as_json() for item in judged]
            self.folder.finish(scores)
        return scores

    def _answer_baseline(self, asked: Sequence[Asked]) -> Summary:
        return self._answer_all(BASELINE, asked, self.bench.baseline)

    def _answer_all(
        self,
        name: str,
        asked: Sequence[Asked],
        respondent_of: Callable[[QuestionSet], Respondent | None],
    ) -> Summary:
        done = {row.key for row in self.folder.rows(name)}
        for item in asked:
            rest = [one for one in item.questions if (item.set.name, one.id) not in done]
            if rest and (respondent := respondent_of(item.set)):
                self._answer(name, Asked(item.set, tuple(rest)), respondent)
        return Summary(self.folder.rows(name))

    def _answer(self, name: str, asked: Asked, respondent: Respondent) -> None:
        label = f"{asked.set.name} {Path(name).stem}"
        for count, question in enumerate(asked.questions):
            self.advance(label, count, len(asked.questions))
            reply = respondent.reply(question)
            scores = score_reply(asked.set.metrics, question, reply)
            rejections = rejections_of(question, reply)
            self.folder.add(name, line_of(asked.set.name, question, reply, scores, rejections))
        self.advance(label, len(asked.questions), len(asked.questions))

"""Runs: kept, resumed, never overwritten, the same when repeated; gates and comparisons."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.domain import Article, ModelIdentity, Published
from rag.errors import ModelTimeout, UsageError
from rag.evaluation.compare import Comparison
from rag.evaluation.folder import ANSWERS, RunFolder
from rag.evaluation.gates import Gate, judge, load_gates
from rag.evaluation.manifest import Manifest, Request
from rag.evaluation.metrics import score_reply
from rag.evaluation.questions import EvalQuestion, Expected
from rag.evaluation.readme import write_results_table
from rag.evaluation.records import Reply
from rag.evaluation.respondents import AssistantRespondent, Respondent, RetrievalRespondent
from rag.evaluation.run import Evaluation
from rag.evaluation.sets import QuestionSet
from rag.evaluation.table import table_lines
from rag.index.store import Index
from tests.fakes import FakeChat
from tests.fakes_index import FakeEmbedder

LEAKS = Gate("squad2", "as_of_leaks", "<=", 0)
ACCURACY = Gate("squad2", "status_accuracy", ">=", 0.99)
CONTEXT = "Ann Miller won the cup in Paris. The cup is made of gold."
QUESTIONS = (
    {"id": "who", "question": "Who won the cup?", "answers": ["Ann Miller"]},
    {"id": "what", "question": "What is the cup made of?", "answers": ["gold"]},
    {"id": "coach", "question": "Who coached Bob Brown?", "answers": [], "is_impossible": True},
)


def assistant_over(articles: Sequence[Article]) -> Assistant:
    embedder = FakeEmbedder()
    return Assistant(Retriever(Index.in_memory(articles, embedder), embedder), None)


@dataclass
class FakeBench:
    """The program without a model; ``fail_at`` is how many replies it lives for."""

    model: str = "none"
    fail_at: int = 1_000
    asked: list[str] = field(default_factory=list)
    altered: Callable[[Reply], Reply] = lambda reply: reply

    def manifest(self, request: Request, sets: Sequence[QuestionSet]) -> Manifest:
        return Manifest(
            sets=tuple(item.name for item in sets),
            limit=request.limit,
            quick=request.quick,
            commit="abc",
            code="code",
            data={},
            index={},
            model=ModelIdentity("none", self.model, None),
            verifier=None,
            prompt_budget=None,
            embedder="fake",
            baseline=None,
            cores=2,
            python="3.11",
        )

    def ours(self, question_set: QuestionSet) -> Respondent:
        return self

    def baseline(self, question_set: QuestionSet) -> Respondent:
        return self

    def reply(self, question: EvalQuestion) -> Reply:
        if len(self.asked) == self.fail_at:
            raise ModelTimeout("too long")
        self.asked.append(question.id)
        return self.altered(AssistantRespondent(assistant_over).reply(question))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    lines = ({"context": CONTEXT, "is_impossible": False, **line} for line in QUESTIONS)
    (folder / "squad2.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return folder


def run(folder: Path, data: Path, bench: FakeBench | None = None, **wanted: Any) -> dict[str, Any]:
    evaluation = Evaluation(RunFolder(folder), bench or FakeBench(), lambda *_: None)
    return evaluation.run(Request(("squad2",), data, **wanted), [LEAKS, ACCURACY])


def test_a_run_keeps_every_answer_with_its_scores_and_the_texts_it_cites(
    tmp_path: Path, data: Path
) -> None:
    scores = run(tmp_path / "run", data)
    lines = (tmp_path / "run" / ANSWERS).read_text().splitlines()
    first = json.loads(lines[0])
    assert [json.loads(line)["id"] for line in lines] == ["who", "what", "coach"]
    assert first["expected"]["contains"] == [["Ann Miller"]]
    assert first["answer"]["status"] == "answered"
    assert first["texts"] == {"who-1": CONTEXT}
    assert first["scores"]["answer_match"] == first["scores"]["quote_validity"] == 1
    assert scores == json.loads((tmp_path / "run" / "scores.json").read_text())
    assert scores["metrics"]["squad2"]["abstention_recall"]["value"] == 1
    assert scores["confusion"]["squad2"]["abstained"] == {"abstained": 1}


def test_two_runs_of_one_manifest_give_the_same_answers(tmp_path: Path, data: Path) -> None:
    for name in ("one", "two"):
        run(tmp_path / name, data)
    comparison = Comparison.of(tmp_path / "one", tmp_path / "two")
    assert comparison == Comparison((), (), (), (), ())


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "run"
    with pytest.raises(ModelTimeout):
        run(folder, data, FakeBench(fail_at=1))
    with (folder / ANSWERS).open("a") as file:
        file.write('{"id": "what", "se')  # what a killed process leaves
    bench = FakeBench()
    run(folder, data, bench)
    assert bench.asked == ["what", "coach"]
    run(tmp_path / "whole", data)
    assert Comparison.of(folder, tmp_path / "whole").varied == ()


def test_a_complete_run_is_shown_again_and_not_run_again(tmp_path: Path, data: Path) -> None:
    first = run(tmp_path / "run", data)
    bench = FakeBench()
    assert run(tmp_path / "run", data, bench) == first
    assert bench.asked == []


def test_a_run_of_another_manifest_is_refused_and_left_alone(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "run"
    run(folder, data)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UsageError, match=r"limit is None, not 2; model is .*Nothing was changed"):
        run(folder, data, FakeBench(model="other"), limit=2)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "beach.jpg").write_bytes(b"sand")
    with pytest.raises(UsageError, match="holds no run"):
        run(folder, data)
    assert [path.name for path in folder.iterdir()] == ["beach.jpg"]
    with pytest.raises(UsageError, match="is a file"):
        run(folder / "beach.jpg", data)


def test_a_run_that_is_incomplete_or_damaged_is_not_compared(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "run"
    run(tmp_path / "whole", data)
    with pytest.raises(ModelTimeout):
        run(folder, data, FakeBench(fail_at=1))
    with pytest.raises(UsageError, match=r"no complete run: it has no scores.json"):
        Comparison.of(tmp_path / "whole", folder)
    run(folder, data)
    (folder / ANSWERS).write_text('{"id": "who"}\n')
    with pytest.raises(UsageError, match=r"answers.jsonl, line 1: 'set' is missing"):
        Comparison.of(tmp_path / "whole", folder)
    (folder / "scores.json").write_text("[]")
    with pytest.raises(UsageError, match=r"scores.json is no JSON object"):
        Comparison.of(tmp_path / "whole", folder)


def test_one_folder_is_for_one_run_at_a_time(tmp_path: Path, data: Path) -> None:
    with RunFolder(tmp_path / "run").held(), pytest.raises(UsageError, match="Another rag eval"):
        run(tmp_path / "run", data)


def test_with_a_baseline_both_answer_the_same_questions(tmp_path: Path, data: Path) -> None:
    scores = run(tmp_path / "run", data, baseline=True)
    assert scores["baseline"] == scores["metrics"]
    assert len((tmp_path / "run" / "baseline.jsonl").read_text().splitlines()) == 3
    assert any("baseline 1.000" in line for line in table_lines(scores))


def test_the_baseline_of_another_run_is_not_asked_again(tmp_path: Path, data: Path) -> None:
    other, bench = tmp_path / "other", FakeBench()
    first = run(other, data, baseline=True)
    scores = run(tmp_path / "run", data, bench, baseline=True, baseline_from=other)
    assert scores["baseline"] == first["baseline"]
    assert bench.asked == ["who", "what", "coach"]


def test_the_baseline_of_a_run_of_something_else_is_refused(tmp_path: Path, data: Path) -> None:
    run(tmp_path / "limited", data, baseline=True, limit=2)
    run(tmp_path / "without", data)
    for name, why in (("limited", "limit is 2, not None"), ("without", "it has none")):
        with pytest.raises(UsageError, match=f"{name} is no baseline of this run: {why}"):
            run(tmp_path / "run", data, baseline=True, baseline_from=tmp_path / name)
    assert not (tmp_path / "run" / "baseline.jsonl").exists()


def test_a_limit_leaves_questions_of_every_kind(tmp_path: Path, data: Path) -> None:
    scores = run(tmp_path / "run", data, limit=2)
    assert scores["by_kind"]["squad2"].keys() == {"answerable", "unanswerable"}


def test_a_gate_that_is_missed_says_by_how_much(tmp_path: Path, data: Path) -> None:
    bench = FakeBench(altered=_silenced)
    scores = run(tmp_path / "run", data, bench)
    missed = [gate for gate in scores["gates"] if not gate["passed"]]
    assert [gate["metric"] for gate in missed] == ["squad2.status_accuracy"]
    [judged] = judge([ACCURACY], scores["metrics"], ["squad2"])
    assert str(judged) == "squad2.status_accuracy is 0.3333, wanted >= 0.99"
    assert any("gate >= 0.99 MISSED" in line for line in table_lines(scores))


def test_a_gate_whose_metric_was_not_measured_is_missed() -> None:
    [judged] = judge([ACCURACY], {"squad2": {}}, ["squad2"])
    assert (judged.passed, str(judged)) == (
        False,
        "squad2.status_accuracy is not measured, wanted >= 0.99",
    )
    assert judge([ACCURACY], {}, ["seeds"]) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sedes]\nas_of_leaks = {max = 0}", "no question set"),
        ("[seeds]\nas_of_leeks = {max = 0}", "names no metric. Metrics: status_accuracy"),
        ("[squad2]\n'hit@1' = {min = 0}", "names no metric"),
        ("[seeds]\nas_of_leaks = 0", "is no limit"),
        ("[seeds]\nas_of_leaks = {most = 0}", "is no limit"),
        ("[seeds]\nas_of_leaks = {}", "is no limit"),
        ("seeds = 1", "no question set"),
        ("[seeds", "cannot be read as gates"),
    ],
)
def test_a_gate_that_means_nothing_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        load_gates(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_the_gates_of_this_project_name_metrics() -> None:
    gates = load_gates(Path(__file__).parents[2] / "eval" / "gates.toml")
    assert Gate("seeds", "as_of_leaks", "<=", 0) in gates
    assert Gate("seeds", "quote_validity", ">=", 1) in gates


def test_a_comparison_says_what_got_worse_question_by_question(tmp_path: Path, data: Path) -> None:
    run(tmp_path / "one", data)
    run(tmp_path / "two", data, FakeBench(model="other", altered=_silenced))
    comparison = Comparison.of(tmp_path / "one", tmp_path / "two")
    text = "\n".join(comparison.lines())
    assert "manifest: model is" in text
    assert "squad2: status_accuracy 1.000 -> 0.333 (worse)" in text
    assert "worse squad2/who: status_accuracy 1.000 -> 0.000, answer_match 1.000 -> 0.000" in text
    assert comparison.varied == ("squad2/who", "squad2/what", "squad2/coach")
    assert "squad2/coach" not in comparison.as_json()["worse"]
    back = Comparison.of(tmp_path / "two", tmp_path / "one").as_json()
    assert back["worse"] == {}
    assert back["better"].keys() == {"squad2/who", "squad2/what"}


def test_a_conversation_is_asked_turn_by_turn() -> None:
    chat = FakeChat().enqueue("Ann Miller won the cup.").enqueue("The cup is made of gold.")
    embedder = FakeEmbedder()
    article = Article("a", "The cup", CONTEXT, Published.unknown())
    over = Assistant(Retriever(Index.in_memory([article], embedder), embedder), chat)
    question = _question("Who won the cup?", "What is it made of?")
    reply = AssistantRespondent(assistant_over, over).reply(question)
    assert reply.answer is not None
    assert reply.answer.question == "What is it made of?"
    assert "Earlier question: Who won the cup?" in chat.prompts[-1][-1].content
    assert reply.articles == {"a": article}


def test_a_leak_is_measured_against_the_true_day_where_it_is_known() -> None:
    chat = FakeChat().enqueue("Ann Miller won the cup.").enqueue("Ann Miller won the cup.")
    embedder = FakeEmbedder()
    inferred = Published.on(date(2020, 1, 1), "inferred")
    over = Assistant(
        Retriever(
            Index.in_memory([Article("a", "The cup", CONTEXT, inferred)], embedder), embedder
        ),
        chat,
    )
    question = _question("Who won the cup?")
    assert question.as_of > date(2020, 1, 1)
    later = {"a": question.as_of + timedelta(days=1)}
    believed = AssistantRespondent(assistant_over, over).reply(question)
    known = AssistantRespondent(assistant_over, over, later).reply(question)
    assert score_reply(["as_of_leaks"], question, believed) == {"as_of_leaks": 0}
    assert score_reply(["as_of_leaks"], question, known) == {"as_of_leaks": 1}


def test_articles_are_ranked_each_once_and_only_those_of_the_day() -> None:
    def article(name: str, text: str, day: date) -> Article:
        return Article(name, name, text, Published.on(day, "stated"))

    old = article("old", "\n".join(["The cup was won by Ann."] * 30), date(2025, 1, 1))
    other = article("other", "A storm hit the coast.", date(2025, 1, 2))
    new = article("new", "The cup was won.", date(2025, 6, 1))
    embedder = FakeEmbedder()
    retriever = Retriever(Index.in_memory([other, old, new], embedder), embedder)
    reply = RetrievalRespondent(retriever).reply(_question("Who won the cup?"))
    assert (reply.answer, reply.ranked) == (None, ("old", "other"))


def test_the_table_of_the_readme_is_written_between_its_marks(tmp_path: Path, data: Path) -> None:
    run(tmp_path / "run", data)
    readme = tmp_path / "README.md"
    readme.write_text("# rag\n<!-- results -->old<!-- results -->\nend\n")
    write_results_table(readme, tmp_path / "run" / "scores.json")
    text = readme.read_text()
    assert "| squad2 | as of leaks | 0 |  | 3 |  |" in text
    assert "old" not in text
    assert text.startswith("# rag\n<!-- results -->\n| set |")
    assert text.endswith("<!-- results -->\nend\n")
    write_results_table(readme, tmp_path / "run" / "scores.json")
    assert readme.read_text() == text
    readme.write_text("# rag\n")
    with pytest.raises(UsageError, match="has not two lines"):
        write_results_table(readme, tmp_path / "run" / "scores.json")


def _question(*turns: str) -> EvalQuestion:
    return EvalQuestion("q", "thing", turns, date(2025, 4, 1), Expected(("answered",)))


def _silenced(reply: Reply) -> Reply:
    assert reply.answer is not None
    silent = replace(reply.answer, status="abstained", claims=(), citations=(), nearest=())
    return replace(reply, answer=silent, articles={})

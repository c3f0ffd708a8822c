"""Verdicts of the checker against the labels that people gave."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.answering.grounding import Support
from rag.errors import UsageError
from rag.evaluation.agreement import macro_f1
from rag.evaluation.cases import Case
from rag.evaluation.claims import attributionbench
from rag.evaluation.metrics import VERDICTS, score_reply
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Reply, Row, line_of
from rag.evaluation.respondents import ClaimRespondent
from rag.evaluation.summary import Summary
from tests.fast.conftest import Rag

TRIP = "Putin will visit China in May. He will also meet Premier Li Qiang."
LINE: dict[str, Any] = {
    "id": "a",
    "claim": "Putin will visit China.",
    "references": ["Nothing of it.", TRIP],
    "attribution_label": "attributable",
    "src_dataset": "ExpertQA",
}
FALSE = LINE | {"claim": "Hungary closed mines.", "attribution_label": "not attributable"}


def asked(folder: Path, *lines: object) -> list[EvalQuestion]:
    path = folder / "attributionbench.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return list(attributionbench(path))


def judged(question: EvalQuestion, *, supported: bool) -> dict[str, Any]:
    """The line of a run in which the checker said so."""
    reply = Reply(support=Support(supported, float(supported), "A quote.", "a reason"))
    line = line_of("attributionbench", question, reply, score_reply(VERDICTS, question, reply))
    return dict(json.loads(json.dumps(line)))


def test_a_claim_is_a_question_with_its_references_as_they_stand(tmp_path: Path) -> None:
    odd = "  Title: A trip\n\n\tPutin\u200b will visit. "
    [question] = asked(tmp_path, LINE | {"references": [odd, "", odd]})
    assert (question.text, question.kind) == ("Putin will visit China.", "ExpertQA")
    assert [article.text for article in question.articles or ()] == [odd, "", odd]
    assert question.expected.supported


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"attribution_label": "maybe"}, "'attribution_label' is 'maybe'"),
        ({"references": TRIP}, "'references' is not a list of texts"),
        ({"references": [1]}, "'references' is not a list of texts"),
        ({"claim": None}, "'claim' is not a text"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=r"attributionbench\.jsonl, line 2: ") as error:
        asked(tmp_path, LINE, LINE | change)
    assert said in str(error.value)


def test_the_reply_is_the_verdict_over_all_references(tmp_path: Path) -> None:
    first, second = (ClaimRespondent().reply(item).support for item in asked(tmp_path, LINE, FALSE))
    assert first is not None
    assert second is not None
    assert (first.supported, second.supported) == (True, False)
    assert first.quote == "Putin will visit China in May."


def test_the_figures_are_those_of_all_claims(tmp_path: Path) -> None:
    labels = [True] * 5 + [False] * 7
    said = [True] * 3 + [False] * 2 + [False] * 6 + [True]
    lines = [LINE | {"id": str(n)} if label else FALSE for n, label in enumerate(labels)]
    rows = [
        Row.of(judged(question, supported=verdict))
        for question, verdict in zip(asked(tmp_path, *lines), said, strict=True)
    ]
    figures = Summary(rows).metrics()["attributionbench"]
    expected = macro_f1(np.array(labels), np.array(said))
    assert figures["macro_f1"].value == pytest.approx(expected, abs=1e-4)
    low, high = figures["macro_f1"].low, figures["macro_f1"].high
    assert low is not None
    assert high is not None
    assert 0.3 < low < expected < high <= 1
    assert figures["verdict_accuracy"].value == 0.75
    assert [figures[name].value for name in VERDICTS[2:]] == [3, 2, 6, 1]
    assert Summary(rows).by(lambda row: row.kind)["attributionbench"].keys() == {"ExpertQA"}


def test_a_wrong_verdict_is_a_fault_with_its_reason(tmp_path: Path) -> None:
    [question] = asked(tmp_path, FALSE)
    case = Case.of(judged(question, supported=True))
    assert case.faults == ("a claim its references do not hold is told as supported",)
    assert case.verdict == "supported (1.00), a reason: “A quote.”"
    assert Case.of(judged(question, supported=False)).faults == ()


def test_the_set_is_run_without_any_weights(rag: Rag, tmp_path: Path) -> None:
    asked(tmp_path, LINE, FALSE | {"id": "b"}, LINE | {"id": "c", "references": []})
    done = rag("eval", "attributionbench", "--data=.", "--run=run")
    assert done.code == 0, done.err
    assert any(line.split()[:2] == ["macro_f1", "0.667"] for line in done.out.splitlines())
    report = (tmp_path / "run" / "report.html").read_text("utf-8")
    assert "Found: not supported (0.00), there is no reference text to check against" in report
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert manifest["embedder"] is manifest["model"] is None

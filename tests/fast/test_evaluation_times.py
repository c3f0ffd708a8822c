"""Time expressions against those that annotators marked: the scorer can fail in every way."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.errors import UsageError
from rag.evaluation import public_sets
from rag.evaluation.folder import RunFolder
from rag.evaluation.intervals import bootstrap_quotient
from rag.evaluation.manifest import Manifest, Request
from rag.evaluation.metrics import TIMES, score_reply
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Reply, Row, Scores, line_of
from rag.evaluation.respondents import Respondent, TimesRespondent
from rag.evaluation.run import Evaluation
from rag.evaluation.sets import QuestionSet
from rag.evaluation.summary import Summary
from rag.evaluation.timeml import TimeMl
from rag.evaluation.timexes import Alignment, Found, Timex
from tests.fast.conftest import Rag

COUNTS = ("times_right", "times_misread", "times_missed", "times_spurious")


def timex(text: str, value: str, kind: str = "DATE") -> str:
    return f'<TIMEX3 tid="t1" type="{kind}" value="{value}">{text}</TIMEX3>'


def timeml(body: str, created: str = "2024-05-14") -> str:
    dct = f'<DCT><TIMEX3 tid="t0" type="DATE" value="{created}">now</TIMEX3></DCT>'
    return f'<?xml version="1.0" ?>\n<TimeML>\n{dct}\n<TEXT>{body}</TEXT>\n</TimeML>'


def asked(folder: Path, *documents: str) -> list[EvalQuestion]:
    path = folder / "tempeval3.jsonl"
    lines = ({"id": f"XYZ{place}.1", "timeml": text} for place, text in enumerate(documents))
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return list(public_sets.tempeval3(path))


def scored(folder: Path, document: str) -> Scores:
    [question] = asked(folder, document)
    return score_reply(TIMES, question, TimesRespondent().reply(question))


def counts(scores: Scores) -> tuple[float | None, ...]:
    return tuple(scores[name] for name in COUNTS)


def test_a_document_is_its_text_its_day_and_what_is_scored_in_it() -> None:
    body = (
        f"\nR&amp;D <EVENT eid='e1'>fell {timex('late <b>this</b> week', '2024-W20')}</EVENT>, for"
        f" {timex('two weeks', 'P2W', 'DURATION')}, {timex('every day', 'P1D', 'SET')}"
        f" until {timex('noon', '2024-05-14T12:00', 'TIME')}."
    )
    document = TimeMl.of(timeml(body, "2024-05-14T08:30:00"))
    assert document.text.startswith("\nR&D fell late this week, for two weeks")
    assert document.created == date(2024, 5, 14)
    assert [item.value for item in document.timexes] == ["2024-W20", "2024-05-14T12:00"]
    assert [document.text[item.start : item.end] for item in document.timexes] == [
        item.text for item in document.timexes
    ]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<TimeML><TEXT>", "'timeml' is not XML"),
        ("<TimeML><TEXT>words</TEXT></TimeML>", "has no DCT/TIMEX3"),
        (timeml("").replace("TEXT", "BODY"), "has no TEXT"),
        (timeml("", "yesterday"), "yesterday"),
        (timeml("<TIMEX3 type='DATE'>now</TIMEX3>"), "'value' is missing"),
        (7, "line 2"),
    ],
)
def test_a_document_that_is_not_timeml_is_named(tmp_path: Path, document: Any, said: str) -> None:
    with pytest.raises(UsageError, match=r"tempeval3\.jsonl, line 2: ") as error:
        asked(tmp_path, timeml(""), document)
    assert said in str(error.value)


def test_all_found_with_their_values(tmp_path: Path) -> None:
    body = f"It began {timex('last week', '2024-W19')} and ends {timex('on May 16', '2024-05-16')}."
    scores = scored(tmp_path, timeml(body))
    assert counts(scores) == (2, 0, 0, 0)
    assert {scores[name] for name in TIMES if name not in COUNTS} == {1}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"It began {timex('last week', '2024-W18')}.", (0, 1, 0, 0)),
        (f"It began {timex('the day the music died', '1959-02-03')}.", (0, 0, 1, 0)),
        ("It began last week.", (0, 0, 0, 1)),
        (f"It began {timex('early last week', '2024-W19')}.", (1, 0, 0, 0)),
        (f"It began last {timex('week', '2024-W19')}.", (1, 0, 0, 0)),
        (f"It took {timex('two weeks', 'P2W', 'DURATION')}.", (0, 0, 0, 0)),
        (f"It began {timex('last week', 'P1W', 'DURATION')}.", (0, 0, 0, 1)),
        ("It began.", (0, 0, 0, 0)),
    ],
    ids=[
        "another value",
        "missed",
        "not marked",
        "more is marked",
        "less is marked",
        "a duration",
        "a duration read as a date",
        "nothing",
    ],
)
def test_what_can_go_wrong_is_counted(
    tmp_path: Path, body: str, expected: tuple[float, ...]
) -> None:
    assert counts(scored(tmp_path, timeml(body))) == expected


def test_an_expression_that_was_found_counts_once() -> None:
    found = (Timex("May 16 and 17", 0, 13, "2024-05-17"),)
    marked = (Timex("May 16", 0, 6, "2024-05-16"), Timex("17", 11, 13, "2024-05-17"))
    alignment = Alignment.of(marked, found)
    assert (alignment.right, len(alignment.misread), len(alignment.missed)) == (0, 1, 1)


def test_of_several_that_overlap_the_one_with_the_marked_value_counts() -> None:
    whole = (Timex("Monday, May 20", 0, 14, "2024-05-20"),)
    found = (Timex("Monday", 0, 6, "2024-05-13"), Timex("May 20", 8, 14, "2024-05-20"))
    alignment = Alignment.of(whole, found)
    assert (alignment.right, alignment.spurious) == (1, found[:1])


def test_expressions_that_only_touch_do_not_overlap() -> None:
    assert not Timex("May", 0, 3, "x").overlaps(Timex("16", 3, 5, "x"))
    assert Timex("May", 0, 3, "x").overlaps(Timex("y 16", 2, 6, "x"))


def test_the_figures_are_of_all_expressions_and_not_means_of_documents(tmp_path: Path) -> None:
    week, wrong = timex("last week", "2024-W19"), timex("last week", "2024-W01")
    several = timeml(f"A {week}. B {week}. C {wrong}. D last week.")
    questions = asked(tmp_path, several, timeml(f"E {week}."), timeml("Nothing."))
    rows = [row_of(question) for question in questions]
    figures = Summary(rows).metrics()["tempeval3"]
    values = {name: round(figure.value, 4) for name, figure in figures.items()}
    assert values == {
        "overlap_precision": 0.8,
        "overlap_recall": 1,
        "overlap_f1": 0.8889,
        "value_accuracy": 0.75,
        "value_f1": 0.6667,
        "times_right": 3,
        "times_misread": 1,
        "times_missed": 0,
        "times_spurious": 1,
    }
    precision = figures["overlap_precision"]
    assert (precision.n, precision.low, precision.high) == (2, 0.75, 1)
    assert figures["times_right"].n == 3


def test_an_interval_of_a_quotient_draws_whole_documents() -> None:
    assert bootstrap_quotient([((1, 2),)]).low == 0.5
    parts = [((9, 10),), ((0, 10),)] * 50
    interval = bootstrap_quotient(parts)
    assert 0.3 < interval.low < 0.45 < interval.high < 0.6
    assert interval == bootstrap_quotient(parts)


def test_how_fast_texts_are_read_is_told_and_compares_as_nothing(tmp_path: Path) -> None:
    [question] = asked(tmp_path, timeml("One sentence. And another, last week."))
    row = row_of(question, seconds=0.001)
    assert Summary([row]).speed() == {
        "tempeval3": {"sentences": 2, "seconds": 0.001, "sentences_per_s": 2000}
    }
    assert row.said == row_of(question, seconds=0.5).said


def row_of(question: EvalQuestion, seconds: float = 0.0) -> Row:
    """The row of what `rag times` finds, after it was written and read again."""
    reply = TimesRespondent().reply(question)
    assert reply.times is not None
    timed = Found(reply.times.timexes, reply.times.sentences, seconds)
    reply = Reply(articles=reply.articles, times=timed)
    line = line_of("tempeval3", question, reply, score_reply(TIMES, question, reply))
    return Row.of(json.loads(json.dumps(line)))


def test_the_set_is_run_without_any_weights_and_a_missed_gate_is_told(
    rag: Rag, tmp_path: Path
) -> None:
    week, wrong = timex("last week", "2024-W19"), timex("last week", "2024-W01")
    asked(tmp_path, timeml(f"It began {week}."), timeml(f"<b>It</b> ended {wrong}."))
    done = rag("eval", "tempeval3", "--data", ".", "--run", "run", "--gate")
    assert done.code == 1
    assert "Missed gate: tempeval3.value_f1 is 0.5, wanted >= 0.75" in done.err
    assert "sentences a second on one core" in done.out.splitlines()[0]
    assert any("overlap_f1" in line and "passed" in line for line in done.out.splitlines())
    report = (tmp_path / "run" / "report.html").read_text("utf-8")
    assert "It ended <mark>last week</mark>. … <strong>read as 2024-W19, wanted" in report
    assert "<h4>Expected</h4>" not in report
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert manifest["embedder"] is manifest["model"] is None


class TimesBench:
    """What `rag eval` wires for this set, in a run whose manifest is always the same."""

    def manifest(self, request: Request, sets: Sequence[QuestionSet]) -> Manifest:
        names = tuple(item.name for item in sets)
        return Manifest(
            names, request.limit, False, "", "", {}, {}, None, None, None, None, None, 2, "3.11"
        )

    def ours(self, question_set: QuestionSet) -> Respondent:
        return TimesRespondent()

    def baseline(self, question_set: QuestionSet) -> Respondent | None:
        return None


def run(folder: Path, limit: int | None = None) -> dict[str, Any]:
    request = Request(("tempeval3",), folder, limit)
    evaluation = Evaluation(RunFolder(folder / "run"), TimesBench(), lambda *_: None)
    return evaluation.run(request, [])


def test_a_run_of_it_goes_on_where_it_stopped_and_may_be_limited(tmp_path: Path) -> None:
    asked(tmp_path, *[timeml(f"It was {timex('May 2024', '2024-05')}.")] * 3)
    first = run(tmp_path, limit=2)
    answers = tmp_path / "run" / "answers.jsonl"
    lines = answers.read_text().splitlines()
    assert (len(lines), first["metrics"]["tempeval3"]["overlap_f1"]["n"]) == (2, 2)
    (tmp_path / "run" / "scores.json").unlink()
    answers.write_text(lines[0] + "\n")
    assert run(tmp_path, limit=2)["metrics"] == first["metrics"]
    assert answers.read_text().splitlines()[0] == lines[0]

"""The sets that take dates away: what is asked, and what counts as right."""

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.domain import Published
from rag.errors import UsageError
from rag.evaluation import undated
from rag.evaluation.cases import Case
from rag.evaluation.metrics import DATES, score_reply
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Reply, Row, line_of
from rag.evaluation.respondents import DatingRespondent

DAY = date(2022, 6, 8)
DECIDED = (
    "OSLO, June 8 (NTB) -- The court will rule on Friday, June 10, its clerk said on "
    "Wednesday. It heard the last witness on June 7, 2022."
)


def corpus(folder: Path, *articles: dict[str, Any]) -> Path:
    path = folder / "rtqa2022_corpus.jsonl.gz"
    shared = {"title": "T", "url": None, "date": DAY.isoformat()}
    lines = (json.dumps({"id": f"a{n}", **shared, **item}) for n, item in enumerate(articles))
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def asked(folder: Path, text: str = DECIDED) -> EvalQuestion:
    [question] = undated.alone(corpus(folder, {"text": text}))
    return question


def scores(question: EvalQuestion, dated: Published) -> dict[str, float | None]:
    return dict(score_reply(DATES, question, Reply(dated=dated)))


def test_the_date_is_taken_away_and_wanted(tmp_path: Path) -> None:
    question = asked(tmp_path)
    assert question.articles is not None
    assert question.articles[0].published == Published.unknown()
    assert (undated.true_day(question), question.kind) == (DAY, "2022")


def test_an_article_that_never_had_a_date_is_not_asked_about(tmp_path: Path) -> None:
    assert not list(undated.alone(corpus(tmp_path, {"text": "Words.", "date": None})))


def test_company_is_drawn_from_the_time_of_the_article_the_same_each_time(tmp_path: Path) -> None:
    days = [date.fromordinal(DAY.toordinal() + number).isoformat() for number in range(1000)]
    path = corpus(tmp_path, *({"text": "Words.", "date": day} for day in days))
    questions = list(undated.in_company(path))
    assert questions == list(undated.in_company(path))
    for place in (0, 500, 999):
        undated_one, *others = questions[place].articles or ()
        known = [other.published.day for other in others]
        assert len(known) == 5
        assert undated_one.id not in {other.id for other in others}
        assert all(
            day and abs((day - undated.true_day(questions[place])).days) <= 400 for day in known
        )


def test_what_is_inferred_is_right_within_its_interval_and_unknown_is_no_mistake(
    tmp_path: Path,
) -> None:
    question = asked(tmp_path)
    found = DatingRespondent().reply(question)
    assert found.dated is not None
    assert scores(question, found.dated) == {"dates_inside": 1, "dates_inferred": 1}
    late = Published(date(2022, 6, 9), "inferred", date(2022, 6, 9), date(2022, 6, 20))
    assert scores(question, late) == {"dates_inside": 0, "dates_inferred": 1}
    edge = replace(late, earliest=DAY)
    assert scores(question, edge) == {"dates_inside": 1, "dates_inferred": 1}
    assert scores(question, Published.unknown()) == {"dates_inside": None, "dates_inferred": 0}


def test_a_text_that_states_its_day_is_not_counted(tmp_path: Path) -> None:
    question = asked(tmp_path, "Published: June 8, 2022\nThe court ruled.")
    dated = DatingRespondent().reply(question).dated
    assert dated == Published.on(DAY, "stated")
    assert scores(question, dated) == {"dates_inside": None, "dates_inferred": None}


def test_a_reply_is_kept_and_read_again(tmp_path: Path) -> None:
    question = asked(tmp_path)
    reply = DatingRespondent().reply(question)
    line = json.loads(json.dumps(line_of("dates", question, reply, {"dates_inferred": 1.0})))
    assert Row.of(line).dated == reply.dated
    assert Row.of(line).said != Row.of({**line, "dated": None}).said
    case = Case.of(line)
    assert case.dated.startswith("8 June 2022 (inferred), ")
    assert not case.is_silent
    assert Case.of({**line, "scores": {"dates_inferred": 0.0}}).is_silent


def test_an_article_without_its_fields_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line 1: 'text' is missing"):
        list(undated.alone(corpus(tmp_path, {})))

"""The exam over the seeds is fair: every answer it expects stands in the articles, in time."""

import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation.matching import holds

ROOT = Path(__file__).parents[2]
PUBLISHED = {
    "000_7783753bbdd2712d.txt": date(2024, 4, 9),
    "001_9de8cc9d8582abb9.txt": date(2024, 4, 10),
    "002_9abf8dd859d27d16.txt": date(2025, 3, 28),
    "003_f65cbfb2bc922d38.txt": date(2024, 5, 14),
    "004_be2cb32b847b37fd.txt": date(2024, 5, 21),
}
TIME_KINDS = {
    "time_next",
    "time_stale",
    "time_last",
    "time_when",
    "time_period",
    "time_relative",
    "time_plan",
    "too_early",
}
KINDS = TIME_KINDS | {
    "person",
    "place",
    "number",
    "reason",
    "thing",
    "follow_up",
    "unanswerable",
    "near_miss",
    "false_premise",
}
LINES: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "eval" / "seeds.jsonl").read_text("utf-8").splitlines()
]
ANSWERED = [line for line in LINES if line["status"] != "abstained"]
REFUSED = [line for line in LINES if line["status"] == "abstained"]


def named(lines: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("line", lines, ids=[line["id"] for line in lines])


def stands_in(articles: str, words: str) -> bool:
    """Whether the articles say it; a year that they leave to their date may be missing."""
    return holds(articles, words) or holds(articles, re.sub(r" 20\d\d$", "", words))


def read(names: list[str]) -> str:
    return " ".join(
        f"{PUBLISHED[name].year} {(ROOT / 'seeds' / name).read_text('utf-8')}" for name in names
    )


def days_of(line: dict[str, Any]) -> list[str]:
    groups = [group for group in line.get("contains", []) if isinstance(group, dict)]
    return [day for group in groups for day in group.get("days", [group.get("day")])]


def test_every_question_has_its_own_name() -> None:
    assert [
        name for name, count in Counter(line["id"] for line in LINES).items() if count > 1
    ] == []


def test_no_question_is_asked_twice_of_one_day() -> None:
    asked = Counter(
        (tuple(line.get("turns", [line.get("question")])), line["as_of"]) for line in LINES
    )
    assert [question for question, count in asked.items() if count > 1] == []


def test_it_is_long_enough_and_every_kind_is_asked() -> None:
    assert len(LINES) >= 60
    assert {line["kind"] for line in LINES} == KINDS


def test_it_asks_for_answers_and_for_refusals() -> None:
    assert len(REFUSED) >= len(LINES) / 5
    assert sum(line["status"] == "answered" for line in LINES) >= len(LINES) / 2
    assert sum(line["status"] == "stale" for line in LINES) >= 5


def test_of_time_every_kind_has_several_questions() -> None:
    counts = Counter(line["kind"] for line in LINES)
    assert {kind: counts[kind] for kind in TIME_KINDS if counts[kind] < 6} == {}


def test_the_same_question_has_other_answers_on_other_days() -> None:
    right: dict[str, set[str]] = defaultdict(set)
    for line in LINES:
        answer = (line["status"], line.get("contains", []))
        right[line.get("question", line["id"])].add(json.dumps(answer))
    assert sum(len(answers) >= 3 for answers in right.values()) >= 5


def test_conversations_of_two_and_three_turns_are_held() -> None:
    assert {len(line["turns"]) for line in LINES if line["kind"] == "follow_up"} == {2, 3}


@named(LINES)
def test_it_asks_of_a_day_and_says_which_words_decide(line: dict[str, Any]) -> None:
    assert date.fromisoformat(line["as_of"]).isoformat() == line["as_of"]
    assert line["why"].strip()
    assert ("question" in line) != ("turns" in line)


@named(ANSWERED)
def test_the_articles_to_cite_exist_and_were_out_by_then(line: dict[str, Any]) -> None:
    assert line["may_cite"]
    assert [name for name in line["may_cite"] if not (ROOT / "seeds" / name).is_file()] == []
    as_of = date.fromisoformat(line["as_of"])
    assert [name for name in line["may_cite"] if PUBLISHED[name] > as_of] == []


@named(ANSWERED)
def test_the_answer_stands_in_the_articles_to_cite(line: dict[str, Any]) -> None:
    articles = read(line["may_cite"])
    wordings = [group for group in line["contains"] if isinstance(group, list)]
    assert [
        group for group in wordings if not any(stands_in(articles, words) for words in group)
    ] == []
    days = [date.fromisoformat(day) for day in days_of(line)]
    assert days == sorted(days)


@named(ANSWERED)
def test_what_must_be_said_is_not_forbidden(line: dict[str, Any]) -> None:
    wordings = [words for group in line["contains"] if isinstance(group, list) for words in group]
    forbidden = line.get("excludes", [])
    assert [words for words in wordings if any(holds(words, part) for part in forbidden)] == []


@named(REFUSED)
def test_a_refusal_has_nothing_to_say_or_cite(line: dict[str, Any]) -> None:
    assert line.keys().isdisjoint({"contains", "excludes", "may_cite"})


@named([line for line in LINES if line["kind"] == "time_stale"])
def test_a_plan_whose_day_has_passed_is_told_as_such_and_its_days_are_past(
    line: dict[str, Any],
) -> None:
    assert line["status"] == "stale"
    assert [day for day in days_of(line) if day >= line["as_of"]] == []


@named([line for line in LINES if line["kind"] == "time_next"])
def test_what_is_next_is_not_over(line: dict[str, Any]) -> None:
    assert line["status"] in {"answered", "abstained"}
    assert max(days_of(line), default=line["as_of"]) >= line["as_of"]


@named([line for line in LINES if line["kind"] == "time_plan"])
def test_a_plan_told_as_done_is_backed_by_a_report_of_it(line: dict[str, Any]) -> None:
    told_as_done = "answered" in line["status"]
    assert not told_as_done or line["may_cite"] == ["004_be2cb32b847b37fd.txt"]


@named([line for line in LINES if line["kind"] in {"unanswerable", "near_miss", "too_early"}])
def test_what_the_articles_do_not_say_must_be_refused(line: dict[str, Any]) -> None:
    assert line["status"] == "abstained"

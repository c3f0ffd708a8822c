"""Question sets: what a line may say, what is wrong with one that does not, what is asked."""

import gzip
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rag.errors import UsageError
from rag.evaluation import indexes, public_sets
from rag.evaluation.lines import read_lines
from rag.evaluation.questions import Days, Expected, Words, load_questions
from rag.evaluation.sets import QUICK, SETS, find_sets, stratified
from tests.fakes_index import FakeEmbedder

LINE: dict[str, Any] = {
    "id": "trip",
    "kind": "time",
    "question": "When?",
    "as_of": "2025-04-01",
    "status": "answered",
    "contains": [["late August", "August 2025"], {"day": "2025-09-01"}],
    "excludes": ["May"],
    "may_cite": ["a.txt"],
    "why": "a.txt says so",
}


def file_of(folder: Path, *lines: Any, name: str = "set.jsonl") -> Path:
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_line_becomes_a_question_and_a_line_again(tmp_path: Path) -> None:
    [question] = load_questions(file_of(tmp_path, LINE))
    day = date(2025, 9, 1)
    assert (question.text, question.as_of) == ("When?", date(2025, 4, 1))
    assert question.expected.contains == (Words(("late August", "August 2025")), Days(day, day))
    assert question.expected.as_json().items() <= LINE.items()


def test_of_a_conversation_the_last_turn_is_scored(tmp_path: Path) -> None:
    line = {**LINE, "turns": ["Who?", "And when?"]}
    del line["question"]
    [question] = load_questions(file_of(tmp_path, line))
    assert (question.turns, question.text) == (("Who?", "And when?"), "And when?")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": ""}, "'id'"),
        ({"kind": None}, "'kind'"),
        ({"as_of": "tomorrow"}, "tomorrow"),
        ({"status": "maybe"}, "'status' is 'maybe'"),
        ({"status": []}, "'status'"),
        ({"contains": "late August"}, "'contains'"),
        ({"contains": [[]]}, "empty"),
        ({"contains": [{"week": "2025-09-01"}]}, "week"),
        ({"contains": [{"days": ["2025-09-01"]}]}, "days"),
        ({"excludes": "May"}, "'excludes' is not a list"),
        ({"may_cite": [1]}, "'may_cite'"),
        ({"turns": ["Who?"]}, "one of 'question' and 'turns'"),
        ({"expects": "answered"}, "'expects' is no key"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = file_of(tmp_path, LINE, "", {**LINE, "id": "other", **change})
    with pytest.raises(UsageError) as error:
        load_questions(path)
    assert f"{path}, line 3: " in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize("line", ["{", "[1]", '"text"', "[" * 100_000])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(UsageError, match=r"line 2: not"):
        load_questions(file_of(tmp_path, LINE, line))


@pytest.mark.parametrize("key", ["id", "kind", "as_of", "status"])
def test_a_key_that_is_missing_is_named(tmp_path: Path, key: str) -> None:
    line = {name: value for name, value in LINE.items() if name != key}
    with pytest.raises(UsageError, match=f"line 1: '{key}' is missing"):
        load_questions(file_of(tmp_path, line))


def test_an_id_that_is_used_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line 2: the id 'trip' was used before"):
        load_questions(file_of(tmp_path, LINE, LINE))


def test_a_file_that_is_missing_empty_or_cut_short_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl cannot be read"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match="has no question"):
        load_questions(file_of(tmp_path, ""))
    packed = tmp_path / "corpus.jsonl.gz"
    packed.write_bytes(gzip.compress(b'{"id": "a"}\n' * 1000)[:-20])
    with pytest.raises(UsageError, match=r"corpus\.jsonl\.gz cannot be read"):
        list(read_lines(packed))


def test_the_kept_index_of_a_corpus_is_not_one_of_older_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes: list[Path] = []

    class Asked(indexes.Indexes):
        def of_folder(self, folder: Path, home: Path) -> Any:
            homes.append(home)

    corpus = tmp_path / "corpus.jsonl.gz"
    corpus.write_bytes(gzip.compress(b'{"id": "a", "text": "Words."}\n'))
    wiring: Any = SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path), question_embedder=FakeEmbedder()
    )
    for version in (1, 1, 2):
        monkeypatch.setattr(indexes, "VERSION", version)
        Asked(wiring, lambda *_: None).of_corpus(corpus)
    assert homes[0] == homes[1] != homes[2]


def test_the_seeds_set_is_read_and_has_what_it_should() -> None:
    questions = SETS["seeds"].questions(None)
    assert len(questions) >= 60
    assert {"time_next", "person", "number", "follow_up", "near_miss", "too_early"} <= {
        question.kind for question in questions
    }
    assert {len(question.turns) for question in questions} == {1, 2, 3}


def test_a_part_of_a_set_has_every_kind_and_is_always_the_same() -> None:
    questions = SETS["seeds"].questions(None)
    part = stratified(questions, QUICK)
    assert len(part) == QUICK
    assert {question.kind for question in part} == {question.kind for question in questions}
    assert part == stratified(list(reversed(questions)), QUICK)[::-1]
    assert stratified(questions, 10_000) == questions


def test_an_unknown_set_is_named_and_all_are_all() -> None:
    with pytest.raises(UsageError, match=r"No question set 'sedes'. Sets: seeds, rgb"):
        find_sets(["sedes"])
    assert [item.name for item in find_sets(["squad2", "seeds", "squad2"])] == ["squad2", "seeds"]
    assert [item.name for item in find_sets(["all"])] == list(SETS)


def test_public_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--data DIR"):
        SETS["squad2"].questions(None)
    with pytest.raises(UsageError, match=r"squad2.jsonl is missing"):
        SETS["squad2"].questions(tmp_path)
    file_of(tmp_path, {"id": "1"}, name="squad2.jsonl")
    with pytest.raises(UsageError, match=r"squad2\.jsonl, line 1: '.*' is missing"):
        SETS["squad2"].questions(tmp_path)


def test_rgb_has_all_that_is_right_among_noise_and_the_noise_alone(tmp_path: Path) -> None:
    line = {"id": 1, "query": "Who?", "answer": "Ann", "positive": ["Ann.", "It was Ann."]}
    own, other = {**line, "negative": ["Bob."]}, {**line, "id": 2, "negative": ["Cy."] * 9}
    questions = list(public_sets.rgb_en_fact(file_of(tmp_path, own, other)))
    first = {question.kind: question for question in questions[:4]}
    texts = {kind: [item.text for item in it.articles or ()] for kind, it in first.items()}
    assert texts["noise 0"] == ["Ann.", "It was Ann."]
    assert texts["noise alone"] == ["Bob."]
    assert set(texts["noise 0.8"]) == {"Ann.", "It was Ann.", "Bob.", "Cy."}
    assert first["noise alone"].expected.only_abstention
    assert first["noise 0.8"].expected.contains == (Words(("Ann",)),)


def test_squad_wants_one_of_several_spans_or_silence(tmp_path: Path) -> None:
    line = {"id": "1", "context": "Ann won.", "question": " Who won? ", "answers": ["Ann", "Ann"]}
    path = file_of(
        tmp_path, {**line, "is_impossible": False}, {**line, "id": "2", "is_impossible": True}
    )
    answerable, impossible = public_sets.squad2(path)
    assert answerable.text == "Who won?"
    assert answerable.expected == Expected(("answered",), (Words(("Ann",)),))
    assert impossible.expected.only_abstention


def test_multihoprag_gives_a_null_question_what_comes_nearest(tmp_path: Path) -> None:
    def fact(text: str, day: str) -> dict[str, str]:
        return {"title": "News", "fact": text, "source": "Post", "published_at": f"{day}T10:00:00"}

    evidence = [fact("Ann won the cup.", "2023-10-01"), fact("Bob lost.", "2023-10-05")]
    inference = {"id": "1", "question": "Who won?", "answer": "Ann", "evidence_list": evidence}
    null = {"id": "2", "question": "Who won the cup?", "answer": "-", "evidence_list": []}
    path = file_of(
        tmp_path,
        {**inference, "question_type": "inference_query"},
        {**null, "question_type": "null_query"},
        {**null, "id": "3", "question_type": "temporal_query"},
    )
    first, second = public_sets.multihoprag(path)
    assert (first.as_of, first.expected.statuses) == (date(2023, 10, 5), ("answered",))
    assert second.expected.only_abstention
    assert [item.text for item in second.articles or ()] == ["Ann won the cup.", "Bob lost."]


def test_ramdocs_wants_every_right_answer_and_no_wrong_one(tmp_path: Path) -> None:
    documents = [{"text": text, "type": "correct"} for text in ("In Paris.", "In Rome.", "")]
    line = {"id": 1, "question": "Where?", "documents": documents}
    path = file_of(
        tmp_path,
        {**line, "gold_answers": ["Paris", "Rome City"], "wrong_answers": ["Oslo", "Rome"]},
    )
    [question] = public_sets.ramdocs(path)
    assert question.expected.contains == (Words(("Paris",)), Words(("Rome City",)))
    assert question.expected.excludes == ("Oslo",)  # "Rome" is part of a right answer
    assert [item.text for item in question.articles or ()] == ["In Paris.", "In Rome."]


def test_rtqa_asks_as_of_its_day_for_articles_and_for_answers(tmp_path: Path) -> None:
    line = {"id": "1", "question": "Who?", "question_date": "2022-11-03", "relevant": ["cnn/1"]}
    path = file_of(tmp_path, {**line, "answer": "Mets & San Diego, California"})
    [ranked], [answered] = public_sets.rtqa2022(path), public_sets.rtqa2022_answers(path)
    assert (ranked.as_of, ranked.expected.may_cite) == (date(2022, 11, 3), ("cnn/1",))
    assert answered.expected.contains == (
        Words(("Mets",)),
        Words(("San Diego, California", "San Diego")),
    )


def test_every_set_names_its_metrics_what_it_measures_and_what_it_needs() -> None:
    assert all(item.metrics and item.measures and item.needs for item in SETS.values())


def test_an_older_question_names_the_month_it_was_asked_in(tmp_path: Path) -> None:
    path = tmp_path / "rtqa.jsonl"
    fields = {
        "id": "q",
        "question": "Who resigned this week?",
        "question_date": "2022-07-08",
        "answer": "Ann",
        "relevant": ["a"],
    }
    path.write_text(json.dumps(fields))
    [question] = public_sets.rtqa2022_older(path)
    assert question.text == "Who resigned, in July 2022?"
    assert question.as_of == date(2022, 12, 31)
    assert question.expected.may_cite == ("a",)

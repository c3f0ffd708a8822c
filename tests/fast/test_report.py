"""The report: one page, made of a run folder alone, the worst first and nothing hidden."""

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from rag.domain import (
    Answer,
    Article,
    Citation,
    Claim,
    Coverage,
    Evidence,
    ModelIdentity,
    Published,
    Rejected,
    Span,
    Timings,
)
from rag.errors import UsageError
from rag.evaluation.breakdown import by_day
from rag.evaluation.cases import marked
from rag.evaluation.charts import Pair, Score, histogram, paired_bars, round_up
from rag.evaluation.metrics import ANSWERS, CITATIONS, rejections_of, score_reply
from rag.evaluation.overview import Confusion
from rag.evaluation.questions import EvalQuestion, Expected, Words
from rag.evaluation.records import Reply, Row, line_of
from rag.evaluation.report import read_run, write_report
from rag.evaluation.summary import Summary, scores_json

VISIT = "Putin will visit China on May 16."
ARTICLE = Article(
    "visit.txt",
    "A visit to China",
    f"The Kremlin spoke on Tuesday. {VISIT} He will meet Xi.",
    Published.on(date(2024, 5, 14), "inferred"),
)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
CELLS = {"th", "td"}
NO_CHILDREN = {"meta", "rect", "line", "circle", "path", "br"}


class Page(HTMLParser):
    """A page as a browser reads it: its tags with their attributes, its words and table rows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.marked: list[str] = []
        self.rows: list[list[str]] = []
        self._cells: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in NO_CHILDREN:
            self._open.append(tag)
        if tag == "mark":
            self.marked.append("")
        if tag in CELLS:
            self._cells.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "tr":
            self.rows.append(self._cells)
            self._cells = []

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words += data
        if "mark" in self._open:
            self.marked[-1] += data
        if CELLS & set(self._open):
            self._cells[-1] += data.strip()

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.tags}


def asked(name: str = "visit", text: str = "When will Putin visit China?") -> EvalQuestion:
    expected = Expected(("answered",), (Words(("May 16",)),), (), (ARTICLE.id,))
    return EvalQuestion(name, "time", (text,), date(2024, 5, 15), expected)


def cited(quote: str = VISIT, article: Article = ARTICLE, *, shift: int = 0) -> Citation:
    start = article.text.index(quote) + shift
    published = article.published
    return Citation(
        number=1,
        article=article.id,
        title=article.title,
        source=article.source,
        published=published.day,
        published_basis=published.basis,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def answered(text: str = VISIT, citation: Citation | None = None, seconds: float = 2.5) -> Answer:
    return Answer(
        question="When will Putin visit China?",
        as_of=date(2024, 5, 15),
        status="answered",
        reason=None,
        text=f"{text} [1]",
        claims=(Claim(text, (1,), "supported"),),
        citations=(citation or cited(),),
        nearest=(),
        coverage=Coverage(1, date(2024, 5, 14), date(2024, 5, 14)),
        model=ModelIdentity("embedded", "small", None),
        timings=Timings(total_s=seconds),
    )


def abstained() -> Answer:
    return replace(
        answered(),
        status="abstained",
        reason="no_evidence",
        text="The articles do not say.",
        claims=(),
        citations=(),
        nearest=(cited("He will meet Xi."),),
    )


RIGHT = (asked("right", "When is Putin in China?"), answered())
WRONG = (asked("wrong", "When does Putin visit?"), answered("Putin will visit China on May 18."))


class Folder:
    """A run folder, written as `rag eval` writes one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.gates: list[dict[str, Any]] = []
        self.article = ARTICLE

    def write(
        self,
        *ours: tuple[EvalQuestion, Answer],
        baseline: tuple[tuple[EvalQuestion, Answer], ...] = (),
    ) -> Path:
        manifest = {"schema": 1, "commit": "0a943d6", "model": {"name": "small"}, "sets": ["seeds"]}
        theirs = self._lines("baseline.jsonl", baseline) if baseline else None
        scores = scores_json(manifest, self._lines("answers.jsonl", ours), theirs)
        self._object("manifest.json", manifest)
        self._object("scores.json", scores | {"gates": self.gates})
        return self.path

    def page(self, *ours: tuple[EvalQuestion, Answer], **kinds: Any) -> Page:
        return Page(write_report(self.write(*ours, **kinds)).read_text("utf-8"))

    def _lines(self, name: str, pairs: tuple[tuple[EvalQuestion, Answer], ...]) -> Summary:
        lines = [self._line(question, answer) for question, answer in pairs]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (self.path / name).write_text(text, "utf-8")
        return Summary([Row.of(line) for line in lines])

    def _line(self, question: EvalQuestion, answer: Answer) -> dict[str, Any]:
        reply = Reply(answer, {self.article.id: self.article})
        scores = score_reply(ANSWERS + CITATIONS, question, reply)
        return line_of("seeds", question, reply, scores, rejections_of(question, reply))

    def _object(self, name: str, value: dict[str, Any]) -> None:
        (self.path / name).write_text(json.dumps(value), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "2026-11-21"
    path.mkdir()
    return Folder(path)


def test_the_report_lies_in_the_run_folder(folder: Folder) -> None:
    assert write_report(folder.write(RIGHT)) == folder.path / "report.html"


def test_it_needs_no_network_and_no_script(folder: Folder) -> None:
    page = folder.page(RIGHT, WRONG, baseline=(WRONG,))
    assert page.names.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    targets = [attributes.get("href") or "#" for _, attributes in page.tags]
    assert all(target.startswith("#") for target in targets)
    text = (folder.path / "report.html").read_text("utf-8")
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text


def test_what_articles_and_models_say_is_text_and_never_markup(folder: Folder) -> None:
    folder.article = replace(ARTICLE, title=HOSTILE, source=HOSTILE, text=f"Oh. {HOSTILE} Indeed.")
    citation = cited(HOSTILE, folder.article)
    hostile = (asked(HOSTILE, HOSTILE), answered(HOSTILE, citation))
    folder.gates = [
        {"metric": HOSTILE, "op": HOSTILE, "threshold": 1, "value": None, "passed": False}
    ]
    page = folder.page(hostile, baseline=(hostile,))
    assert page.names.isdisjoint({"script", "img"})
    assert not [name for _, attributes in page.tags for name in attributes if name[:2] == "on"]
    assert page.words.count(HOSTILE) > 5
    assert f"1{HOSTILE}" in page.marked


def test_a_cited_span_is_marked_in_its_article(folder: Folder) -> None:
    page = folder.page(RIGHT)
    assert page.marked == [f"1{VISIT}"] * 2  # in its context, and in the whole text
    assert "14 May 2024 (inferred)" in page.words
    assert "He will meet Xi." in page.words


def test_a_quote_that_is_not_in_its_article_is_said_to_be_so(folder: Folder) -> None:
    page = folder.page((asked(), answered(citation=cited(shift=3))))
    assert "a quote is not in its article" in page.words
    assert "This quote is not what the article has at this place." in page.words


def test_copies_are_named_beside_their_source(folder: Folder) -> None:
    page = folder.page((asked(), answered(citation=replace(cited(), copies=("b.txt", "c.txt")))))
    assert "also in b.txt, c.txt" in page.words
    assert "also in" not in folder.page((asked(), answered())).words


def test_an_abstention_shows_the_nearest_evidence(folder: Folder) -> None:
    page = folder.page((asked(), abstained()))
    assert "refuses what the articles answer" in page.words
    assert "The articles do not say." in page.words
    assert "1He will meet Xi." in page.marked


def test_the_worst_comes_first(folder: Folder) -> None:
    refused = (asked("refused", "Is there a day for it?"), abstained())
    words = folder.page(RIGHT, refused, WRONG).words
    places = [words.index(question.text) for question, _ in (WRONG, refused, RIGHT)]
    assert places == sorted(places)
    assert "in 1 a wrong answer was delivered without warning" in words


def test_earlier_turns_and_the_reason_are_shown(folder: Folder) -> None:
    question = replace(asked(), turns=("Who is Putin?", "When is he in China?"))
    question = replace(question, expected=replace(question.expected, why="It says May 16."))
    words = folder.page((question, answered())).words
    assert "Who is Putin?" in words
    assert "It says May 16." in words
    assert "“May 16”" in words


def test_gates_are_told_in_words(folder: Folder) -> None:
    gate = {"metric": "seeds.answer_match", "op": ">=", "threshold": 0.9, "value": 0.5}
    folder.gates = [
        gate | {"passed": False},
        gate | {"metric": "seeds.as_of_leaks", "op": "<=", "threshold": 0, "passed": True},
    ]
    words = folder.page(RIGHT).words
    assert "1 of 2 gates passed" in words
    assert "✗ missed ≥ 0.90" in words
    assert "✓ passed ≤ 0" in words


def test_the_baseline_stands_beside_the_answer(folder: Folder) -> None:
    theirs = (RIGHT[0], replace(answered("In June, perhaps."), citations=()))
    words = folder.page(RIGHT, baseline=(theirs,)).words
    assert "Against the baseline" in words
    assert "In June, perhaps." in words
    assert "answer match 1.00 (baseline 0.00)" in words


def test_without_a_baseline_there_is_no_word_of_it(folder: Folder) -> None:
    assert "aseline" not in folder.page(RIGHT, WRONG).words


def test_retrieval_is_shown_by_its_ranking(folder: Folder) -> None:
    run = folder.write(RIGHT)
    line = json.loads((run / "answers.jsonl").read_text("utf-8"))
    ranked = {"answer": None, "ranked": ["other.txt", "visit.txt"], "scores": {"hit@10": 1.0}}
    (run / "answers.jsonl").write_text(json.dumps(line | ranked) + "\n", "utf-8")
    page = Page(write_report(run).read_text("utf-8"))
    assert "visit.txt (relevant)" in page.words
    assert "Latency" not in page.words


@pytest.mark.parametrize("name", ["manifest.json", "scores.json", "answers.jsonl"])
def test_a_folder_that_is_incomplete_is_named(folder: Folder, name: str) -> None:
    run = folder.write(RIGHT)
    (run / name).unlink()
    with pytest.raises(UsageError, match=name):
        write_report(run)
    assert not (run / "report.html").exists()


@pytest.mark.parametrize("missing", ["answer", "expected", "scores", "texts"])
def test_a_line_that_lacks_something_is_named(folder: Folder, missing: str) -> None:
    run = folder.write(RIGHT)
    line = json.loads((run / "answers.jsonl").read_text("utf-8"))
    del line[missing]
    (run / "answers.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    with pytest.raises(UsageError, match=rf"answers\.jsonl, line 1: '{missing}' is missing"):
        write_report(run)


@pytest.mark.parametrize("metrics", [None, {"seeds": None}, {"seeds": {"answer_match": {"n": 1}}}])
def test_scores_of_another_form_are_named(folder: Folder, metrics: Any) -> None:
    run = folder.write(RIGHT)
    scores = json.loads((run / "scores.json").read_text("utf-8"))
    (run / "scores.json").write_text(json.dumps(scores | {"metrics": metrics}), "utf-8")
    with pytest.raises(UsageError, match=r"scores\.json"):
        write_report(run)


def test_statuses_are_counted_by_what_was_expected(folder: Folder) -> None:
    refused = (asked("refused"), abstained())
    either = replace(asked("either"), expected=Expected(("abstained", "answered")))
    run = read_run(folder.write(RIGHT, refused, (either, abstained())))
    confusion = Confusion.of(run.cases)
    assert confusion.expected == ("answered", "stale", "abstained", "abstained or answered")
    assert confusion.counts["answered", "answered"] == 1
    assert confusion.counts["answered", "abstained"] == 1
    assert confusion.is_right("abstained or answered", "abstained")
    assert not confusion.is_right("answered", "abstained")


def test_each_check_is_told_by_what_it_alone_kept_back(folder: Folder) -> None:
    """Drafted sentences: two right, one wrong; a check is missed where no other failed."""
    start = ARTICLE.text.index(VISIT)
    nearest = Evidence(ARTICLE, start, start + len(VISIT), ARTICLE.title, 0.9)
    drafts = (
        Rejected(VISIT, nearest, ("names",)),
        Rejected("Putin will visit China on May 18.", nearest, ("names",)),
        Rejected(VISIT, nearest, ("names", "days")),
    )
    question, answer = RIGHT
    page = folder.page((question, replace(answer, rejected=drafts)))
    heads = page.rows.index(["Check", "alone, wrong", "alone, right", "with others"])
    assert page.rows[heads + 1 : heads + 3] == [["names", "1", "1", "1"], ["days", "0", "0", "1"]]


def test_the_scores_of_each_kind_of_question_are_told(folder: Folder) -> None:
    def of_kind(kind: str, pair: tuple[EvalQuestion, Answer]) -> tuple[EvalQuestion, Answer]:
        return replace(pair[0], kind=kind), pair[1]

    silence = replace(asked("silence"), expected=Expected(("abstained",)))
    page = folder.page(
        of_kind("time_next", RIGHT),
        of_kind("time_next", WRONG),
        of_kind("time_last", (asked("refused"), abstained())),
        of_kind("too_early", (silence, abstained())),
    )
    rows = {row[0]: row[1:] for row in page.rows if row}
    assert rows["time next"] == ["2", "1.00", "", "0.34 to 1.00", "0.50of 2", "0.50"]
    assert rows["time last"] == ["1", "0.00", "", "0.00 to 0.79", "0.00of 1", "0.00"]
    assert rows["too early"] == ["1", "1.00", "", "0.21 to 1.00", "–", "0.00"]
    assert "By kind of question" in page.words


def test_kinds_are_kept_with_their_figures(folder: Folder) -> None:
    scores = json.loads((folder.write(RIGHT, WRONG) / "scores.json").read_text("utf-8"))
    figure = scores["by_kind"]["seeds"]["time"]["answer_match"]
    assert (figure["value"], figure["n"]) == (0.5, 2)
    assert figure["low"] < 0.5 < figure["high"]


@pytest.mark.parametrize(
    "kinds", [None, {"seeds": None}, {"seeds": {"time": {"status_accuracy": {}}}}]
)
def test_kinds_of_another_form_are_named(folder: Folder, kinds: Any) -> None:
    run = folder.write(RIGHT)
    scores = json.loads((run / "scores.json").read_text("utf-8"))
    (run / "scores.json").write_text(json.dumps(scores | {"by_kind": kinds}), "utf-8")
    with pytest.raises(UsageError, match=r"scores\.json"):
        write_report(run)


def test_many_days_are_told_by_month(folder: Folder) -> None:
    case = read_run(folder.write(RIGHT)).cases[0]
    days = [f"2024-0{month}-{day:02}" for month in (1, 2) for day in range(1, 26)]
    many = by_day([replace(case, as_of=day) for day in days])
    assert [(part.label, part.right, part.n) for part in many] == [
        ("2024-01", 25, 25),
        ("2024-02", 25, 25),
    ]
    assert [part.label for part in by_day([case])] == ["2024-05-15"]


def test_marks_leave_the_text_whole_where_quotes_overlap() -> None:
    text = "one two three four"
    pieces = marked(text, [(1, Span(0, 7)), (2, Span(4, 13)), (3, Span(14, 99))])
    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, piece.numbers) for piece in pieces] == [
        ("one ", (1,)),
        ("two", (1, 2)),
        (" three", (2,)),
        (" ", ()),
        ("four", (3,)),
    ]


def test_a_bar_is_as_long_as_its_share() -> None:
    half, full = paired_bars([Pair("half", Score(0.5), Score(1.0))]).split('class="ours"')
    widths = [part.split('width="')[-1].split("%")[0] for part in (half, full.split("theirs")[0])]
    assert float(widths[0]) * 2 == pytest.approx(float(widths[1]))


def test_every_answer_is_in_the_histogram_the_slowest_too() -> None:
    picture = histogram([0.1, 0.2, 9.9, 10.0], 10.0, "ours")
    assert [int(part.split("<")[0]) for part in picture.split('text-anchor="middle">')[1:]] == [
        2,
        2,
    ]


@pytest.mark.parametrize(
    ("value", "end"), [(0.0, 1.0), (0.07, 0.08), (1.0, 1.0), (1.4, 2.0), (26.3, 30.0), (101, 200)]
)
def test_an_axis_ends_on_a_plain_figure(value: float, end: float) -> None:
    assert round_up(value) == pytest.approx(end)

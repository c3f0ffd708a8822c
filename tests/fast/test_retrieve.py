"""Which article comes first: each signal changes a ranking, and no day is looked beyond."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.evidence.recency import Recency
from rag.answering.evidence.retrieve import Retriever, fuse
from rag.answering.question.interpret import Interpretation, interpret
from rag.domain import Article, Published, Question
from rag.index.store import Index
from tests.fakes_index import FakeEmbedder

TODAY = date(2022, 11, 3)


def asked(text: str, as_of: date = TODAY) -> Interpretation:
    return interpret(Question(text, as_of))


def dated(name: str, text: str, day: date | None, title: str = "News") -> Article:
    published = Published.on(day, "stated") if day else Published.unknown()
    return Article(name, title, text, published)


def ranked(
    articles: list[Article], question: str, as_of: date = TODAY, limit: int = 10
) -> list[str]:
    embedder = FakeEmbedder()
    with Index.in_memory(articles, embedder) as index:
        found = Retriever(index, embedder).search(asked(question, as_of), limit)
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    return list(dict.fromkeys(item.article.id for item in found))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


RECALL = "The carmaker recalls its pickup trucks over the brakes."


def test_of_two_that_say_the_same_the_newer_comes_first() -> None:
    old, new = dated("old", RECALL, days_ago(200)), dated("new", RECALL, days_ago(2))
    assert ranked([old, new], "Which carmaker recalls trucks?") == ["new", "old"]
    assert ranked([dated("a", RECALL, None), dated("b", RECALL, None)], "Which carmaker?") == [
        "a",
        "b",
    ]


def test_a_better_match_outweighs_a_newer_day() -> None:
    old = dated("old", RECALL, days_ago(200))
    new = dated("new", "The carmaker opens a museum of trains.", days_ago(2))
    question = "Which carmaker recalls its pickup trucks over the brakes?"
    assert ranked([old, new], question)[0] == "old"


def test_a_period_that_is_named_counts_as_today_does() -> None:
    then, later = dated("then", RECALL, date(2022, 3, 10)), dated("later", RECALL, days_ago(14))
    question = "Which carmaker recalls trucks, in March 2022?"
    assert ranked([later, then], question) == ["then", "later"]
    assert ranked([later, then], "Which carmaker recalls trucks?") == ["later", "then"]


def test_words_of_the_title_and_of_the_lead_lift_an_article() -> None:
    body = "It was a quiet day. " * 120
    lead = dated("lead", f"{RECALL} {body}", days_ago(3))
    tail = dated("tail", f"{body} {RECALL}", days_ago(3))
    title = dated("title", body, days_ago(3), title=RECALL)
    order = ranked([tail, lead, title], "Which carmaker recalls its pickup trucks?")
    assert order[-1] == "tail"


def test_a_headline_like_the_question_lifts_an_article() -> None:
    # What the headlines are made of is too common for the full-text index, and the same words
    # are in the leads: only as headlines are they nearer to the question or further from it.
    asking, other = "Which is it that you have", "Some other one from there too"

    def score_of_the_first(first_title: str, second_title: str) -> float:
        first = dated("a", f"Which? Trucks recalled. {second_title}.", TODAY, first_title)
        second = dated("b", f"Trucks recalled. {first_title}.", TODAY, second_title)
        embedder = FakeEmbedder()
        with Index.in_memory([first, second], embedder) as index:
            found = Retriever(index, embedder).search(asked("Which is it that you recalled?"), 2)
        return next(item.score for item in found if item.article.id == "a")

    assert score_of_the_first(asking, other) > score_of_the_first(other, asking)


def test_every_article_that_matches_has_an_entry() -> None:
    articles = [dated(f"{number:02}", f"{RECALL} Again. " * 9, days_ago(1)) for number in range(20)]
    assert len(ranked(articles, "Which carmaker recalls trucks?", limit=20)) == 20


@given(st.integers(1, 40))
@settings(deadline=None, max_examples=20)
def test_the_best_article_scores_one_whatever_its_sentence_scores(repeats: int) -> None:
    embedder = FakeEmbedder()
    articles = [dated("a", f"{RECALL} {'Engine noise. ' * repeats}", days_ago(1))]
    with Index.in_memory(articles, embedder) as index:
        found = Retriever(index, embedder).search(asked("Which carmaker recalls trucks?"), 10)
    assert found[0].score == 1.0


def test_a_ranking_counts_by_its_weight() -> None:
    scores = fuse([(2.0, ["a", "b"]), (1.0, ["b"])])
    assert scores["a"] == pytest.approx(2 / 61)
    assert scores["b"] == pytest.approx(2 / 62 + 1 / 61)


@pytest.mark.parametrize(
    ("question", "newer", "older"),
    [
        ("Who resigned?", 0, 60),
        ("Who resigned this week?", 0, 30),
        ("Who just resigned?", 2, 30),
        ("Who resigned in November 2022?", 0, 60),
    ],
)
def test_what_is_newer_counts_more(question: str, newer: int, older: int) -> None:
    recency = Recency.of(question, TODAY)
    assert recency.weight(days_ago(newer)) > recency.weight(days_ago(older))


def test_a_week_makes_no_difference() -> None:
    recency = Recency.of("Who resigned?", TODAY)
    assert recency.weight(TODAY) == recency.weight(days_ago(7)) == 1.0


def test_this_week_makes_old_news_count_less() -> None:
    this_week, ever = Recency.of("Who won this week?", TODAY), Recency.of("Who won?", TODAY)
    assert this_week.weight(days_ago(90)) < ever.weight(days_ago(90))


@pytest.mark.parametrize("words", ["over the past year", "compared to a year ago", "last year"])
def test_a_long_look_back_names_no_period(words: str) -> None:
    assert Recency.of(f"How much did rents rise {words}?", TODAY).period is None


def test_a_year_is_named_by_its_number() -> None:
    recency = Recency.of("Who won the vote in 2020?", TODAY)
    assert recency.weight(date(2020, 11, 8)) == 1.0
    assert recency.weight(date(2021, 11, 8)) < 1.0


def test_an_unknown_day_is_not_today() -> None:
    recency = Recency.of("Who resigned?", TODAY)
    assert recency.weight(None) < recency.weight(TODAY)


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), TODAY) | st.none())
@settings(deadline=None)
def test_a_weight_is_a_share(question: str, day: date | None) -> None:
    assert 0 < Recency.of(question, TODAY).weight(day) <= 1


@given(st.dates(date(2021, 12, 1), date(2023, 2, 1)), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_nothing_published_after_the_day_asked_is_found(as_of: date, chance: random.Random) -> None:
    days = [date(2022, 1, 1) + timedelta(days=chance.randrange(365)) for _ in range(8)]
    articles = [dated(f"{number}", RECALL, day) for number, day in enumerate(days)]
    found = ranked(articles, "Which carmaker recalls trucks?", as_of)
    assert set(found) == {str(number) for number, day in enumerate(days) if day <= as_of}

"""Copies of one article are one source: found by signature, confirmed by what they say."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.as_json import citation_json, search_json
from rag.answering.evidence.copies import are_copies
from rag.answering.evidence.retrieve import Retriever
from rag.answering.question.interpret import interpret
from rag.domain import Article, Citation, Evidence, Published, Question
from rag.index.signatures import Signatures, signature_of
from rag.index.store import Index
from rag.terminal.display import Display
from tests.fakes_index import FakeEmbedder

DAY = date(2024, 5, 15)
STORY = """Russian President Vladimir Putin will visit the city of Harbin in northeast China at
the end of his two-day trip, the Chinese foreign ministry said on Wednesday. He will attend the
opening of a trade fair and meet students of the "institute of technology", which has strong ties
with the defence industry. In Beijing he is to hold talks with President Xi Jinping on energy,
trade and the war in Ukraine, and both are to sign a joint statement in the evening. Trade between
the two countries rose by 26 percent last year to $240 billion, much of it paid in yuan. Western
officials accuse Chinese companies of selling parts that Moscow needs for its missiles, which the
ministry denies. It is the first journey abroad of his new term and the second visit in seven
months. The leaders have met more than forty times in ten years and call each other friends."""
# Told by another paper: the same event, hardly a sentence in the same words.
RIVAL = """The Kremlin leader travels to China this week, and Harbin is on his way. Putin opens a
trade fair there, visits a "technology institute" with links to the arms industry and speaks with
its students, the government in Beijing announced on Wednesday. Before that he sees Xi Jinping.
Energy, trade and the war against Ukraine are on the agenda, and there will be a statement signed
by the two presidents. Commerce between Russia and China reached a record of $240 billion, a rise
of 26 percent, and most bills are settled in yuan. The United States says that firms in China sell
what the Russian army needs. It is Putin's first foreign trip since he was sworn in again."""
TITLE = "Putin to visit Harbin in China"
QUESTION = "Which city in China will Putin visit?"


def story(
    name: str, text: str = STORY, day: date | None = DAY, title: str = TITLE, source: str = "AP"
) -> Article:
    published = Published.on(day, "stated") if day else Published.unknown()
    return Article(name, title, text, published, source)


def syndicated(name: str, day: date | None = DAY + timedelta(days=1)) -> Article:
    """Another paper's print: its dateline and quotes, the last sentence cut, other line ends."""
    text = STORY[: STORY.index("The leaders have met")].replace("\n", " ").replace('"', "”")
    return story(name, f"BEIJING, May 16 (Reuters) — {text}", day, "Putin visits Harbin", "Daily")


def found(articles: Sequence[Article], as_of: date = DAY + timedelta(days=30)) -> list[Evidence]:
    embedder = FakeEmbedder()
    with Index.in_memory(articles, embedder) as index:
        return Retriever(index, embedder).search(interpret(Question(QUESTION, as_of)), 10)


def groups(evidence: Sequence[Evidence]) -> set[tuple[str, ...]]:
    return {(item.article.id, *item.copies) for item in evidence}


def test_a_syndicated_copy_is_the_same_source_as_the_first() -> None:
    assert groups(found([syndicated("daily"), story("agency")])) == {("agency", "daily")}


def test_another_papers_story_of_the_event_is_a_source_of_its_own() -> None:
    assert groups(found([story("agency"), story("rival", RIVAL)])) == {("agency",), ("rival",)}


def test_the_same_words_in_another_order_are_another_text() -> None:
    first, later = story("a"), story("b", " ".join(sorted(STORY.split())))
    assert are_copies(first, later)  # what is told does not tell them apart, the signature does
    assert groups(found([first, later])) == {("a",), ("b",)}


def test_a_copy_gives_no_evidence_of_its_own() -> None:
    copies = [syndicated(f"daily-{number}") for number in range(3)]
    alone, together = found([story("agency")]), found([story("agency"), *copies])
    assert [item.quote for item in together] == [item.quote for item in alone]
    assert {item.copies for item in together} == {("daily-0", "daily-1", "daily-2")}


def test_copies_take_no_place_among_the_articles() -> None:
    copies = [syndicated(f"daily-{number:02}") for number in range(12)]
    assert {
        item.article.id for item in found([story("agency"), *copies, story("rival", RIVAL)])
    } == {
        "agency",
        "rival",
    }


def test_coverage_counts_every_article() -> None:
    with Index.in_memory([story("agency"), syndicated("daily")], FakeEmbedder()) as index:
        assert index.coverage(DAY + timedelta(days=30)).articles == 2


def test_a_copy_does_not_exist_before_it_is_published() -> None:
    articles = [story("agency"), syndicated("daily", DAY + timedelta(days=3))]
    assert groups(found(articles, DAY + timedelta(days=2))) == {("agency",)}
    assert groups(found(articles, DAY + timedelta(days=3))) == {("agency", "daily")}


def test_the_first_published_stands_for_all_and_what_has_no_date_comes_last() -> None:
    late, undated = syndicated("a-late", DAY + timedelta(days=4)), syndicated("b-undated", None)
    early = syndicated("c-early", DAY + timedelta(days=1))
    assert groups(found([late, undated, early])) == {("c-early", "a-late", "b-undated")}


def test_of_one_day_the_fullest_stands_for_all() -> None:
    assert groups(found([syndicated("a-cut", DAY), story("whole")])) == {("whole", "a-cut")}


@pytest.mark.parametrize(
    ("told", "now_told"),
    [("26 percent", "31 percent"), ("city of Harbin", "city of Shenyang")],
)
def test_a_new_edition_that_says_something_else_is_no_copy(told: str, now_told: str) -> None:
    changed = story("later", STORY.replace(told, now_told), DAY + timedelta(days=1))
    assert not are_copies(story("first"), changed)


def test_what_is_printed_again_weeks_later_is_a_new_edition() -> None:
    assert are_copies(story("first"), story("again", day=DAY + timedelta(days=7)))
    assert not are_copies(story("first"), story("again", day=DAY + timedelta(days=8)))


def test_the_same_notices_under_other_headlines_are_no_copies() -> None:
    notices = "We will use the details you have shared to manage your registration. " * 9
    volcano = story("volcano", notices, title="Largest active volcano erupts in Hawaii")
    signing_up = replace(volcano, id="signing-up", title="How to manage a registration")
    assert not are_copies(volcano, signing_up)
    assert not are_copies(replace(volcano, id="z"), signing_up)


def test_a_text_of_few_words_is_never_a_copy() -> None:
    brief = " ".join(STORY.split()[:38])
    assert signature_of(brief) == b""
    assert groups(found([story("a", brief), story("b", brief)])) == {("a",), ("b",)}


def test_copies_are_shown_beside_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    evidence = found([story("agency"), *(syndicated(f"daily-{number}") for number in range(7))])
    Display().evidence(evidence[:1])
    said = "also in: daily-0, daily-1, daily-2, daily-3, daily-4 and 2 more\n"
    assert said in capsys.readouterr().out
    Display().evidence([replace(evidence[0], copies=("daily-0",))])
    assert "also in: daily-0\n" in capsys.readouterr().out
    Display().evidence(found([story("agency")])[:1])
    assert "also in" not in capsys.readouterr().out


def test_copies_are_always_in_the_json() -> None:
    both = found([story("agency"), syndicated("daily")])
    [first, *_] = search_json(Question(QUESTION, DAY), both)["evidence"]
    assert first["copies"] == ["daily"]
    [alone, *_] = found([story("agency")])
    assert citation_json(Citation.of(alone, 1))["copies"] == []


def test_stored_signatures_stay_comparable() -> None:
    """An index made by an earlier version of the library must not be misread in silence."""
    stored = signature_of(" ".join(f"word{number}" for number in range(50)))
    assert len(stored) == 512
    assert stored[:12].hex() == "44efb80070e51e0374da5606"


WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=40, max_size=90).map(" ".join)


@given(WORDS, WORDS)
@settings(deadline=None, max_examples=30)
def test_similarity_is_symmetric_and_one_for_the_same_text(one: str, other: str) -> None:
    signatures = Signatures.of(
        {name: signature_of(text) for name, text in zip("ab", (one, other), strict=True)}
    )
    assert Signatures.of(dict.fromkeys("ab", signature_of(one))).similar_to("a", 1.0) == ["b"]
    for least in (0.0, 0.3, 0.8, 1.0):
        seen = signatures.similar_to("a", least), signatures.similar_to("b", least)
        assert bool(seen[0]) == bool(seen[1])


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=10)
def test_the_order_of_ingestion_changes_no_group(chance: random.Random) -> None:
    copies = [syndicated(f"daily-{number}", DAY + timedelta(days=number)) for number in range(4)]
    articles = [story("agency"), story("rival", RIVAL), *copies, syndicated("undated", None)]
    chance.shuffle(articles)
    together = ("agency", "daily-0", "daily-1", "daily-2", "daily-3", "undated")
    assert groups(found(articles)) == {together, ("rival",)}

"""A question is read in the spelling of the articles: capitals left out, letters that slipped."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.evidence.spelling import Spelling
from rag.domain import Article, Evidence, Published, Question, Turn

DAY = date(2025, 4, 20)
TEXT = (
    "On Monday Russian President Vladimir Putin said in Beijing that he will visit China again. "
    "Relations with China are good, Putin said, and the visit is for trade, so the Trade Minister "
    "goes with him and the Council meets. "
    "Repairs go on."
)
ARTICLE = Article("a.txt", "Putin on trade", TEXT, Published.on(DAY, "stated"))
# What stands in a dictionary, in place of what an embedder's tokenizer knows.
LANGUAGE = {"visit", "visitor", "trade", "trace", "relation", "modi", "russia", "jam", "repair"}
SPELLING = Spelling([Evidence(ARTICLE, 0, len(TEXT), "", 1.0)], LANGUAGE.__contains__)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        # a letter left out, changed, doubled, two exchanged
        ("When will Putin vist China?", "When will Putin visit China?"),
        ("When will Putin visit Bejing?", "When will Putin visit Beijing?"),
        ("When will Puttin visit China?", "When will Putin visit China?"),
        ("When will Putin visit Chian?", "When will Putin visit China?"),
        ("What are the relatons of Putin?", "What are the relations of Putin?"),
        # the words that ask
        ("Wen wil Putin visit China?", "when will Putin visit China?"),
        ("wich relations are good?", "which relations are good?"),
        # all in small letters
        ("when will putin visit china?", "when will Putin visit China?"),
        ("what's putin's trade with bejing?", "what's Putin's trade with Beijing?"),
        # a capital that only opens a sentence
        ("Visit of Putin?", "visit of Putin?"),
        ("Again? Visit of Putin?", "again? visit of Putin?"),
        ("Trade with Putin?", "Trade with Putin?"),  # there is a Trade Minister
        ("Repairs by Putin?", "Repairs by Putin?"),  # only where a sentence opens
        # nothing of the kind to be found
        ("When will Xerxes visit China?", "When will Xerxes visit China?"),
    ],
)
def test_a_question_is_read_as_the_articles_write_its_words(asked: str, read: str) -> None:
    assert SPELLING.written(asked) == read


@pytest.mark.parametrize(
    "text",
    [
        "When was trace visible?",  # a word of the language, though near to "trade"
        "Did a visitor see Putin?",  # the same, near to "visit"
        "When did Wen visit China?",  # a name within the question, though near to "when"
        "Who visited China?",  # another form of a word that is there
        "What is the jam like?",  # an ordinary question: nothing tells that it is all in small
        "When did Putin visit china?",  # small, but other names are not
        "Which president promised it?",  # an office, which news writes with a capital
        "Who sits in the council?",  # the same, by its article
        "When did Zutin visit China?",  # the first letter is seldom the one that slipped
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert SPELLING.written(text) == text


def test_in_a_question_all_in_small_letters_what_no_article_has_may_be_a_name() -> None:
    assert SPELLING.written("when will modi visit china?") == "when will Modi visit China?"
    assert SPELLING.written("has modi ever seen china?") == "has Modi ever Seen China?"


def test_what_is_written_small_within_a_sentence_is_no_name() -> None:
    # "Relations" and "Repairs" have capitals only where a sentence opens
    assert SPELLING.written("are relations with china good?") == "are relations with China good?"
    assert SPELLING.written("is trade with china good?") == "is trade with China good?"
    assert SPELLING.written("do repairs go on in china?") == "do repairs go on in China?"


def test_earlier_questions_are_read_alike() -> None:
    earlier = (Turn("When wil Putin vist China?", "In May."),)
    read = SPELLING.applied(Question("and bejing?", DAY, earlier))
    assert read == Question("and Beijing?", DAY, (Turn("When will Putin visit China?", "In May."),))


@given(st.text(max_size=60))
def test_what_was_read_once_is_read_alike_again(text: str) -> None:
    read = SPELLING.written(text)
    assert SPELLING.written(read) == read


@given(st.lists(st.sampled_from(TEXT.split()), max_size=12))
def test_words_of_the_articles_stay_but_for_capitals(chosen: list[str]) -> None:
    text = " ".join(chosen)
    assert SPELLING.written(text).lower() == text.lower()

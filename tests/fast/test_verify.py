"""A sentence of the draft is kept only with evidence that says it."""

from datetime import date

import pytest

from rag.answering.interpret import Interpretation, interpret
from rag.answering.verify import check_sentence, quotable, quote
from rag.domain import Article, Evidence, Published, Question
from rag.reading.times import find_times

DAY = date(2024, 5, 15)
TITLE = "Putin to visit China this week"


def asked(text: str) -> Interpretation:
    return interpret(Question(text, DAY))


def evidence(text: str) -> Evidence:
    published = date(2024, 5, 14)
    article = Article("a.txt", TITLE, text, Published.on(published, "stated"))
    return Evidence(article, 0, len(text), TITLE, 0.9, tuple(find_times(text, published)))


HARBIN = evidence("The Russian president will also visit the city of Harbin in northeast China.")
DAYS = evidence("The Kremlin said that the state visit is scheduled for May 16 and 17.")
PREMIER = evidence("The Russian leader will also hold talks with Chinese Premier Li Qiang.")
ALL = (HARBIN, DAYS, PREMIER)


@pytest.mark.parametrize(
    ("question", "sentence", "backing"),
    [
        ("Which city will Putin visit?", "Putin will visit Harbin.", HARBIN),
        ("When will Putin visit China?", "The visit is scheduled for May 16 and 17.", DAYS),
        ("When will Putin visit China?", "Putin will visit China on May 16 and 17, 2024.", DAYS),
        ("Who is the premier?", "The Chinese premier is Li Qiang.", PREMIER),
    ],
)
def test_a_supported_sentence_cites_what_says_it(
    question: str, sentence: str, backing: Evidence
) -> None:
    checked = check_sentence(sentence, asked(question), ALL)
    assert checked is not None
    assert (checked.evidence, checked.verdict, checked.text) == (backing, "supported", sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("Which city will Putin visit?", "Putin will visit Shanghai.", id="name"),
        pytest.param("When will Putin visit?", "The visit is on May 18.", id="day"),
        pytest.param("When will Putin visit?", "The visit is scheduled for May 2025.", id="year"),
        pytest.param("When will Putin visit?", "Putin will visit China.", id="no day given"),
        pytest.param(
            "When is the visit?", "The state visit is scheduled for this week.", id="unit"
        ),
        pytest.param("Why was it cancelled?", "The state visit was cancelled.", id="premise"),
        pytest.param("Who is the Chinese premier?", "It is the Chinese premier.", id="nobody"),
        pytest.param("How many cities?", "He will visit the city of Harbin.", id="no number"),
        pytest.param("Which city?", "Harbin was bombed by rebels yesterday night.", id="words"),
        pytest.param(
            "Which city will Putin visit?", "He will visit Harbin, see a.example/pay.", id="address"
        ),
        pytest.param("Which city will Putin visit?", "He visited Harbin.", id="plan told as done"),
        pytest.param("Which city?", "He will not visit the city of Harbin.", id="denied"),
    ],
)
def test_a_sentence_that_no_evidence_says_is_dropped(question: str, sentence: str) -> None:
    assert check_sentence(sentence, asked(question), ALL) is None


def test_the_fallback_is_the_evidence_word_for_word() -> None:
    checked = quote(HARBIN, asked("Which city?"))
    assert checked.verdict == "quoted"
    assert HARBIN.quote in checked.text


def test_only_a_quote_with_the_kind_of_thing_asked_for_is_offered() -> None:
    question = asked("When will Putin visit China?")
    assert quotable(DAYS, question)
    assert not quotable(PREMIER, question)


def test_a_quote_says_which_days_it_means() -> None:
    question = asked("When will Putin visit China?")
    assert quote(DAYS, question).text.endswith("(May 16 and 17: 16 to 17 May 2024)")


def test_relative_days_are_made_absolute() -> None:
    later = evidence("Putin will visit China later this week.")
    checked = check_sentence(later.quote, asked("When will Putin visit China?"), [later])
    assert checked is not None
    assert checked.text == "Putin will visit China between 14 and 19 May 2024."

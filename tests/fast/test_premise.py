"""What speaks against a question's premise is the nearest evidence, and said to be so."""

from dataclasses import replace
from datetime import date

import pytest

from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.answering.evidence.sentences import sentences
from rag.answering.question.interpret import interpret
from rag.answering.selection.premise import denied
from rag.domain import Answer, Article, Published, Question
from rag.index.store import Index
from tests.fakes import FakeChat
from tests.fakes_index import FakeEmbedder

AGAINST = "What comes nearest speaks against it."
WAR = Article(
    "war.txt",
    "China and Russia",
    "China has asked for talks on the war in Ukraine. "
    "China is an ally of Russia in a war in Ukraine that Beijing has never condemned.",
    Published.on(date(2025, 3, 28), "stated"),
)
VISIT = Article(
    "visit.txt",
    "Wang Yi to visit Russia",
    "Wang Yi will visit Russia from March 31 to April 2.",
    Published.on(date(2025, 3, 28), "stated"),
)


def ask(text: str, *articles: Article, chat: FakeChat | None = None) -> Answer:
    embedder = FakeEmbedder()
    retriever = Retriever(Index.in_memory(articles, embedder), embedder)
    return Assistant(retriever, chat).ask(Question(text, date(2025, 4, 1)))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("When did China condemn the war in Ukraine?", "never condemned"),
        ("Why did Wang Yi cancel his visit to Russia?", "will visit Russia"),
    ],
)
def test_a_false_premise_is_met_with_what_speaks_against_it(text: str, quoted: str) -> None:
    answer = ask(text, WAR, VISIT)
    assert answer.status == "abstained"
    assert answer.text.endswith(AGAINST)
    assert quoted in answer.nearest[0].quote


def test_what_denies_it_answers_whether_it_is_so() -> None:
    knows_nothing = FakeChat(short_answer="unknown", doubt=0.9)
    answer = ask("Has China condemned the war in Ukraine?", WAR, chat=knows_nothing)
    assert (answer.status, answer.claims[0].verdict) == ("answered", "quoted")
    assert "never condemned" in answer.claims[0].text


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("Has China condemned the war in Ukraine?", True),
        ("When did China condemn the war in Ukraine?", False),
        ("Was the visit to Russia cancelled?", False),
    ],
)
def test_only_whether_it_is_so_is_answered_by_what_denies_it(text: str, is_denied: bool) -> None:
    interpretation = interpret(Question(text, date(2025, 4, 1)))
    items = [item for article in (WAR, VISIT) for item in sentences(article)]
    assert (denied(interpretation, items) is not None) is is_denied


@pytest.mark.parametrize(
    "beside",
    ["China has asked for talks on", "On May 3 China will hold talks on"],  # the latter is a plan
)
def test_a_denial_answers_beside_what_has_more_of_the_names(beside: str) -> None:
    denial = "NATO calls Beijing an enabler of the war, which it has never condemned."
    article = replace(WAR, text=f"{beside} the war in Ukraine. {denial}")
    told = ask("Has China condemned the war in Ukraine?", article)
    assert (told.status, "never condemned" in told.text) == ("answered", True)
    assert ask("Did China condemn the war in Ukraine in 2023?", article).status == "abstained"
    assert ask("Did China condemn the war in Gaza?", article).status == "abstained"


def test_an_older_plan_does_not_answer_whether_it_was_called_off() -> None:
    answer = ask("Was Wang Yi's visit to Russia cancelled?", VISIT)
    assert (answer.status, answer.claims) == ("abstained", ())
    assert answer.text.endswith(AGAINST)


@pytest.mark.parametrize(
    "text",
    [
        "When did India condemn the war in Ukraine?",
        "Why did Lavrov cancel his visit to Russia?",
        "Why has China not condemned the strike in Gaza?",
        "When did Wang Yi last visit Berlin?",
    ],
)
def test_of_other_people_and_other_events_nothing_is_said(text: str) -> None:
    answer = ask(text, WAR, VISIT)
    assert answer.status == "abstained"
    assert AGAINST not in answer.text


def test_what_was_called_off_is_no_false_premise() -> None:
    text = "Wang Yi called off his visit to Russia, Moscow said."
    off = Article("off.txt", "A visit", text, VISIT.published)
    assert AGAINST not in ask("Why did Wang Yi call off his visit to Russia?", off).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Why was the visit of Putin to India called off?", "Putin will not visit India in May."),
        ("Why did Trump cancel his visit to China?", "Trump had planned a visit to China."),
        (
            "Why did Trump cancel his visit to China?",
            "Trump's visit to China was delayed by a row.",
        ),
        ("Where did Putin meet Trump in Egypt?", "Putin and Trump did not meet Sisi in Egypt."),
    ],
)
def test_what_only_fits_or_is_of_somebody_else_speaks_against_nothing(
    question: str, told: str
) -> None:
    article = Article("a.txt", "News", told, VISIT.published)
    assert AGAINST not in ask(question, article).text


def test_what_another_denies_beneath_a_title_with_the_name_denies_nothing() -> None:
    told = "Elizabeth Warren said that she's not running and would be supporting Biden."
    rivals = Article("a.txt", "Will Kamala Harris run?", told, VISIT.published)
    assert AGAINST not in ask("Will Kamala Harris run with Biden?", rivals).text


def test_what_only_the_title_speaks_of_is_not_denied_beneath_it() -> None:
    told = "Musk said he didn't want to be the chief of any other firm."
    poll = Article("a.txt", "Poll: users favor Musk stepping down", told, VISIT.published)
    assert AGAINST not in ask("Did users want Musk to step down?", poll).text

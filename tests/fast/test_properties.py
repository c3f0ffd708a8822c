"""What a sentence tells by its form: a birth, what a thing is, how many people live there."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from rag.answering.evidence.properties import days_of, told_without_name
from rag.answering.evidence.sentences import rank_evidence
from rag.answering.language.terms import terms
from rag.answering.question.interpret import Asked, Interpretation, interpret
from rag.answering.quotes import quotable, quote
from rag.answering.verify import check_sentence
from rag.domain import Article, Evidence, Published, Question
from rag.reading.times import find_times
from tests.fakes_index import FakeEmbedder

SPARK = "Muriel Spark (1 February 1918 – 13 April 2006) was a Scottish novelist."
RUMBOLD = "Sir Horace Rumbold, 8th Baronet, (2 July 1829 – 3 November 1913) was a diplomat."
CENSUS = "As of the census of 2010, there were 3,559 people, 1,575 households and 909 families."


def evidence(text: str, title: str = "News") -> Evidence:
    article = Article("a", title, text, Published.unknown())
    return Evidence(article, 0, len(text), title, 0.8, tuple(find_times(text, None)))


def asking(asked: Asked, topic: str, names: str) -> Interpretation:
    """A question of this kind for this property of all that is named."""
    question = interpret(Question(f"What {topic} {names}", date(2024, 5, 15)))
    return replace(question, asked=asked)


def quoted(question: str, sentence: str, title: str = "News") -> bool:
    asked = interpret(Question(question, date(2024, 5, 15)))
    return quotable(evidence(sentence, title), asked)


@pytest.mark.parametrize(
    ("asked", "sentence", "told"),
    [
        ("day", SPARK, "born die"),
        ("other", SPARK, "profession"),
        ("other", "Sir Ian Murray, PC (born 20 June 1954) is a British judge.", "profession"),
        ("other", "BRICS, also known as the Big Five, is a bloc of economies.", "famous"),
        ("other", "A Single Man is a 2009 American drama film based on a novel.", "medium genre"),
        ("other", CENSUS, "population"),
        ("other", "There are 837 people living in the village.", "population"),
        ("number", "The town is home to some 12,000 people.", "live"),
        ("person", "Familiar Stranger is an album by country singer Mark Wills.", "artist"),
        ("person", "The Symphony No. 1 in C major by Mily Balakirev lasts an hour.", "composer"),
        ("where", "The school is a public high school in Thimphu, Bhutan.", "located"),
        ("other", "He was drafted to play football.", "sport"),
        ("other", "She was elected as a Republican.", "party"),
    ],
)
def test_a_property_is_told_without_the_word_for_it(asked: Asked, sentence: str, told: str) -> None:
    assert terms(told) <= told_without_name(sentence, asking(asked, told, sentence))
    assert not terms(told) & terms(sentence)


@pytest.mark.parametrize(
    ("asked", "sentence", "untold"),
    [
        ("day", "President Barack Obama (2009 – 2017) spoke.", "born"),  # an office, no life
        ("day", "The Second World War (1939–1945) was a catastrophe.", "born"),
        ("where", SPARK, "born"),
        ("where", CENSUS, "live"),
        ("where", "Wang Yi is a seasoned diplomat.", "famous"),
        ("other", "Familiar Stranger is an album by Mark Wills.", "artist"),
        ("other", "Putin's trip is a sign of trust.", "known"),
        ("other", "Putin was the first to arrive.", "known"),
        ("other", "Putin said that Lavrov is a veteran diplomat.", "profession"),
        ("other", "The Kabul bombing killed 12 people.", "population"),
        ("other", "There were 12 people in the car.", "population"),
        ("other", "The strike killed 12 people living in tents.", "population"),
        ("other", "Biden accused Republicans of delay.", "party"),
        ("person", "The film was condemned by Moscow.", "author"),
        ("person", "A book by the end of May was promised.", "author"),
        ("where", "The firm was fined in France.", "located"),
        ("other", "The bracing air did him good.", "sport"),
    ],
)
def test_what_only_looks_alike_tells_no_property(asked: Asked, sentence: str, untold: str) -> None:
    assert not terms(untold) & told_without_name(sentence, asking(asked, untold, sentence))


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        ("When was Muriel Spark born?", SPARK, True),
        ("What was the profession of Muriel Spark?", SPARK, True),
        ("When was Jean Brodie born?", SPARK, False),
        ("When was Horace Rumbold born?", RUMBOLD, True),
        ("When was Muriel Spark born?", "Muriel Spark taught Jean Brodie (1890–1960).", False),
        ("Where is Gazprom located?", "Gazprom is a supplier of gas in Europe.", False),
        ("Where is Gazprom located?", "Gazprom is a large firm in Russia.", True),
        ("Where is Bakhmut located?", "Bakhmut was the main topic in Geneva.", False),
        ("Where is Bakhmut located?", "Bakhmut is a city in Ukraine.", True),
        ("Where was Muriel Spark born?", SPARK[:-1] + " in Florence.", False),
        ("What is the population of Broken Bow?", CENSUS, False),
        ("What party is John Dailey affiliated with?", "John Dailey ran as a Democrat.", True),
        ("What party does John Dailey belong to?", "John Dailey ran as a Democrat.", True),
        ("What was Muriel Spark's profession?", SPARK, True),
        ("What is the genre of Six Feet Under?", "Six Feet Under is an American band.", True),
        ("What is the genre of Six Feet Under?", "Six Inches Over is an American band.", False),
    ],
)
def test_such_a_sentence_may_answer_where_it_names_what_is_asked(
    question: str, sentence: str, answers: bool
) -> None:
    assert quoted(question, sentence) == answers


def test_its_article_may_name_it() -> None:
    assert quoted("What is the population of Broken Bow?", CENSUS, title="Broken Bow, Nebraska")


def test_evidence_that_tells_it_ranks_before_what_only_has_the_name() -> None:
    article = Article("a", "News", f"Muriel Spark left. {SPARK}", Published.unknown())
    asked = interpret(Question("When was Muriel Spark born?", date(2024, 5, 15)))
    best, _ = rank_evidence(asked, [article], FakeEmbedder())
    assert best.quote == SPARK


def test_it_is_quoted_and_not_reworded() -> None:
    """No check sees which of its figures or names is the property."""
    asked = interpret(Question("What is the medium of A Single Man?", date(2024, 5, 15)))
    film = evidence("A Single Man is a drama film based on a novel.")
    checked = check_sentence("The medium of A Single Man is a novel.", asked, [film])
    assert checked is not None
    assert (checked.verdict, checked.text) == ("quoted", f"“{film.quote}”")


def test_the_days_of_a_life_are_quoted_beside_its_year() -> None:
    asked = interpret(Question("When was Harry Parkes born?", date(2024, 5, 15)))
    life = evidence("Parkes (born 1888) Harry Parkes (3 May 1888 – 5 March 1947) was a footballer.")
    checked = check_sentence("Harry Parkes was born in 1888.", asked, [life])
    assert checked is not None
    assert checked.verdict == "quoted"


def test_of_a_life_the_day_that_is_asked_for_counts() -> None:
    life = evidence(SPARK)
    assert [it.last_day for it in days_of(life, asking("day", "born", life.quote))] == [
        date(1918, 2, 1)
    ]
    assert [it.first_day for it in days_of(life, asking("day", "die", life.quote))] == [
        date(2006, 4, 13)
    ]
    assert days_of(life, asking("day", "visit", life.quote)) == list(life.spans)
    apart = evidence("William Carrier (1887 – after 1911) was a footballer.")
    assert [it.text for it in days_of(apart, asking("day", "born", apart.quote))] == ["1887"]
    assert [it.text for it in days_of(apart, asking("day", "die", apart.quote))] == ["1911"]


@pytest.mark.parametrize(
    ("life", "born", "died"),
    [
        (
            "1918 – 2006",
            (date(1918, 1, 1), date(1918, 12, 31)),
            (date(2006, 1, 1), date(2006, 12, 31)),
        ),
        (
            "May 1918 – 13 April 2006",
            (date(1918, 5, 1), date(1918, 5, 31)),
            (date(2006, 4, 13), date(2006, 4, 13)),
        ),
        (
            "c. 1918 – 2006",
            (date(1918, 1, 1), date(1918, 12, 31)),
            (date(2006, 1, 1), date(2006, 12, 31)),
        ),
    ],
)
def test_a_year_of_birth_is_any_day_of_it(
    life: str, born: tuple[date, date], died: tuple[date, date]
) -> None:
    told = evidence(f"Muriel Spark ({life}) was a Scottish novelist.")
    for deed, days in (("born", born), ("die", died)):
        [span] = days_of(told, asking("day", deed, told.quote))
        assert (span.first_day, span.last_day) == days


def test_a_quote_explains_no_other_days_than_those_asked_for() -> None:
    asked = interpret(Question("When was Muriel Spark born?", date(2024, 5, 15)))
    life = evidence(SPARK.replace("novelist", "novelist of the nineteenth century"))
    assert quote(life, asked).text == f"“{life.quote}”"


def test_where_the_birth_is_not_known_the_death_is_not_taken_for_it() -> None:
    life = evidence("Anna Green (in spring 1699 or 1701 – October 29, 1751) was a printer.")
    assert date(1751, 10, 29) not in [
        it.last_day for it in days_of(life, asking("day", "born", life.quote))
    ]


WHO, WHAT = "Who is Wang Yi?", "What is the SCO?"


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        (WHO, "Chinese Foreign Minister Wang Yi arrived on Monday.", True),
        (WHO, "Wang Yi is a seasoned diplomat.", True),
        (WHO, "On Thursday, France's top diplomat told Wang Yi that China must act.", False),
        (WHO, "Russian Foreign Minister Sergei Lavrov met Wang Yi.", False),
        (WHO, "Wang Yi arrived on Monday.", False),
        (WHO, "Wang Peng is a Chinese footballer.", False),
        ("Who is Anna Berg?", "Foreign Minister Anna Lind met Berg.", False),
        (WHAT, "They founded the SCO, a Eurasian security organization.", True),
        (WHAT, "The Shanghai Cooperation Organization is a security bloc.", True),
        (WHAT, "In the SCO, a week went by.", False),
        (WHAT, "China wants more coordination in the SCO.", False),
    ],
)
def test_who_or_what_a_name_stands_for_is_told_by_what_it_is(
    question: str, sentence: str, answers: bool
) -> None:
    assert quoted(question, sentence) == answers


@pytest.mark.parametrize("asked", ["day", "number", "other", "person", "where"])
@pytest.mark.parametrize("text", ["A ", "a (1", "A (1 – ", "film in ", "is a in ", "1 people "])
def test_no_text_takes_long(text: str, asked: Asked) -> None:
    started = process_time()
    told_without_name(text * 9_999, asking(asked, "profession", "Anna Berg"))
    assert process_time() - started < 0.2

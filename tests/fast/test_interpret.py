"""What a question asks for."""

import time
from datetime import date

import pytest

from rag.answering.language.terms import terms
from rag.answering.question.interpret import interpret
from rag.answering.question.period import Period
from rag.domain import Question, Turn

DAY = date(2025, 4, 1)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("When will Wang Yi visit Russia?", "day"),
        ("On which day does the summit open?", "day"),
        ("Who is the Chinese premier?", "person"),
        ("Which city in northeast China will Putin visit?", "place"),
        ("Where will they meet?", "where"),
        ("How many documents were signed?", "number"),
        ("Why did Xi go to Moscow?", "reason"),
        ("What is the reason for the delay?", "reason"),
        ("Which anniversary do they mark?", "other"),
        ("Who said when the visit would be?", "person"),
        ("What is the release date of Season 11?", "day"),
        ("What was the deadliest day of the war?", "day"),
        ("What are the two countries doing this year?", "other"),
        ("Did Putin visit Harbin?", "whether"),
        ("Is Putin planning another trip to China, and if so, when?", "day"),
        ("Can you tell me of the trip?", "other"),
        ("What is the location of the summit?", "where"),
        ("Super Bowl 2021 location", "where"),
        ("putin china trip dates?", "day"),
        ("What did they say about the dates", "other"),
        ("Did they agree on a venue?", "whether"),
        ("date", "other"),
        ("How soon could the rocket start?", "day"),
        ("Ye, who changed his name, buys which platform?", "other"),
        ("When Putin visited China, whom did he meet?", "person"),
        ("When did Putin, who met Xi, go home?", "day"),
        ("After the crash, who resigned?", "person"),
        ("Which judge rejected the request?", "person"),
    ],
)
def test_the_kind_of_thing_asked_for(text: str, asked: str) -> None:
    assert interpret(Question(text, DAY)).asked == asked


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("When is Putin's next planned trip to China?", "next"),
        ("When will Xi visit Russia?", "next"),
        ("How soon could Xi visit Russia?", "next"),
        ("Where is Xi to meet Putin?", "next"),
        ("Who is the latest official known to have been received?", "last"),
        ("When did Xi visit Moscow?", "past"),
        ("Where is the willow?", "any"),
        ("Who is to attend the summit?", "next"),
        ("Is Trump's envoy to visit Moscow?", "next"),
        ("What is the reaction of China to the tariffs?", "any"),
        ("What is China's reaction to tariffs?", "any"),
        ("What is Russia doing to end the war?", "any"),
        ("What is the population of Furna according to the 2010 census?", "any"),
        ("Who was told about the willow?", "past"),
        ('Who is the singer of "Welcome to My World"?', "any"),  # a title asks for nothing
    ],
)
def test_whether_it_asks_for_what_is_ahead_or_behind(text: str, intent: str) -> None:
    assert interpret(Question(text, DAY)).intent == intent


def test_the_topic_is_what_is_asked_besides_the_names() -> None:
    assert interpret(Question("When will Xi visit Russia?", DAY)).topic == {"visit"}


def test_what_only_says_who_told_it_is_no_topic() -> None:
    asked = interpret(Question("What was the toll in Furna according to the mayor?", DAY))
    assert asked.topic == {"toll", "mayor"}


def test_a_line_of_titles_takes_no_time() -> None:
    started = time.process_time()
    assert not interpret(Question(f"Please say what did {'President ' * 5_000}", DAY)).deed
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("What did Putin pay for the trip to China?", {"pay"}),
        ("Which papers will the two leaders sign in Beijing?", {"sign"}),
        ("What did Chinese Premier Li Qiang first visit?", {"visit"}),
        ("What was signed in Beijing?", set()),
        ("How does Beijing refer to the war?", set()),
        ("What did the talks in Beijing cost?", set()),
    ],
)
def test_what_somebody_is_asked_to_have_done(text: str, deed: set[str]) -> None:
    assert interpret(Question(text, DAY)).deed == deed


def test_the_words_that_ask_are_no_topic() -> None:
    assert interpret(Question("How old is Putin?", DAY)).topic == terms("aged")
    assert interpret(Question("How does NATO describe the war?", DAY)).topic == {"war"}
    assert interpret(Question("In what year was the SCO founded?", DAY)).topic == {"establish"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("When was Putin last in China?", {"visit"}),
        ("When will Putin next be in China?", {"visit"}),
        ("In which month was Shoigu in Beijing?", set()),
        ("When was Putin last on holiday in China?", {"holiday"}),
        ("What is the latest in Ukraine?", set()),
        ("What is planned in Berlin?", set()),
    ],
)
def test_to_have_been_somewhere_last_is_to_have_visited_it(text: str, topic: set[str]) -> None:
    assert interpret(Question(text, DAY)).topic == topic


def test_the_topic_of_a_follow_up_is_its_own() -> None:
    earlier = Turn("Which city will Putin visit?", "Harbin. [1]")
    assert interpret(Question("Whom will he meet there?", DAY, (earlier,))).topic == {"meet"}


def test_what_is_said_before_the_sentence_that_asks_is_what_it_is_about() -> None:
    text = "Ash Carter died at 68 in May 2022. When did he serve under a president?"
    led = interpret(Question(text, DAY))
    assert led.names == {"ash", "carter"}
    assert led.topic >= terms("died 68 president serve")
    assert (led.asked, led.period, led.deed) == ("day", None, frozenset())
    assert interpret(Question("Hello. Who is Wang Yi?", DAY)).topic == terms("known")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Who resigned this week?", date(2025, 3, 30), date(2025, 4, 6)),  # from Sunday
        ("Who resigned before this week?", date.min, date(2025, 3, 30)),
        ("Who has resigned since this week?", date(2025, 3, 31), date.max),
        ("Who resigned this month?", date(2025, 4, 1), date(2025, 4, 30)),
    ],
)
def test_the_period_a_question_is_about(text: str, first: date, last: date) -> None:
    assert interpret(Question(text, DAY)).period == Period(first, last)


@pytest.mark.parametrize("text", ["Is it true? When is it?", "Who is it? Tell me.", "Hello there."])
def test_of_several_questions_all_are_asked(text: str) -> None:
    assert interpret(Question(text, DAY)).asking == text


def test_a_follow_up_carries_the_question_it_points_back_to() -> None:
    earlier = Turn("When will Wang Yi visit Russia?", "From March 31 to April 2. [1]")
    follow_up = interpret(Question("Whom will he meet there?", DAY, (earlier,)))
    assert follow_up.text == "When will Wang Yi visit Russia? Whom will he meet there?"
    assert follow_up.names == {"wang", "yi", "russia"}
    assert follow_up.asked == "person"


def test_a_follow_up_of_a_follow_up_reaches_back_to_the_names() -> None:
    history = (Turn("When will Xi visit Russia?", "May 9. [1]"), Turn("Why will he go?", "..."))
    assert interpret(Question("And for how long?", DAY, history)).text.startswith("When will Xi")


def test_a_question_that_stands_alone_forgets_the_turns_before() -> None:
    earlier = Turn("When will Wang Yi visit Russia?", "...")
    question = Question("Which city will Putin visit in China?", DAY, (earlier,))
    assert interpret(question).text == question.text


def test_who_was_meant_before_is_part_of_what_a_follow_up_is_about() -> None:
    history = (Turn("When will Putin visit China?", "..."), Turn("Will he see the premier?", "..."))
    follow_up = interpret(Question("What will the two of them talk about?", DAY, history))
    assert follow_up.topic == {"meet", "premier"}


def test_of_the_date_of_something_the_something_is_asked() -> None:
    asked = interpret(Question("What is the release date of the film?", DAY))
    assert asked.topic == {"releas", "film"}


@pytest.mark.parametrize(
    "text",
    [
        "When will President Putin visit Chinese premier Li Qiang?",
        "When will Putin visit Chinese Premier Li Qiang?",
    ],
)
def test_what_somebody_is_called_is_no_name(text: str) -> None:
    assert interpret(Question(text, DAY)).names == {"putin", "chinese", "li", "qiang"}


@pytest.mark.parametrize(
    "text",
    [
        "WHEN IS PUTIN'S NEXT TRIP TO CHINA?",
        "When Is The Next Planned Trip From Moscow To China?",
    ],
)
def test_a_line_of_capitals_names_nobody(text: str) -> None:
    assert interpret(Question(text, DAY)).names == frozenset()


@pytest.mark.parametrize(
    ("text", "stands_alone"),
    [
        ("And when will Putin visit China in return?", True),
        ("Why did Putin go to China?", True),
        ("And Wang Yi's to Russia?", False),
        ("And what about Putin?", False),
        ("And when will he visit China?", False),
        ("But why?", False),
    ],
)
def test_a_follow_up_that_names_and_tells_all_of_it_stands_alone(
    text: str, stands_alone: bool
) -> None:
    earlier = (Turn("When will Xi visit Russia?", "..."),)
    follow_up = interpret(Question(text, DAY, earlier))
    assert (follow_up.text == text, follow_up.refers_back) == (stands_alone, not stands_alone)


def test_who_is_left_out_need_not_be_named() -> None:
    asked = interpret(Question("Whom besides Xi Jinping will Putin meet?", DAY))
    assert (asked.names, asked.topic) == ({"putin"}, {"meet"})


@pytest.mark.parametrize(
    ("text", "is_first"),
    [
        ("Which city will Putin visit next?", True),
        ("What is the next visit?", True),
        ("Who will visit Russia next week?", False),
        ("What happens next Monday?", False),
        ("Which upcoming visit is planned?", False),
    ],
)
def test_next_asks_for_the_first_but_not_of_next_week(text: str, is_first: bool) -> None:
    assert interpret(Question(text, DAY)).asks_for_first is is_first


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who is Wang Yi?", True),
        ("Who's Premier Li Qiang?", True),
        ("What is the Shanghai Cooperation Organization?", True),
        ("Who is the CEO of Northbank?", False),
        ("Who is Russia's president?", False),
        ("Who was Russian President?", False),
        ("What is China's position?", False),
        ("Where is Harbin?", False),
    ],
)
def test_who_or_what_a_name_stands_for_is_what_it_is_known_for(text: str, asks: bool) -> None:
    interpretation = interpret(Question(text, DAY))
    assert ("known" in interpretation.topic) == ("known" in interpretation.terms) == asks
    assert (interpretation.asked == "other") == (asks or "China" in text)

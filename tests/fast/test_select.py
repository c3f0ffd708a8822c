"""Which evidence an answer may rest on: the day asked decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from rag.answering.evidence.about import unnamed
from rag.answering.evidence.topic import Topic
from rag.answering.question.interpret import interpret
from rag.answering.selection.chosen import Selection
from rag.answering.selection.select import select_evidence
from rag.domain import Article, Evidence, Meant, Published, Question, TimeSpan
from rag.reading.times import find_times

TRIP = "When is Putin's next trip to China?"


def evidence(
    quote: str,
    published: str,
    days: tuple[str, str] | None = None,
    score: float = 0.8,
    title: str = "News",
) -> Evidence:
    """A one-sentence article; ``days`` are the days its sentence speaks of."""
    day = date.fromisoformat(published)
    article = Article(published, title, quote, Published.on(day, "stated"))
    spans = () if days is None else (span(*days),)
    return Evidence(article, 0, len(quote), title, score, spans)


def span(first: str, last: str) -> TimeSpan:
    return TimeSpan("then", 0, 4, date.fromisoformat(first), date.fromisoformat(last), first)


def select(text: str, as_of: str, ranked: Sequence[Evidence]) -> Selection:
    return select_evidence(interpret(Question(text, date.fromisoformat(as_of))), ranked)


VAGUE = evidence("Putin will visit China this year.", "2024-04-09", ("2024-04-09", "2024-12-31"))
EXACT = evidence("Putin will visit China on May 16.", "2024-05-14", ("2024-05-16", "2024-05-17"))
AUTUMN = evidence("Putin will visit China in August.", "2025-03-28", ("2025-08-21", "2025-09-10"))
TWO_DAYS = ("2024-05-16", "2024-05-17")
DONE = evidence("Putin has left China after his visit.", "2024-05-21")


def test_before_the_days_are_known_the_vague_plan_answers() -> None:
    assert select(TRIP, "2024-04-12", [VAGUE]) == Selection((VAGUE,), "answered")


def test_the_newest_plan_still_ahead_answers() -> None:
    assert select(TRIP, "2024-05-15", [VAGUE, EXACT]).evidence == (EXACT,)


def test_a_vague_plan_made_exact_does_not_outlive_the_days_it_became() -> None:
    selection = select(TRIP, "2024-06-01", [VAGUE, EXACT])
    assert selection == Selection((EXACT,), "stale")


def test_a_plan_that_a_later_article_tells_as_past_is_no_plan_any_more() -> None:
    assert select(TRIP, "2024-05-22", [VAGUE, EXACT, DONE]).reason == "past_only"


def test_the_last_plan_is_stale_once_its_days_have_passed() -> None:
    assert select(TRIP, "2025-09-10", [VAGUE, EXACT, AUTUMN]).status == "answered"
    assert select(TRIP, "2025-09-11", [VAGUE, EXACT, AUTUMN]) == Selection((AUTUMN,), "stale")


def test_a_plan_is_never_told_as_an_outcome() -> None:
    assert select("When did Putin visit China?", "2025-04-01", [EXACT]).status == "stale"
    assert select("When did Putin visit China?", "2024-05-15", [EXACT]).reason == "unsupported"


def test_a_question_about_the_past_is_answered_by_what_had_happened() -> None:
    told = evidence("Putin visited China in October.", "2024-05-14", ("2023-10-01", "2023-10-31"))
    selection = select("When did Putin visit China?", "2025-04-01", [EXACT, told])
    assert selection == Selection((told,), "answered")


def test_a_name_the_evidence_does_not_hold_is_no_evidence() -> None:
    assert select("When is Putin's next trip to India?", "2024-05-15", [EXACT]).reason == (
        "no_evidence"
    )


def test_a_name_may_stand_in_the_title() -> None:
    titled = evidence(
        "The visit is on May 16.",
        "2024-05-14",
        ("2024-05-16", "2024-05-16"),
        title="Putin in China",
    )
    assert select(TRIP, "2024-05-15", [titled]).evidence == (titled,)


def test_a_sentence_that_opens_with_another_name_is_about_that_one() -> None:
    quote = "Xi's visit to China's neighbour is on May 9, said Xi."
    other = evidence(quote, "2024-05-14", ("2025-05-09", "2025-05-09"), title="Putin in China")
    assert select(TRIP, "2024-05-15", [other]).reason == "no_evidence"


def test_the_right_names_with_another_topic_are_no_evidence() -> None:
    phone_call = evidence(
        "Putin phoned China's leader.", "2024-05-14", ("2024-05-16", "2024-05-16")
    )
    assert select(TRIP, "2024-05-15", [phone_call]).reason == "no_evidence"


def test_when_is_not_answered_by_a_sentence_without_a_day() -> None:
    assert select(
        TRIP, "2024-05-15", [evidence("Putin will visit China.", "2024-05-14")]
    ).reason == ("unsupported")


def test_evidence_far_weaker_than_the_best_is_left_out() -> None:
    weak = evidence("Putin will visit China and Mongolia.", "2024-05-14", score=0.2)
    strong = evidence("Putin will visit Harbin in China.", "2024-05-14", score=0.9)
    assert select(
        "Which city in China will Putin visit?", "2024-05-15", [strong, weak]
    ).evidence == (strong,)


HARBIN = evidence("Putin will also visit the city of Harbin.", "2024-05-14")
SETTLED = evidence(
    "Putin will see Harbin, founded by settlers in the 19th century.",
    "2024-05-14",
    ("1801-01-01", "1900-12-31"),
)


def test_where_he_will_go_is_told_of_what_is_still_ahead() -> None:
    question = "Which city will Putin visit?"
    told = evidence("Putin visited Beijing in October.", "2024-05-14", ("2023-10-01", "2023-10-31"))
    assert select(question, "2024-05-15", [HARBIN, told]) == Selection((HARBIN,), "answered")
    assert select(question, "2024-05-15", [told]).reason == "past_only"


def test_a_plan_without_a_day_passes_with_the_days_of_its_article() -> None:
    text = f"{EXACT.quote} {HARBIN.quote}"
    article = Article("both", "News", text, EXACT.article.published)
    exact, city = replace(EXACT, article=article), replace(HARBIN, article=article)
    question = "Which city of China will Putin visit?"
    city = replace(city, context="China", start=len(EXACT.quote) + 1, end=len(text))
    assert select(question, "2024-05-15", [city, exact]).evidence[0] == city
    assert select(question, "2024-05-20", [city, exact]).status == "stale"


def test_what_only_a_title_announces_does_not_outlive_the_plan() -> None:
    plan = evidence("Putin will visit China on May 16 to open a forum.", "2024-05-14", TWO_DAYS)
    beneath = evidence("Putin is glad of it.", "2024-04-09", title="Putin to visit China")
    why = "Why will Putin visit China?"
    assert select(why, "2024-05-15", [plan, beneath]).evidence == (plan,)
    assert select(why, "2024-06-01", [plan, beneath]) == Selection((plan,), "stale")


def test_what_was_only_announced_is_no_answer_to_whether_it_happened() -> None:
    assert select("Did Putin visit Harbin?", "2024-06-01", [HARBIN]).status == "abstained"
    assert select("Which city did settlers found?", "2024-06-01", [SETTLED]).status == "answered"


def test_the_last_time_is_the_latest_that_had_happened() -> None:
    first = evidence("Lavrov met Wang on April 9.", "2024-04-10", ("2024-04-09", "2024-04-09"))
    second = evidence("Lavrov met Wang on Monday.", "2024-05-21", ("2024-05-20", "2024-05-20"))
    question = "When did Lavrov last meet Wang?"
    assert select(question, "2024-06-01", [first, second]).evidence == (second,)
    assert select(question, "2024-05-01", [first]).evidence == (first,)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Who visited China in May 2024?", True),
        ("Who visited China in June 2024?", False),
        ("Who visited China since April 2024?", True),
        ("Who visited China before May 2024?", False),
        ("Who visited China last month?", True),
        ("Who visited China this week?", False),
    ],
)
def test_a_period_in_the_question_leaves_out_what_was_at_other_times(
    question: str, held: bool
) -> None:
    visit = evidence("Lavrov visited China on May 20.", "2024-05-21", ("2024-05-20", "2024-05-20"))
    assert bool(select(question, "2024-06-15", [visit]).evidence) is held


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        ("Rybakina won in 2021.", True),
        ("Rybakina won her first match since 2021.", False),
        ("As of 2021, Rybakina won most.", False),
        ("Rybakina won before 2021.", False),
        ("Rybakina won from 28 June to 10 July 2021.", True),
    ],
)
def test_a_time_that_only_bounds_another_is_not_the_one_asked_about(quote: str, held: bool) -> None:
    item = told(quote, "2022-07-09")
    assert bool(select("Who won in 2021?", "2022-12-01", [item]).evidence) is held


def test_as_of_a_year_tells_how_many_there_were_in_it() -> None:
    lived = told("As of 2021, 3.6 million people lived in Berlin.", "2022-07-09")
    before = told("In 1990 some 3.4 million people lived in Berlin.", "2022-07-09")
    for when in ("in 2021", "as of 2021"):
        question = f"How many people lived in Berlin {when}?"
        assert select(question, "2022-12-01", [before, lived]).evidence == (lived,)


def test_a_sentence_without_a_day_tells_of_the_day_it_was_printed() -> None:
    visit = evidence("Lavrov is in China.", "2024-05-21")
    assert select("Who is in China in May 2024?", "2024-06-15", [visit]).evidence == (visit,)
    assert select("Who is in China this week?", "2024-06-15", [visit]).evidence == ()


def test_a_whole_year_tells_nothing_of_one_month() -> None:
    question = "Who visited China in August 2024?"
    visit = evidence("Lavrov visited China in 2024.", "2025-01-05", ("2024-01-01", "2024-12-31"))
    assert select(question, "2025-04-01", [visit]).evidence == ()
    assert select("Who visited China in 2024?", "2025-04-01", [visit]).evidence == (visit,)


def test_a_plan_does_not_say_what_was_said() -> None:
    plan = evidence(
        "Putin will discuss trade in China on May 16.", "2024-05-14", ("2024-05-16",) * 2
    )
    assert select("What did Putin discuss in China?", "2024-06-01", [plan]).status == "abstained"
    assert select("Did Putin discuss trade in China?", "2024-06-01", [plan]).status == "stale"


def test_what_was_said_may_be_of_what_is_ahead() -> None:
    plan = evidence("Lavrov said the leaders will meet in Astana on July 3.", "2024-05-21")
    question = "What did Lavrov say about Astana?"
    assert select(question, "2024-06-01", [plan]).evidence == (plan,)
    unsaid = evidence("Lavrov and the leaders will meet in Astana on July 3.", "2024-05-21")
    assert select(question, "2024-06-01", [unsaid]).status == "abstained"
    for question in ("When did Lavrov speak of Astana?", "Did Lavrov say the leaders met?"):
        assert select(question, "2024-06-01", [plan]).status != "answered"


def test_what_comes_next_is_what_was_announced() -> None:
    plan = evidence("Putin will travel to China in August.", "2025-03-28", ("2025-08-21",) * 2)
    ties = evidence("Putin values the ties with China.", "2025-03-28")
    question = "Which country will Putin travel to next?"
    assert select(question, "2026-01-01", [ties, plan]) == Selection((plan,), "stale")


def test_whether_it_happened_is_not_told_by_what_was_announced() -> None:
    assert select("Did Putin see Harbin?", "2024-06-01", [SETTLED]).status == "abstained"


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        (
            "When will Lavrov meet Wang?",
            "Lavrov told Wang that Xi and Putin will meet in July.",
            "abstained",
        ),
        (
            "When will Putin meet Xi?",
            "Lavrov told Wang that Xi and Putin will meet in July.",
            "answered",
        ),
        ("When will Lavrov meet Wang?", "Lavrov said he will meet Wang in July.", "answered"),
    ],
)
def test_the_days_of_others_are_not_those_of_who_tells_of_them(
    text: str, quote: str, status: str
) -> None:
    place = quote.index("July")
    told = evidence(quote, "2024-05-21", ("2024-07-01", "2024-07-31"))
    told = replace(told, spans=(replace(told.spans[0], start=place, end=place + 4),))
    assert select(text, "2024-05-22", [told]).status == status


def test_of_several_plans_the_next_is_the_first() -> None:
    late = evidence(
        "Putin will visit the city of Lima in May.", "2024-03-01", ("2024-05-01", "2024-05-31"), 0.9
    )
    soon = evidence(
        "Putin will visit the city of Rome in April.", "2024-03-02", ("2024-04-01", "2024-04-30")
    )
    text = "Which city will Putin visit next?"
    assert select(text, "2024-03-15", [late, soon]).evidence == (soon,)
    assert select(text, "2024-05-15", [late, soon]).evidence == (late,)


def test_the_day_of_an_announcement_is_that_of_who_announced_it() -> None:
    quote = "Trump announced sweeping tariffs on 2 April 2025."
    told = evidence(quote, "2025-04-03", ("2025-04-02", "2025-04-02"))
    place = quote.index("2 April")
    told = replace(told, spans=(replace(told.spans[0], start=place, end=place + 12),))
    asked = "When did Trump announce the tariffs?"
    assert select(asked, "2025-05-01", [told]).status == "answered"


IN_SHORT = evidence(
    "Putin will visit China in August. Russian President Vladimir Putin said so.",
    "2025-03-28",
    ("2025-08-21", "2025-09-10"),
)
IN_SHORT = replace(IN_SHORT, end=len("Putin will visit China in August."))


def test_who_is_named_in_full_in_the_article_is_named_in_short_by_the_sentence() -> None:
    asked = "When is Vladimir Putin's next trip to China?"
    assert select(asked, "2025-04-01", [IN_SHORT]).evidence == (IN_SHORT,)


@pytest.mark.parametrize(("who", "ranked"), [("Igor", IN_SHORT), ("Vladimir", AUTUMN)])
def test_a_name_that_the_article_does_not_have_in_full_is_another(
    who: str, ranked: Evidence
) -> None:
    asked = f"When is {who} Putin's next trip to China?"
    assert select(asked, "2025-04-01", [ranked]).status == "abstained"


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Sergei Lavrov will visit China.", {"shoigu"}),
        ("Sergei will visit China.", set()),
        ("Sergei Announces Visit.", set()),  # as a headline has it
    ],
)
def test_a_first_name_before_another_last_one_is_somebody_else(
    sentence: str, missing: set[str]
) -> None:
    told = evidence(f"{sentence} Sergei Shoigu announces his own plans.", "2025-03-28")
    asked = interpret(Question("When will Sergei Shoigu visit?", date(2025, 4, 1)))
    assert unnamed(replace(told, end=len(sentence)), asked) == missing


def test_what_only_the_title_tells_has_not_the_days_of_the_sentence() -> None:
    asked = "When will Wang Yi meet Putin?"
    title = "Wang Yi to meet officials in Russia"
    under = replace(AUTUMN, article=replace(AUTUMN.article, title=title), context=title)
    assert select(asked, "2025-04-01", [under]).status == "abstained"
    met = evidence("Wang Yi will meet Putin on May 3.", "2025-04-01", ("2025-05-03", "2025-05-03"))
    assert select(asked, "2025-04-01", [under, met]).evidence == (met,)


def test_when_something_is_to_be_is_told_as_the_newest_article_has_it() -> None:
    early = evidence("The bridge will close in April.", "2026-03-03", ("2026-04-15", "2026-04-15"))
    late = evidence(
        "That the bridge is to close is now planned for May.",
        "2026-04-09",
        ("2026-05-04", "2026-05-04"),
    )
    late = replace(late, article=replace(late.article, text="The bridge will close in May. now"))
    late = replace(late, end=len("The bridge will close in May."))
    asked = "When does the bridge close?"
    assert select(asked, "2026-03-10", [early]).evidence == (early,)
    assert select(asked, "2026-04-10", [early, late]).evidence == (late,)
    assert select(asked, "2026-06-10", [early, late]) == Selection((late,), "stale")


def test_a_plan_whose_days_have_passed_is_stale_whatever_is_asked() -> None:
    asked = "What about Putin and China?"
    assert select(asked, "2024-06-01", [EXACT]) == Selection((EXACT,), "stale")
    assert select(asked, "2024-06-01", [EXACT, DONE]) == Selection((DONE,), "answered")


def test_of_what_is_not_named_the_article_with_more_of_it_tells() -> None:
    asked = "How much do the bridge repairs cost?"
    pool = evidence("The repairs cost 310 pounds.", "2026-05-01", title="The pool")
    bridge = evidence("The repairs cost 900 pounds.", "2026-04-01", title="The bridge")
    assert select(asked, "2026-06-01", [pool, bridge]).evidence == (bridge,)


def test_a_spelled_number_counts_what_is_asked_about() -> None:
    asked = "How many workers were hurt?"
    hurt = evidence("Three workers were hurt.", "2026-02-15")
    both = evidence("The two mills had hurt workers.", "2026-02-15")
    assert select(asked, "2026-06-01", [hurt]).evidence == (hurt,)
    assert select(asked, "2026-06-01", [both]).reason == "unsupported"


def test_now_is_no_day_of_what_is_told() -> None:
    asked = "How much will the repairs cost?"
    told = evidence("The repairs will now cost 900 pounds.", "2026-04-09")
    now = TimeSpan("now", 17, 20, date(2026, 4, 9), date(2026, 4, 9), "PRESENT_REF")
    told = replace(told, spans=(now,))
    assert select(asked, "2026-06-01", [told]) == Selection((told,), "answered")


def test_an_article_that_lacks_one_word_of_many_still_tells() -> None:
    asked = "How many workers lost work in the great paper mill fire?"
    one = evidence("The great paper mill fire cost 120 workers their work.", "2026-02-15")
    other = evidence("In the great paper mill fire 130 workers lost their work.", "2026-02-17")
    assert select(asked, "2026-06-01", [other, one]).evidence == (other, one)


@pytest.mark.parametrize("hostile", ["Vladimir-", "Kestrel ", "Kes-Trel "])
def test_a_line_of_names_costs_no_more_than_its_length(hostile: str) -> None:
    long = evidence("Putin will visit China in August.", "2025-03-28")
    text = f"{long.quote} {hostile * 25_000}"
    started = process_time()
    long = replace(long, article=replace(long.article, text=text))
    assert select("When will Vladimir Putin visit China?", "2025-04-01", [long]).evidence == ()
    assert process_time() - started < 5


def told(quote: str, published: str, title: str = "News") -> Evidence:
    """A one-sentence article with the days that its sentence really speaks of."""
    plain = evidence(quote, published, title=title)
    return replace(plain, spans=tuple(find_times(quote, plain.article.published.day)))


def test_the_last_time_is_that_of_the_event_not_another_day_of_its_sentence() -> None:
    autumn = told("In October 2023 Putin travelled to Beijing in China.", "2024-05-14")
    first = told("The visit to China was Putin's first since his vote in March.", "2024-05-21")
    assert select("When was Putin last in China?", "2024-05-25", [first, autumn]).evidence == (
        autumn,
    )


def test_a_time_of_another_deed_of_the_sentence_is_not_that_of_the_event() -> None:
    both = told("Telenet was incorporated in 1973 and started operations in 1975.", "2024-05-14")
    company = "Which company was incorporated in {}?"
    assert select(company.format(1973), "2024-06-01", [both]).status == "answered"
    assert select(company.format(1975), "2024-06-01", [both]).status == "abstained"
    [found] = select("When was Telenet incorporated?", "2024-06-01", [both]).evidence
    assert [span.text for span in found.spans] == ["1973"]
    again = told("Ann Lind served in 1973 and again in 1975.", "2024-05-14")
    [found] = select("When did Ann Lind serve?", "2024-06-01", [again]).evidence
    assert [span.text for span in found.spans] == ["1973", "1975"]


@pytest.mark.parametrize(
    "vague", ["Putin recently visited China.", "Putin visited China this year."]
)
def test_days_that_are_known_are_told_rather_than_recently(vague: str) -> None:
    days = told("Putin visited China on May 16 and 17.", "2024-05-18")
    later = told(vague, "2024-05-28")
    question = "When did Putin last visit China?"
    assert select(question, "2024-06-25", [later, days]).evidence == (days,)


def test_of_an_article_without_a_date_only_days_that_it_names_are_told() -> None:
    question = "Who won the cup in 2021?"

    def undated(text: str) -> Evidence:
        quote = "Ann Miller won the cup."
        article = Article("cup", "The cup", f"{quote} {text}", Published.unknown())
        return Evidence(article, 0, len(quote), "The cup", 0.9)

    named = undated("The race was held in May 2021.")
    assert select(question, "2024-01-01", [named]).evidence == (named,)
    for text in ("The race was held in May 2019.", "It was a fine race."):
        assert select(question, "2024-01-01", [undated(text)]).status == "abstained"


def test_recently_tells_when_something_last_happened_and_nothing_else() -> None:
    host = told("China recently hosted Putin for a state visit.", "2024-05-21")
    assert select("When was Putin last in China?", "2024-05-25", [host]).evidence == (host,)
    assert select("When did Putin visit China?", "2024-05-25", [host]).status == "abstained"


def test_what_is_next_is_told_with_its_days_however_the_sentence_ranks() -> None:
    announced = evidence("Russia and China will visit each other.", "2025-03-28")
    may = evidence(
        "The visit to Russia coincides with a parade in China.",
        "2025-03-28",
        ("2025-05-09", "2025-05-09"),
        score=0.3,
    )
    question = "What is the next planned visit of Russia and China?"
    assert select(question, "2025-04-20", [announced, may]).evidence == (may,)
    assert select(question, "2025-06-20", [announced, may]).evidence == (announced,)
    autumn = evidence(
        "A visit of Russia and China is set for September.",
        "2025-03-28",
        ("2025-09-01", "2025-09-30"),
    )
    assert select(question, "2025-04-20", [autumn, may]).evidence == (may,)


LAVROV = Meant("Moscow's top diplomat", "Sergei Lavrov")
WANG = Meant("China's foreign minister", "Wang Yi")


def test_what_another_did_does_not_tell_whether_somebody_did_it() -> None:
    asked = "Did Wang Yi meet Putin?"
    another = evidence("On Monday Xi met Putin while Wang Yi was in Moscow.", "2024-05-21")
    assert select(asked, "2024-06-01", [another]).status == "abstained"
    he = evidence("On Monday Wang Yi met Putin while Xi was in Moscow.", "2024-05-21")
    assert select(asked, "2024-06-01", [he]).evidence == (he,)


def test_a_title_does_not_tell_whom_others_met() -> None:
    title, asked = "Putin meets ministers", "Did Wang Yi meet Putin?"
    others = evidence("Lavrov met Wang Yi.", "2024-05-21", title=title)
    assert select(asked, "2024-06-01", [others]).status == "abstained"
    he = evidence("In Moscow he met Wang Yi.", "2024-05-21", title=title)
    assert select(asked, "2024-06-01", [he]).evidence == (he,)
    day = ("2024-06-07", "2024-06-07")
    later = evidence("Lavrov will meet Wang Yi on June 7.", "2024-05-21", day, title=title)
    when = "When will Wang Yi meet Putin?"
    assert select(when, "2024-06-01", [later]).status == "abstained"
    meant = replace(
        evidence("Russia's president met Wang Yi.", "2024-05-21", title=title),
        meant=(Meant("Russia's president", "Vladimir Putin"),),
    )
    assert select(asked, "2024-06-01", [meant]).evidence == (meant,)


def test_he_who_is_named_in_the_sentence_is_not_who_the_title_names() -> None:
    title, asked = "Putin meets ministers", "Did Wang Yi meet Putin?"
    others = evidence("Lavrov said that he met Wang Yi.", "2024-05-21", title=title)
    assert select(asked, "2024-06-01", [others]).status == "abstained"
    leader = evidence("A Russian official said he met Wang Yi.", "2024-05-21", title=title)
    assert select(asked, "2024-06-01", [leader]).evidence == (leader,)


def test_whether_it_is_so_is_not_told_of_whom_a_title_alone_names() -> None:
    title, asked = "A test flight; Richard Branson is next", "Did Richard Branson land safely?"
    flight = evidence("It glided back to a safe landing.", "2021-05-22", title=title)
    assert select(asked, "2021-07-13", [flight]).status == "abstained"
    branson = evidence("Branson is back after a safe landing.", "2021-07-11", title=title)
    assert select(asked, "2021-07-13", [branson]).evidence == (branson,)


def test_the_first_is_asked_about_and_no_other() -> None:
    asked = "Where will the first Oak tournament be played?"
    july = evidence("In July the Oak tournament will be played in Oregon.", "2022-06-09")
    inaugural = evidence("The inaugural Oak tournament will be played in London.", "2022-06-09")
    assert select(asked, "2022-06-09", [july]).status == "abstained"
    assert select(asked, "2022-06-09", [july, inaugural]).evidence == (inaugural,)


def test_when_it_was_told_is_not_when_it_was() -> None:
    quote = "Netflix told CNN in October that the show had its biggest start."
    told = evidence(quote, "2022-06-12")
    told = replace(told, spans=tuple(find_times(quote, date(2022, 6, 12))))
    assert told.spans
    assert select("When did the show start?", "2022-06-20", [told]).status == "abstained"
    plan = "Netflix told CNN in May that the show would start in October."
    started = replace(
        evidence(plan, "2022-06-12"), spans=tuple(find_times(plan, date(2022, 6, 12)))
    )
    [kept] = select("When does the show start?", "2022-06-20", [started]).evidence
    assert [it.text for it in kept.spans] == ["October"]


def test_why_it_happened_may_be_told_beside_what_is_still_ahead() -> None:
    fired = evidence(
        "The club will need a coach after Joe Judge was fired for two bad years.", "2022-01-11"
    )
    assert select("Why was Joe Judge fired?", "2022-01-13", [fired]).evidence == (fired,)
    ahead = evidence("Joe Judge will be fired for two bad years.", "2022-01-11")
    assert select("Why was Joe Judge fired?", "2022-01-13", [ahead]).status == "abstained"


def test_a_plan_is_not_stale_where_a_later_article_speaks_of_the_matter() -> None:
    plan = evidence("The mission will end in May.", "2024-05-01", ("2024-05-01", "2024-05-31"))
    over = evidence("The mission has officially ended.", "2024-06-20")
    asked = "When did the mission end?"
    assert select(asked, "2024-07-01", [plan]).status == "stale"
    assert select(asked, "2024-07-01", [plan, over]).status == "abstained"


def test_who_turns_an_age_is_told_to_be_that_old() -> None:
    branson = evidence("Richard Branson, who turns 71 in a week, flew.", "2021-07-11")
    asked = "How old is Richard Branson?"
    assert select(asked, "2021-07-13", [branson]).evidence == (branson,)


def test_the_plan_of_another_is_no_plan_of_who_is_asked_about() -> None:
    quote = "On May 16 Putin will visit Xi in China before Russia marks the day."
    plan = evidence(quote, "2024-05-14", ("2024-05-16", "2024-05-16"))
    asked = "When will Xi visit Russia next?"
    assert select(asked, "2024-05-15", [plan]).status == "abstained"
    in_full = quote.replace("Putin", "Russian President Vladimir Putin")
    plan = evidence(in_full, "2024-05-14", ("2024-05-16", "2024-05-16"))
    assert select(asked, "2024-05-15", [plan]).status == "abstained"
    theirs = evidence(quote.replace("Putin", "Xi"), "2024-05-14", ("2024-05-16", "2024-05-16"))
    assert select(asked, "2024-05-15", [theirs]).evidence == (theirs,)


def test_a_visit_that_nobody_is_told_to_make_is_that_of_the_title() -> None:
    quote = "The Kremlin said that the visit at the invitation of Xi is set for May 16."
    for title, status in [("Putin to visit", "abstained"), ("Xi to visit", "answered")]:
        plan = evidence(quote, "2024-05-14", ("2024-05-16", "2024-05-16"), title=title)
        assert select("When will Xi visit Russia next?", "2024-05-15", [plan]).status == status


def test_what_is_said_during_a_meeting_tells_when_that_was() -> None:
    quote = (
        "Putin is expected to meet Xi in July, Moscow's top diplomat said during a meeting with "
        "China's foreign minister on Monday (May 20)."
    )
    both = replace(told(quote, "2024-05-21", "Putin to meet Xi"), meant=(LAVROV, WANG))
    [last] = select("When did Lavrov and Wang Yi last meet?", "2024-06-01", [both]).evidence
    assert [span.text for span in last.spans] == ["Monday (May 20)"]


def test_of_those_whom_a_question_means_one_must_be_named() -> None:
    visit = evidence("Wang Yi will visit Russia.", "2024-05-21")
    asked = interpret(Question("Will Russia's president visit China?", date(2024, 6, 1)))
    putin = Meant("Russia's president", "Vladimir Putin")
    assert unnamed(visit, replace(asked, meant=(putin,))) == {"vladimir", "putin"}
    assert not unnamed(
        evidence("Putin will visit China.", "2024-05-21", title="Russia"),
        replace(asked, meant=(putin, LAVROV)),
    )


def test_a_topic_is_whom_an_office_means_and_not_the_office() -> None:
    asked = interpret(Question("When did China's foreign minister meet Lavrov?", date(2024, 6, 1)))
    topic = Topic.of(replace(asked, meant=(WANG,)), ())
    assert (topic.names, topic.events, topic.actors) == ({"lavrov"}, {"meet"}, {"wang", "yi"})


@pytest.mark.parametrize(
    "opening", ["China's foreign minister", "Earlier China's foreign minister"]
)
def test_whom_an_office_means_is_who_acts(opening: str) -> None:
    quote = f"{opening} will visit Lavrov in Moscow on May 16."
    plan = replace(told(quote, "2024-05-14", "Putin to visit Moscow"), meant=(WANG,))
    assert select("When will Wang Yi visit Lavrov?", "2024-05-15", [plan]).evidence == (plan,)
    assert select("When will Putin visit Moscow?", "2024-05-15", [plan]).status == "abstained"


def test_a_title_that_has_the_other_one_do_it_is_of_another_meeting() -> None:
    quote = "Wang Yi said that the leaders met in Moscow, and that Putin agreed."
    for title, status in [("Vladimir Putin to meet Xi", "abstained"), ("Wang to meet", "answered")]:
        item = evidence(quote, "2024-05-21", title=title)
        assert select("Did Wang Yi meet Putin?", "2024-06-01", [item]).status == status


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The town is home to 9,000 people.", "answered"),
        ("Nearby Merna is home to 9,000 people.", "abstained"),
    ],
)
def test_a_property_of_another_is_not_that_of_the_title(sentence: str, status: str) -> None:
    told = evidence(sentence, "2025-03-28", title="Broken Bow, Nebraska")
    assert select("What is the population of Broken Bow?", "2025-04-01", [told]).status == status


@pytest.mark.parametrize(
    ("who", "quote", "article"),
    [
        ("Justice Rodriguez", "Rodriguez was born in 1947.", "He became a cook in Texas."),
        ("Justice Cole", "Rodriguez was born in 1947.", "He became a justice in Texas."),
        ("Prince Harry", "Debbie Harry was born in 1947.", "A prince came to her birthday."),
        ("General Motors", "Tata Motors was born in 1947.", "Prices in general rose."),
        ("General Assembly", "The National Assembly was born in 1947.", "A general watched."),
    ],
)
def test_what_a_name_opens_with_is_part_of_it(who: str, quote: str, article: str) -> None:
    told = replace(evidence(f"{quote} {article}", "2024-05-14"), end=len(quote))
    assert unnamed(told, interpret(Question(f"When was {who} born?", date(2024, 5, 15))))


@pytest.mark.parametrize(
    ("who", "quote", "is_meant"),
    [
        ("John H. Williams", "John Hartley Williams was born in 1947.", True),
        ("John Hartley Williams", "John H. Williams was born in 1947.", True),
        ("C. Mayer", "Christa Mayer was born in 1947.", True),
        ("C. Mayer", "Norbert Mayer was born in 1947.", False),
        ("C. Mayer", "Christa Meier was born in 1947.", False),
        ("John H. Williams", "John Williams was born in 1947.", False),
        ("Judd Trump", "Donald J. Trump was born in 1947.", False),
        ("Robert Biden", "Joseph R. Biden was born in 1947.", False),
    ],
)
def test_an_initial_stands_for_the_name(who: str, quote: str, is_meant: bool) -> None:
    told = evidence(quote, "2024-05-14", ("1947-05-16", "1947-05-16"))
    answer = select(f"When was {who} born?", "2024-05-15", [told])
    assert (answer.status == "answered") == is_meant


@pytest.mark.parametrize(
    ("question", "quote", "status"),
    [
        (
            "When did Putin arrive in Beijing?",
            "Putin's arrival in Beijing was his first trip since his re-election in March.",
            "abstained",
        ),
        (
            "When was Putin re-elected?",
            "Putin's arrival in Beijing was his first trip since his re-election in March.",
            "answered",
        ),
        (
            "When did Lavrov meet Wang?",
            "Lavrov met Wang and held talks at an SCO summit on May 16.",
            "answered",
        ),
        ("When did the ship sink?", "The ship sank days after the fire of May 16.", "abstained"),
        ("When did the ship sink?", "The ship sank after a fire on May 16.", "answered"),
        ("When did the ship sink?", "The ship sank after a heated row on May 16.", "answered"),
        ("When did the ship sink?", "The ship sank after fires began on May 16.", "abstained"),
        ("When did the ship sink?", "The ship sank after being hit on May 16.", "answered"),
        ("When did the ship sink?", "After fires began, the ship sank on May 16.", "answered"),
        ("When did Putin arrive?", "Putin arrived before the talks, on May 16.", "answered"),
        (
            "When did Putin arrive?",
            "Putin arrived before the talks on May 18 on May 16.",
            "answered",
        ),
        ("Since when does the rule apply?", "The rule applies since at least 2019.", "answered"),
        (
            "When did Lavrov visit Beijing?",
            "Lavrov arrived in Beijing to prepare Putin's visit on May 16.",
            "abstained",
        ),
        (
            "When did Lavrov visit Beijing?",
            "Lavrov's visit in Beijing on May 16 was his second there.",
            "answered",
        ),
        ("When did India join the group?", "India and Iran joined the group in 2017.", "answered"),
        (
            "When did India join the SCO as a member?",
            "India and Iran joined the SCO in 2017, and India is a member now.",
            "answered",
        ),
    ],
)
def test_the_days_of_what_it_followed_or_prepared_are_not_those_of_an_event(
    question: str, quote: str, status: str
) -> None:
    assert select(question, "2024-05-25", [told(quote, "2024-05-21")]).status == status


def test_a_plan_that_has_passed_is_told_with_the_days_it_became_however_they_rank() -> None:
    vague = told("Putin will visit China later this year, officials said.", "2024-04-09")
    days = replace(told("Putin is to visit China on May 16.", "2024-05-14"), score=0.1)
    question = "When did Putin visit China?"
    assert select(question, "2025-04-01", [vague, days]) == Selection((days,), "stale")


BRITAIN = "Who is the prime minister of Britain?"
MAY = told("British Prime Minister Theresa May spoke.", "2016-07-15")
TRUSS = told("British Prime Minister Liz Truss spoke.", "2022-09-06")
SUNAK = told("Rishi Sunak was named British prime minister.", "2022-10-24")
LATER = told("Ann Lee met the prime minister of Britain.", "2022-10-26")


@pytest.mark.parametrize(
    ("as_of", "holder"),
    [("2022-09-01", MAY), ("2022-10-01", TRUSS), ("2022-11-01", SUNAK)],
)
def test_who_holds_an_office_is_told_by_the_newest_article_that_says_who(
    as_of: str, holder: Evidence
) -> None:
    there = [it for it in (MAY, TRUSS, SUNAK, LATER) if str(it.article.published.day) <= as_of]
    assert select(BRITAIN, as_of, there) == Selection((holder,), "answered")


def test_who_held_it_a_year_before_the_last_news_of_it_may_hold_it_no_more() -> None:
    assert select(BRITAIN, "2022-11-01", [MAY]).evidence == (MAY,)
    assert select(BRITAIN, "2022-11-01", [MAY, LATER]).status == "abstained"


def test_without_any_who_is_told_to_hold_it_all_may_answer() -> None:
    assert select(BRITAIN, "2022-11-01", [LATER]).evidence == (LATER,)


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("If the rocket launches on September 27, it will be back on November 5.", "abstained"),
        ("Should the rocket launch on November 5, it will be seen.", "abstained"),
        ("Even if it rains, the rocket will launch on November 5.", "answered"),
        ("The rocket will launch on November 5 if the weather is fine.", "answered"),
    ],
)
def test_what_may_not_come_about_has_no_day(quote: str, status: str) -> None:
    found = told(quote, "2022-09-21")
    assert select("When will the rocket launch?", "2022-10-13", [found]).status == status


def test_what_a_court_scheduled_to_start_is_a_plan() -> None:
    plan = told("A court scheduled the trial of Griner to start on July 1, 2022.", "2022-06-27")
    question = "When is the trial of Griner?"
    assert select(question, "2022-06-28", [plan]).status == "answered"
    assert select(question, "2022-08-10", [plan]).status == "stale"


@pytest.mark.parametrize(
    ("question", "quote", "status"),
    [
        ("When does the World Cup start?", "Teams start for the 2022 World Cup.", "abstained"),
        ("When does the World Cup start?", "The World Cup starts in 2022.", "answered"),
        ("When will Trump announce?", "Trump will announce his 2024 campaign.", "abstained"),
        ("When did Russia host the World Cup?", "Russia hosted the 2018 World Cup.", "answered"),
        ("When is Serena's next match?", "Serena's last match this year was fine.", "abstained"),
        ("When is Serena's next match?", "Serena's next match is this year.", "answered"),
        ("Did Musk buy Twitter?", "Why did Musk not buy Twitter?", "abstained"),
        ("Did Musk buy Twitter?", "Musk did buy Twitter.", "answered"),
        ("Did Musk buy Twitter?", "Musk offered to buy Twitter.", "abstained"),
        ("Is Musk the owner of Twitter?", "Musk would be the owner of Twitter.", "abstained"),
    ],
)
def test_a_year_in_a_title_what_is_past_and_a_question_tell_nothing_of_what_is_asked(
    question: str, quote: str, status: str
) -> None:
    assert select(question, "2022-11-11", [told(quote, "2022-11-01")]).status == status


@pytest.mark.parametrize(
    ("question", "old", "new", "is_old_left_out"),
    [
        ("Who won the race?", "Ann won the race in 2008.", "Ben won the race.", True),
        ("Which team won the race?", "Team Ann won it in 2008.", "Team Ben won the race.", True),
        ("Who won the race?", "Ann won the race in 2021.", "Ben won the race.", False),
        ("Who won the race in 2008?", "Ann won the race in 2008.", "Ben won the race.", False),
        ("Who founded the race?", "Ann founded the race in 2008.", "Ben spoke of it.", False),
        ("How many died in the race?", "In 2008 12 died in the race.", "13 died in it.", True),
    ],
)
def test_of_what_happens_again_the_old_is_left_out_beside_the_new(
    question: str, old: str, new: str, *, is_old_left_out: bool
) -> None:
    items = [told(text, "2022-07-20", title="The race") for text in (old, new)]
    assert (items[0] not in select(question, "2022-07-20", items).evidence) == is_old_left_out
    assert select(question, "2022-07-20", items[:1]).evidence == (items[0],)


def test_of_what_happens_again_the_newest_is_told_not_what_was_printed_long_before() -> None:
    new = told("Ben won the race.", "2022-07-20")
    old, lately = (told("Ann won the race.", day) for day in ("2020-07-20", "2021-09-20"))
    assert select("Who won the race?", "2022-08-01", [old, new]).evidence == (new,)
    assert select("Who won the race?", "2022-08-01", [lately, new]).evidence == (lately, new)
    assert select("Who won the race?", "2022-08-01", [old]).evidence == (old,)


def test_who_held_an_office_long_ago_is_left_out_beside_newer_news_of_it() -> None:
    held = "Abe held office as Japan's prime minister until 2020."
    old = told(held, "2022-07-08")
    new = told("Japan lost a prime minister, President Joe Biden said.", "2022-07-08")
    assert (
        old not in select("Who is the prime minister of Japan?", "2022-07-10", [old, new]).evidence
    )


def test_whether_something_is_so_is_not_told_by_what_may_be() -> None:
    doubted = told("Finland would quickly join NATO, it is believed.", "2022-05-10")
    assert select("Did Finland join NATO?", "2022-06-25", [doubted]).status == "abstained"
    alleged = told("Finland joined NATO, according to unconfirmed reports.", "2022-05-10")
    assert select("Did Finland join NATO?", "2022-06-25", [alleged]).status == "abstained"


PAYS = "New York pays two men who were freed last year."
THIS_WEEK = "Which city pays two men this week?"


def test_what_was_printed_this_week_may_tell_of_other_days_too() -> None:
    pays = told(PAYS, "2022-11-02")
    assert select(THIS_WEEK, "2022-11-03", [pays]).evidence == (pays,)


@pytest.mark.parametrize(
    ("quote", "published"),
    [
        (PAYS, "2022-10-28"),  # last week
        ("New York paid two men last year.", "2022-11-02"),  # the event itself, then
        ("New York pays two men in 2024.", "2022-11-02"),
    ],
)
def test_what_was_printed_or_was_to_be_at_another_time_is_not_of_this_week(
    quote: str, published: str
) -> None:
    assert select(THIS_WEEK, "2022-11-03", [told(quote, published)]).status == "abstained"


def test_this_week_may_have_begun_on_sunday() -> None:
    sunday = told("New York pays two men.", "2022-10-30")
    assert select(THIS_WEEK, "2022-11-03", [sunday]).evidence == (sunday,)
    saturday = told("New York pays two men.", "2022-10-29")
    assert select(THIS_WEEK, "2022-11-03", [saturday]).status == "abstained"


def test_of_a_long_question_three_words_are_enough_and_two_are_not() -> None:
    question = (
        "Which animals slipped loose from a shared enclosure at the zoo, prompting a lockdown?"
    )
    three = told("Five lions left their enclosure, prompting the zoo to close.", "2022-11-02")
    assert select(question, "2022-11-03", [three]).evidence == (three,)
    two = told("Five lions left their enclosure at the zoo.", "2022-11-02")
    assert select(question, "2022-11-03", [two]).status == "abstained"


def test_where_the_words_of_the_question_answer_nothing_others_may() -> None:
    question = "How much does Norland lend to rural communities?"
    plain = told("Norland does lend to rural communities.", "2022-11-01")
    text = "The state will lend 40 million euros to rural communities. Norland said so."
    article = Article("b", "News", text, Published.on(date(2022, 11, 2), "stated"))
    other = Evidence(article, 0, text.index(" Norland"), "News", 0.8)
    assert select(question, "2022-11-03", [plain, other]).evidence == (other,)
    assert select(question, "2022-11-03", [plain]).status == "abstained"


def test_what_another_clause_holds_possible_leaves_nothing_open() -> None:
    done = told("Finland joined NATO on Tuesday, which could anger Russia.", "2023-04-05")
    assert select("Did Finland join NATO?", "2023-06-25", [done]).evidence == (done,)

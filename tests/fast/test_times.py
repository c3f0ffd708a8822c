"""Time expressions become days: what a sentence says, the day it was published, what it means."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.domain import TimeSpan
from rag.reading.times import find_times

FRIDAY = date(2025, 3, 28)
TUESDAY = date(2024, 5, 14)
Found = tuple[str, str | None, str | None, str]  # words, first day, last day, TIMEX3 value


def found(text: str, published: date | None) -> list[Found]:
    return [_short(span) for span in find_times(text, published)]


def _short(span: TimeSpan) -> Found:
    first, last = (day.isoformat() if day else None for day in (span.first_day, span.last_day))
    return span.text, first, last, span.timex


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        # days, with and without their year
        ("On 12 May 2024.", None, ("12 May 2024", "2024-05-12", "2024-05-12", "2024-05-12")),
        ("On May 12th, 2024.", None, ("May 12th, 2024", "2024-05-12", "2024-05-12", "2024-05-12")),
        ("On 2024-05-12.", None, ("2024-05-12", "2024-05-12", "2024-05-12", "2024-05-12")),
        ("On 25/05/2024.", None, ("25/05/2024", "2024-05-25", "2024-05-25", "2024-05-25")),
        ("On 05/06/2024.", None, ("05/06/2024", None, None, "2024-XX-XX")),
        (
            "The March 22 terror attack.",
            date(2024, 4, 9),
            ("March 22", "2024-03-22", "2024-03-22", "2024-03-22"),
        ),
        (
            "They met on Monday (May 20).",
            date(2024, 5, 21),
            ("Monday (May 20)", "2024-05-20", "2024-05-20", "2024-05-20"),
        ),
        # ranges of days
        (
            "An official visit from March 31 to April 2.",
            FRIDAY,
            ("March 31 to April 2", "2025-03-31", "2025-04-02", "2025-03-31/2025-04-02"),
        ),
        (
            "It is scheduled for May 16 and 17.",
            TUESDAY,
            ("May 16 and 17", "2024-05-16", "2024-05-17", "2024-05-16/2024-05-17"),
        ),
        (
            "It will be held from May 17 to 21.",
            TUESDAY,
            ("May 17 to 21", "2024-05-17", "2024-05-21", "2024-05-17/2024-05-21"),
        ),
        (
            "It will be held between 3 and 5 June.",
            TUESDAY,
            ("3 and 5 June", "2024-06-03", "2024-06-05", "2024-06-03/2024-06-05"),
        ),
        (
            "Putin will visit China in late August and early September.",
            FRIDAY,
            ("late August and early September", "2025-08-21", "2025-09-10", "2025-08/2025-09"),
        ),
        # months, quarters, seasons, years and longer
        ("In March 2023.", None, ("March 2023", "2023-03-01", "2023-03-31", "2023-03")),
        ("In early 2022.", None, ("early 2022", "2022-01-01", "2022-05-02", "2022")),
        (
            "By the end of the year.",
            FRIDAY,
            ("the end of the year", "2025-12-01", "2025-12-31", "2025"),
        ),
        (
            "In the first quarter of 2024.",
            None,
            ("the first quarter of 2024", "2024-01-01", "2024-03-31", "2024-Q1"),
        ),
        ("Last summer.", FRIDAY, ("Last summer", "2024-06-01", "2024-08-31", "2024-SU")),
        (
            "The winter of 1994.",
            None,
            ("The winter of 1994", "1994-12-01", "1995-02-28", "1994-WI"),
        ),
        ("The season 2022-23.", None, ("2022-23", "2022-01-01", "2023-12-31", "2022/2023")),
        ("Mann (1530–1556) was.", None, ("1530–1556", "1530-01-01", "1556-12-31", "1530/1556")),
        ("Mann (1834 – 1902).", None, ("1834 – 1902", "1834-01-01", "1902-12-31", "1834/1902")),
        ("Mann (1887 – unknown).", None, ("1887", "1887-01-01", "1887-12-31", "1887")),
        ("Built about 1835.", None, ("1835", "1835-01-01", "1835-12-31", "1835")),
        ("In fiscal 1990.", None, ("fiscal 1990", "1990-01-01", "1990-12-31", "1990")),
        ("In the 1990s.", None, ("the 1990s", "1990-01-01", "1999-12-31", "199")),
        (
            "In the late 19th century.",
            None,
            ("the late 19th century", "1866-09-01", "1899-12-31", "18"),
        ),
        (
            "In nineteen ninety-six.",
            None,
            ("nineteen ninety-six", "1996-01-01", "1996-12-31", "1996"),
        ),
        # counted from the day of publication
        ("Yesterday.", FRIDAY, ("Yesterday", "2025-03-27", "2025-03-27", "2025-03-27")),
        (
            "He left this morning.",
            FRIDAY,
            ("this morning", "2025-03-28", "2025-03-28", "2025-03-28TMO"),
        ),
        ("Two weeks ago.", FRIDAY, ("Two weeks ago", "2025-03-10", "2025-03-16", "2025-W11")),
        ("Next week.", FRIDAY, ("Next week", "2025-03-31", "2025-04-06", "2025-W14")),
        ("Later this week.", TUESDAY, ("Later this week", "2024-05-14", "2024-05-19", "2024-W20")),
        (
            "Earlier this month.",
            TUESDAY,
            ("Earlier this month", "2024-05-01", "2024-05-14", "2024-05"),
        ),
        (
            "Later this year.",
            date(2024, 4, 9),
            ("Later this year", "2024-04-09", "2024-12-31", "2024"),
        ),
        ("Last month.", FRIDAY, ("Last month", "2025-02-01", "2025-02-28", "2025-02")),
        (
            "Iran joined last year.",
            date(2024, 5, 21),
            ("last year", "2023-01-01", "2023-12-31", "2023"),
        ),
        (
            "We welcome you in less than a month.",
            date(2024, 5, 21),
            ("less than a month", "2024-05-21", "2024-06-21", "P1M"),
        ),
        (
            "Over the past five years.",
            FRIDAY,
            ("the past five years", "2020-03-28", "2025-03-28", "P5Y"),
        ),
        ("It lasted for three months.", FRIDAY, ("three months", None, None, "P3M")),
        (
            "At 5 p.m. on Friday.",
            FRIDAY,
            ("5 p.m. on Friday", "2025-03-28", "2025-03-28", "2025-03-28T17:00"),
        ),
        # naming no day
        ("Now.", FRIDAY, ("Now", "2025-03-28", "2025-03-28", "PRESENT_REF")),
        ("He recently met Xi.", FRIDAY, ("recently", None, "2025-03-28", "PAST_REF")),
        ("In the near future.", FRIDAY, ("the near future", "2025-03-28", None, "FUTURE_REF")),
        ("Flights leave every Friday.", FRIDAY, ("every Friday", None, None, "XXXX-WXX-5")),
    ],
)
def test_what_an_expression_means(sentence: str, published: date | None, expected: Found) -> None:
    assert found(sentence, published) == [expected]


@pytest.mark.parametrize(
    ("sentence", "first_day"),
    [
        ("Both countries said on Friday.", "2025-03-28"),  # the day of publication itself
        ("On Thursday France's top diplomat told Wang.", "2025-03-27"),
        ("He will visit Moscow on Monday.", "2025-03-31"),
        ("Talks were held last Friday.", "2025-03-21"),
        ("He visited Moscow in July.", "2024-07-01"),
        ("He will visit Moscow in July.", "2025-07-01"),
        ("In July, the leaders will meet again.", "2025-07-01"),
        ("In March he visited Minsk.", "2025-03-01"),
        ("The bridge was closed on December 20.", "2024-12-20"),
        ("The bridge is expected to open on December 20.", "2025-12-20"),
        ("The offer, announced in February, expires on June 1.", "2025-02-01"),
        ("Debts must be paid by September, he said.", "2025-09-01"),
    ],
)
def test_the_clause_decides_whether_a_day_is_behind_or_ahead(sentence: str, first_day: str) -> None:
    assert found(sentence, FRIDAY)[0][1] == first_day


def test_of_that_year_is_the_year_last_spoken_of() -> None:
    text = "In March 2013, Xi visited Moscow. In October of that year, Putin went to Beijing."
    assert found(text, TUESDAY)[1] == (
        "October of that year",
        "2013-10-01",
        "2013-10-31",
        "2013-10",
    )


def test_a_day_told_again_without_its_year_is_the_same_day() -> None:
    text = "A mob stormed the Capitol on January 6, 2021. He was there on January 6."
    assert found(text, date(2022, 7, 1))[1][1] == "2021-01-06"


def test_a_year_earlier_is_a_year_before_the_quarter_reported() -> None:
    text = "Third-quarter net rose to $3 million from $2 million a year earlier."
    assert [span[3] for span in found(text, date(1989, 10, 27))] == ["1989-Q3", "1988-Q3"]


@pytest.mark.parametrize(
    "sentence",
    [
        "You may march on.",
        "He came second.",
        "It fell to 1,984 points, or 2000 people.",
        "Am 9. mars, il mare, mar 12.",
        "USA TODAY reported it.",
        "The 27-year-old sat.",
        "The order is set to end on demand.",
        "Call 555-1234 for $1999.",
        "They searched papers from Mar-a-Lago.",
        "He lost to Jan-Lennard Struff.",
    ],
)
def test_words_that_only_look_like_times_are_left_alone(sentence: str) -> None:
    assert found(sentence, FRIDAY) == []


def test_without_a_publication_date_only_absolute_days_are_known() -> None:
    text = "He came in May 2023, left last week and returns on Friday, March 22."
    assert found(text, None) == [
        ("May 2023", "2023-05-01", "2023-05-31", "2023-05"),
        ("last week", None, None, "XXXX-WXX"),
        ("Friday, March 22", None, None, "XXXX-03-22"),
    ]


def test_every_span_has_its_timex_type() -> None:
    text = "On Friday at 5 p.m. he spoke for three hours, as he does every Monday. Now."
    kinds = [span.kind for span in find_times(text, FRIDAY)]
    assert kinds == ["TIME", "DURATION", "SET", "DATE"]


# Texts made of the words that matter: most of them no sentence at all.
_WORDS = (
    "in on of the a to and from by 12 31 2024 1999 99 00 May march Friday mon. next last this "
    "week month year day ago later early late end mid- Q3 first quarter twenty century s noon p.m. "
    "2024-02-30 30/02/2024 , . ( ) – - will said XX ½ 0 9999 September Feb. 29 decade ' '80s"
)
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(_WORDS.split()), max_size=30).map(" ".join),
)
_DAYS = st.one_of(st.none(), st.dates())


@given(_TEXTS, _DAYS)
@settings(max_examples=400, deadline=None)
def test_spans_are_in_order_and_quote_the_text(text: str, published: date | None) -> None:
    end = 0
    for span in find_times(text, published):
        assert end <= span.start < span.end
        assert text[span.start : span.end] == span.text
        assert not (span.first_day and span.last_day) or span.first_day <= span.last_day
        end = span.end


@given(
    st.sampled_from(
        [
            "He spoke on Friday.",
            "He will speak on Monday.",
            "Next week.",
            "Yesterday.",
            "Last Sunday.",
        ]
    ),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_weekdays_move_with_the_day_of_publication(text: str, published: date) -> None:
    week = timedelta(days=7)
    before, after = find_times(text, published), find_times(text, published + week)
    assert [span.first_day + week for span in before if span.first_day] == [
        span.first_day for span in after
    ]


@pytest.mark.parametrize(
    "hostile", ["1" * 300_000, "in " * 100_000, "1-" * 150_000, "Friday " * 20_000, " " * 300_000]
)
def test_hostile_text_costs_no_more_than_its_length(hostile: str) -> None:
    started = time.process_time()
    find_times(hostile, FRIDAY)
    assert time.process_time() - started < 4.0

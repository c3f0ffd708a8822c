"""When an article was published: what its header, file and text say, and what they do not."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.domain import Published
from rag.reading.dating import from_file_name, parse_day, split_header
from rag.reading.inference import infer_published

TODAY = date(2026, 11, 21)
SEED_DATES = [date(2024, 4, 9), date(2024, 4, 10), date(2024, 5, 21)]


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        (" date 2024-04-09 16.09 - martedì 9 aprile 2024\n\nPutin", date(2024, 4, 9), "Putin"),
        (" date 2024-04-10 China stands ready", date(2024, 4, 10), "China stands ready"),
        (" date 2024-05-21 \n\n\n\nRussian", date(2024, 5, 21), "Russian"),
        ("Date: 12 May 2024\nBody", date(2024, 5, 12), "Body"),
        ("Published: May 12, 2024 10:15 GMT\n\nBody", date(2024, 5, 12), "Body"),
        ("Title\nPublished on 12 May 2024 | 5 min read\nBody", date(2024, 5, 12), "Title\n\nBody"),
        ("Tuesday, 14 May 2024\nBody", date(2024, 5, 14), "Body"),
        ("Marlow, 3 March 2026\n\nBridge to close", date(2026, 3, 3), "Bridge to close"),
        (
            "Bridge\nBy Dana Whit\nMarch 3, 2026\nBody",
            date(2026, 3, 3),
            "Bridge\nBy Dana Whit\n\nBody",
        ),
        (
            "Oct 19, 2021 ... Google has announced it.",
            date(2021, 10, 19),
            "Google has announced it.",
        ),
    ],
)
def test_a_header_states_the_day_and_goes(text: str, day: date, rest: str) -> None:
    header = split_header(text)
    assert header.published == Published.on(day, "stated")
    assert header.text == rest


def test_a_dateline_with_a_full_date_states_the_day_and_stays() -> None:
    for text in (
        "BEIJING, April 9, 2024 (Xinhua) -- Xi met Lavrov.",
        "Lavrov in Beijing\n\nBEIJING, April 9, 2024 (Xinhua) -- Xi met Lavrov.",
    ):
        assert split_header(text).published == Published.on(date(2024, 4, 9), "stated")
        assert split_header(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "BEIJING, April 9 (Xinhua) -- Xi met Lavrov.",  # which year?
        "Date palms grow in Basra.",
        "date 2024-13-45 is no day",
        "Published 12 May 2024 in Nature, the study is new.",
        "Bridge\n4 May 2026 is the day.",
        "9 May 1945 - the day the war ended - is remembered.",
        "",
    ],
)
def test_what_is_no_header_is_left_alone(text: str) -> None:
    assert split_header(text).published is None
    assert split_header(text).text == text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2024, 5, 12), date(2024, 5, 12)),
        (datetime(2024, 5, 12, 23, 50, tzinfo=UTC), date(2024, 5, 12)),
        ("2024-05-12", date(2024, 5, 12)),
        ("2024-05-12T23:10:00+02:00", date(2024, 5, 12)),  # the publisher's own day
        (1715508900, date(2024, 5, 12)),
        (1715508900000, date(2024, 5, 12)),
        ("1715508900", date(2024, 5, 12)),
        (20240512, date(2024, 5, 12)),
        ("12 May 2024", date(2024, 5, 12)),
        ("May 12, 2024", date(2024, 5, 12)),
        ("Tue, 14 May 2024 10:15:00 GMT", date(2024, 5, 14)),
        ("25/05/2024", date(2024, 5, 25)),
        ("05/06/2024", None),  # May or June?
        ("31 February 2024", None),
        ("soon", None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        (None, None),
        (["2024-05-12"], None),
    ],
)
def test_metadata_values_name_a_day_or_none(value: object, day: date | None) -> None:
    assert parse_day(value) == day


@pytest.mark.parametrize("number", [1_715_472_000.0, "1715472000.5", 1e300])
def test_a_number_is_read_at_once(number: object) -> None:
    started = time.process_time()
    for _ in range(20):
        parse_day(number)
    assert time.process_time() - started < 0.2


@settings(deadline=None)
@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.binary()))
def test_no_metadata_value_raises(value: object) -> None:
    assert parse_day(value) is None or isinstance(parse_day(value), date)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-12-summit.txt", date(2024, 5, 12)),
        ("summit_20240512.html", date(2024, 5, 12)),
        ("2024_05_12", date(2024, 5, 12)),
        ("2024-02-31.txt", None),
        ("000_7783753bbdd2712d.txt", None),
        ("1202405123", None),
    ],
)
def test_file_names_with_a_day(name: str, day: date | None) -> None:
    assert from_file_name(name) == day


@pytest.mark.parametrize(("seed", "day"), [("002", date(2025, 3, 28)), ("003", date(2024, 5, 14))])
def test_the_undated_seeds_are_dated_by_what_they_tell(seeds: Path, seed: str, day: date) -> None:
    text = next(seeds.glob(f"{seed}_*")).read_text(encoding="utf-8")
    published = infer_published(text, SEED_DATES, today=TODAY)
    assert published.basis == "inferred"
    assert published.day
    assert abs((published.day - day).days) <= 3
    assert published.earliest
    assert published.latest
    assert published.earliest <= day <= published.latest
    assert (published.latest - published.earliest).days < 7


PLAN = (
    "The minister will visit Norway next week, his office said on Thursday. "
    "The visit to Norway is set for {days}, the office of the minister said. "
    "He last went there in 2021."
)


@pytest.mark.parametrize(
    ("days", "day"),
    [
        ("June 6 and 7", date(2022, 6, 2)),  # 6 June 2022 is a Monday
        ("September 12 to 16", date(2022, 9, 8)),
    ],
)
def test_a_plan_for_next_week_and_its_days_tell_the_week(days: str, day: date) -> None:
    neighbours = [date(2022, 7, 1), date(2022, 8, 1)]
    published = infer_published(PLAN.format(days=days), neighbours, today=TODAY)
    assert published.day == day
    assert published.basis == "inferred"


def test_a_dateline_tells_the_day_and_a_weekday_with_its_date_the_year() -> None:
    text = "OSLO, June 8 (NTB) -- The court will rule on Friday, June 10, its clerk said."
    neighbours = [date(2022, 5, 1), date(2023, 5, 1), date(2023, 7, 1)]
    published = infer_published(text, neighbours, today=TODAY)
    assert published.day == date(2022, 6, 8)  # in 2023 the tenth of June was a Saturday


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing here tells a day.",
        "He said on Tuesday that talks went well.",
        "The castle was built in 1815 and burnt down on May 3.",
    ],
)
def test_where_the_text_does_not_decide_the_day_is_unknown(text: str) -> None:
    assert infer_published(text, [], today=TODAY).day is None
    assert infer_published(text, [], today=TODAY).basis == "unknown"


def test_a_list_of_many_days_is_no_report_of_one_of_them() -> None:
    plan = PLAN.format(days="June 6 and 7")
    neighbours = [date(2022, 7, 1), date(2022, 8, 1)]
    shows = " ".join(f"The March {day} show was good." for day in range(1, 13))
    assert infer_published(plan, neighbours, today=TODAY).day
    assert infer_published(f"{plan} {shows}", neighbours, today=TODAY).day is None


def test_an_unknown_day_is_bounded_by_the_latest_day_told_as_past() -> None:
    text = "The bridge fell on 12 May 1999. Nobody was hurt."
    published = infer_published(text, [], today=date(2026, 11, 21))
    assert published == Published(None, "unknown", earliest=date(1999, 5, 12), latest=None)


_WORDS = (
    "will visit on from May 16 17 to next week Tuesday 2023 Friday, March 31 . said the last month "
    "75th anniversary 1949 BEIJING, April 9 (Xinhua) -- Feb. 29"
)


@given(
    st.lists(st.sampled_from(_WORDS.split()), max_size=40).map(" ".join),
    st.lists(st.dates(), max_size=4),
    st.dates(date(1950, 1, 1)),
)
@settings(max_examples=150, deadline=None)
def test_nothing_is_dated_later_than_today(text: str, neighbours: list[date], today: date) -> None:
    published = infer_published(text, neighbours, today=today)
    if published.day:
        assert published.earliest
        assert published.latest
        assert published.earliest <= published.day <= published.latest <= today


def test_averages_date_no_text_by_the_days_of_the_other_articles() -> None:
    """That news follows the last day it tells of is likely, and wrong of every retrospect."""
    text = (
        "The rumour began on July 10, 2020, with one post. The firm denied it on July 13. "
        "It had drawn no notice on July 2."
    )
    others = [date(2020, 7, 20), date(2020, 8, 1), date(2020, 9, 1)]
    assert infer_published(text, others, today=TODAY).day is None


def test_what_the_text_decides_needs_no_other_article() -> None:
    text = (
        "Lava crossed the road on Nov. 29, 2022. The road was shut on Nov. 30, 2022. It began on "
        "Nov. 28. It could reach the bridge on Dec. 2. The bridge will be shut on Dec. 3. The "
        "school will open on Dec. 5. A meeting is due on Dec. 7. Rain will fall on Dec. 6. Crews "
        "went out on Wednesday. They came back on Tuesday. It was seen on Monday."
    )
    others = [date(2022, 6, 1), date(2024, 6, 1)]
    assert infer_published(text, [], today=TODAY).day == date(2022, 11, 30)
    assert infer_published(text, others, today=TODAY).day == date(2022, 11, 30)

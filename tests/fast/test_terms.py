"""What a text speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.language.terms import (
    figures,
    missing_from,
    missing_names,
    missing_places,
    names,
    numbers,
    same_name,
    terms,
)


def test_terms_are_the_stems_that_carry_meaning() -> None:
    assert terms("When is Putin's next planned trip to China?") == {"putin", "visit", "china"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trip", "visit"),
        ("travels", "tour"),
        ("talks", "meeting"),
        ("died", "dead"),
        ("met", "summits"),
        ("won", "victory"),
        ("injuring", "hurt"),
        ("closure", "closed"),
        ("kneel", "knelt"),
        ("who found the coin", "who discovered the coin"),
        ("when did they found the city", "when the city was founded"),
        ("they were married", "their wedding"),
        ("why she quit", "her resignation"),
        ("why can't he play", "why he plays"),
    ],
)
def test_words_for_the_same_kind_of_event_are_one(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_names_are_capitalised_words_without_those_that_ask() -> None:
    assert names("Who is the Chinese premier Putin will meet?") == {"chinese", "putin"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("china", "chinese"),
        ("russia", "russian"),
        ("japan", "japanese"),
        ("france", "french"),
        ("britain", "british"),
        ("norway", "norwegian"),
    ],
)
def test_a_country_and_its_people_are_the_same_name(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("apple", "application"), ("xi", "xiamen"), ("putin", "china"), ("iran", "iraq")],
)
def test_names_that_only_begin_alike_are_not_the_same(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_missing_names_are_those_of_which_no_form_is_there() -> None:
    assert missing_names({"china", "apple"}, {"chinese", "putin"}) == {"apple"}


def test_numbers_lose_their_thousands_separators_and_endings() -> None:
    assert numbers("The 75th of 2,024 cases, 3.5 per cent, on May 9") == {"75", "2024", "3.5", "9"}


@given(st.text())
def test_any_text_has_terms_names_and_numbers(text: str) -> None:
    assert all(word == word.lower() for word in names(text))
    assert numbers(text) == numbers(text + " ")
    assert terms(text) == terms(f" {text} ")


def test_a_point_of_the_compass_makes_another_place() -> None:
    assert names("a city in northeast China") == {"northeast", "china"}
    assert not missing_names({"northeast"}, names("the northeastern city"))
    assert missing_names({"northeast"}, names("Beijing in China")) == {"northeast"}


def test_a_capital_stands_for_its_country_and_not_the_other_way_round() -> None:
    assert not missing_places({"china", "russian"}, {"beijing", "moscow"})
    assert missing_places({"beijing"}, {"china"}) == {"beijing"}
    assert missing_names({"china"}, {"beijing"}) == {"china"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the fourth season", "season 4"),
        ("the 75th anniversary", "anniversary 75"),
        ("the U.S. Open", "the US Open"),
        ("in the United States", "in America"),
        ("a U.K. court", "a court in Britain"),
    ],
)
def test_what_is_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_us_is_a_country_only_in_capitals() -> None:
    assert names("The US told us") == {"america"}


def test_numbers_that_are_spelled_out_count_but_for_one() -> None:
    assert figures("Twelve of 15 said the second and the first one") == {"12", "15", "2"}


def test_a_name_may_be_written_small_but_not_in_part() -> None:
    assert not missing_from("the eleventh season of the walking dead", {"season", "walking"})
    assert missing_from("a marketing firm in Cyprus", {"mark"}) == {"mark"}
    assert not missing_from("talks in Beijing", {"china"})

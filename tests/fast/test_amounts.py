"""A number is told as the quote bounds it."""

import time

import pytest

from rag.answering.language.amounts import same_amounts


@pytest.mark.parametrize(
    ("sentence", "quote", "same"),
    [
        ("100 died.", "Fewer than 100 died.", False),
        ("100 died.", "More than 100 died.", False),
        ("More than 100 died.", "Fewer than 100 died.", False),
        ("It cost $5 million.", "It cost up to $5 million.", False),
        ("40 agreements were signed.", "About 40 agreements were signed.", False),
        ("More than 100 died.", "No more than 100 died.", False),
        ("It was $1.9 billion.", "It rose from $1.9 billion to $2.04 billion.", False),
        ("It is $2.04 billion.", "It rose from $1.9 billion to $2.04 billion.", True),
        ("12 states took part.", "Guests from 12 states took part.", True),
        ("10 died.", "Fewer than ten died.", False),
        ("It cost $5 million.", "It cost more than US$5 million.", False),
        ("Trade rose to 26 billion.", "Trade rose by 26 billion.", False),
        ("More than 100 died.", "More than 100 died.", True),
        ("Over 100 died.", "At least 100 died.", True),
        ("Trade rose 26 percent.", "Trade rose by 26 percent.", True),
        ("In 2024 some 1,000 came.", "Around 1,000 came in 2024, 10 of them by bus.", True),
        ("It rose 5 percent from 2023.", "It rose 5 percent over 2023.", True),
        ("It is 9 degrees.", "It was warm.", True),
        ("It reached 45 degrees.", "It exceeded 45 degrees.", False),
        ("300 came.", "Upwards of 300 came.", False),
        ("More than 300 came.", "Upwards of 300 came.", True),
        ("Netflix has 200,000 users.", "Netflix shed 200,000 users in spring.", False),
        ("There are 30 wolves.", "The park added another 30 wolves.", False),
        ("Netflix lost 200,000 users.", "Netflix shed 200,000 users in spring.", True),
        ("The firm has 5 mills.", "The firm, which has 5 mills, added 5 shops.", True),
    ],
)
def test_a_bound_is_not_left_out_or_put_in(sentence: str, quote: str, same: bool) -> None:
    assert same_amounts(sentence, quote) is same


def test_a_page_of_numbers_is_read_in_bounded_time() -> None:
    started = time.process_time()
    same_amounts("5 died.", "up to 5 " * 100_000)
    assert time.process_time() - started < 2

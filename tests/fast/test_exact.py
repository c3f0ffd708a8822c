"""The days of a plan, where its article tells them more exactly further down."""

from datetime import date

import pytest

from rag.answering.evidence import sentences
from rag.answering.exact import more_exact
from rag.domain import Article, Published

PLAN = "Russian President Vladimir Putin will travel to China later this week, the Kremlin said."
DAYS = "The Kremlin said that the state visit is scheduled for May 16 and 17."


def exact(*further_down: str, title: str = "Putin to visit China this week") -> str | None:
    """What makes the plan more exact, of an article that tells these sentences too."""
    text = "\n".join([PLAN, *further_down])
    article = Article("a", title, text, Published.on(date(2024, 5, 14), "stated"))
    found = more_exact(sentences(article)[0])
    return found.quote if found else None


def test_the_days_are_found_further_down() -> None:
    assert exact("It is his first trip of this term.", DAYS) == DAYS


@pytest.mark.parametrize(
    "other",
    [
        "A state visit took place on March 20.",  # over, and not of that week
        "A state visit is scheduled for May 20.",  # ahead, and not of that week
        "The gala is scheduled for May 16 and 17.",  # something else
        "He will visit Harbin on May 17.",  # a part of it
        "Premier Li will visit on May 17.",  # somebody else
        "The visit is scheduled for this month.",  # less exact
    ],
)
def test_what_is_not_the_plan_does_not_make_it_exact(other: str) -> None:
    assert exact(other) is None


def test_days_that_differ_are_not_chosen_between() -> None:
    assert exact(DAYS, "The state visit is scheduled for May 18 and 19.") is None


def test_the_plan_must_be_what_the_title_is_about() -> None:
    assert exact(DAYS, title="Trade between Russia and China is growing") is None

"""The days of a plan, where its article tells them more exactly further down."""

from datetime import date

import pytest

from rag.answering.evidence.sentences import sentences
from rag.answering.timeline.exact import more_exact
from rag.domain import Article, Published

PLAN = "Russian President Vladimir Putin will travel to China later this week, the Kremlin said."
DAYS = "The Kremlin said that the state visit is scheduled for May 16 and 17."


def exact(
    *further_down: str, title: str = "Putin to visit China this week", as_of: int = 14
) -> str | None:
    """What makes the plan more exact, of an article that tells these sentences too."""
    text = "\n".join([PLAN, *further_down])
    article = Article("a", title, text, Published.on(date(2024, 5, 14), "stated"))
    found = more_exact(sentences(article)[0], date(2024, 5, as_of))
    return found.quote if found else None


def test_the_days_are_found_further_down() -> None:
    assert exact("It is his first trip of this term.", DAYS) == DAYS
    assert exact("Officials said that the state visit is set for May 16.") is not None
    assert exact(DAYS, title="Putin to Visit China This Week") == DAYS


def test_days_that_are_over_are_not_told() -> None:
    assert exact(DAYS, as_of=17) == DAYS
    assert exact(DAYS, as_of=18) is None


@pytest.mark.parametrize(
    "other",
    [
        "A state visit took place on March 20.",  # over, and not of that week
        "A state visit is scheduled for May 20.",  # ahead, and not of that week
        "The gala is scheduled for May 16 and 17.",  # something else
        "He will visit Harbin on May 17.",  # a part of it
        "Premier Li will visit on May 17.",  # somebody else
        "The visit is scheduled for this month.",  # less exact
        "The state visit will not begin on May 16, as was first planned.",
        "The state visit, set for May 16, was postponed.",
    ],
)
def test_what_is_not_the_plan_does_not_make_it_exact(other: str) -> None:
    assert exact(other) is None


def test_days_before_the_plan_are_not_its_days() -> None:
    plan = "Putin will travel to China next month, the Kremlin said."
    text = f"{plan}\nA visit of aides is set for May 20."
    published = Published.on(date(2024, 5, 14), "stated")
    article = Article("a", "Putin to visit China next month", text, published)
    assert more_exact(sentences(article)[0], date(2024, 5, 14)) is None


def test_days_that_differ_are_not_chosen_between() -> None:
    assert exact(DAYS, "The state visit is scheduled for May 18 and 19.") is None


def test_the_plan_must_be_what_the_title_is_about() -> None:
    assert exact(DAYS, title="Trade between Russia and China is growing") is None

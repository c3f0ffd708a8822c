"""From which day an article exists."""

from datetime import date

import pytest

from rag.domain import Published

EARLY, DAY, LATE = date(2024, 4, 1), date(2024, 4, 9), date(2024, 4, 20)


@pytest.mark.parametrize(
    ("published", "first_day"),
    [
        pytest.param(Published.on(DAY, "stated"), DAY, id="stated"),
        pytest.param(Published(DAY, "stated", DAY, LATE), LATE, id="updated later"),
        pytest.param(Published(DAY, "inferred", EARLY, LATE), DAY, id="inferred: the best day"),
        pytest.param(Published(None, "unknown", EARLY, None), EARLY, id="not before its text"),
    ],
)
def test_an_article_exists_from_its_day_on(published: Published, first_day: date) -> None:
    assert not published.exists_on(date.fromordinal(first_day.toordinal() - 1))
    assert published.exists_on(first_day)


def test_only_a_day_that_is_known_can_be_updated() -> None:
    assert Published(DAY, "metadata", DAY, LATE).updated == LATE
    assert Published.on(DAY, "stated").updated is None
    assert Published(DAY, "inferred", EARLY, LATE).updated is None
    assert Published(None, "unknown", EARLY, LATE).updated is None


def test_an_article_without_any_date_exists_on_every_day() -> None:
    assert Published.unknown().exists_on(date.min)

"""A story that was worked on after its date: what shows it, and what only seems to."""

from datetime import date

import pytest

from rag.domain import Published
from rag.reading.updates import later_bound, with_updates

PUBLISHED, TODAY = date(2022, 3, 1), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This story was updated on March 9, 2022, to add a name.", date(2022, 3, 9)),
        ("Updated: 2022-03-09\nThe bridge is shut.", date(2022, 3, 9)),
        ("Updated 1:02 PM ET, Wed March 9, 2022\nThe bridge is shut.", date(2022, 3, 9)),
        ("So sad. — Jo Doe (@jodoe) March 9, 2022 She sang.", date(2022, 3, 9)),
        ("The shop closed on Feb. 13, 2023, officials said.", date(2023, 2, 13)),
        ("The shop closed its doors May 5, 2023, officials said.", date(2023, 5, 5)),
        ("He was arrested in Union City, Ohio, on May 5, 2022, and charged.", date(2022, 5, 5)),
        ("A man prays in Kyiv on May 9, 2022. Jo Doe/Reuters Guns fell silent.", date(2022, 5, 9)),
        ("Rain in Rome, Monday, May 9, 2022. (AP Photo/Jo Doe)", date(2022, 5, 9)),
        ("The richest of all as of December 2022 is Ann Lee.", date(2022, 12, 1)),
        ("It fell on May 2, 2022. It was raised on May 9, 2022.", date(2022, 5, 9)),
    ],
)
def test_a_day_that_is_over_shows_that_the_story_was_updated(text: str, day: date) -> None:
    assert later_bound(text, PUBLISHED, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "The shop closed on Feb. 13, 2022, officials said.",  # before it was published
        "The shop closed on Feb. 13, 2031, officials said.",  # nobody knows that
        "The king will be crowned on May 6, 2023.",
        "The king is crowned on May 6, 2023.",
        "It would be enacted on July 1, 2023, he said.",
        "Payments are paused until June 30, 2023, he said.",
        "The term was extended to June 30, 2023.",
        "The fine was waived over a trial period ending 22 February 2023.",
        "The two sides agreed on May 6, 2023, as the day of the vote.",
        "She signed a decree naming May 6, 2023, a day of prayer.",
        "Cape Town Baroque with singers who roamed the Earth, March 26, 2023 – a night of song.",
        "They have until May 6, 2023. Jo Doe/Reuters",
        "Tickets: https://example.org/opened/2023/12/15/2023-car",
        "If it has opened on May 6, 2023, all is well.",
        "Masks will be gone as of April 2022.",
        "Ann Lee (aged 30 as of April 1, 2023) will play.",
        "The richest of all as of February 2022 is Ann Lee.",  # before it was published
    ],
)
def test_a_later_day_that_may_lie_ahead_shows_nothing(text: str) -> None:
    assert later_bound(text, PUBLISHED, TODAY) is None


def test_the_stated_day_is_kept_and_answers_count_from_the_later_one() -> None:
    stated = Published.on(PUBLISHED, "stated")
    published = with_updates(stated, "The shop closed on Feb. 13, 2023.", TODAY)
    assert published == Published(PUBLISHED, "stated", PUBLISHED, date(2023, 2, 13))
    assert published.updated == date(2023, 2, 13)
    assert not published.exists_on(date(2023, 2, 12))
    assert published.exists_on(date(2023, 2, 13))
    assert with_updates(stated, "The shop is open.", TODAY) == stated


def test_a_text_without_a_day_has_none_to_be_later_than() -> None:
    unknown = Published.unknown()
    assert with_updates(unknown, "The shop closed on Feb. 13, 2023.", TODAY) == unknown

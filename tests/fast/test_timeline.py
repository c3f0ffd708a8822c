"""What a timeline tells: the kind of each statement, its order, and nothing from later."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.evidence.retrieve import Retriever
from rag.answering.evidence.sentences import matching_sentences
from rag.answering.question.interpret import interpret
from rag.answering.timeline.timeline import Entry, Timeline, make_timeline
from rag.domain import Article, Coverage, Published, Question
from rag.index.store import Index
from tests.fakes_index import FakeEmbedder

VISIT = "Putin visits China"
LATER = "2026-01-01"
NOWHERE = Coverage(0, None, None)


def article(
    published: str | None, text: str, title: str = "Putin to visit China", name: str = ""
) -> Article:
    known = Published.on(date.fromisoformat(published), "stated") if published else None
    return Article(name or f"{published}", title, text, known or Published.unknown())


def timeline(
    articles: Sequence[Article], as_of: str = LATER, topic: str = VISIT, limit: int = 20
) -> Timeline:
    asked = interpret(Question(topic, date.fromisoformat(as_of)))
    return make_timeline(asked, matching_sentences(asked, articles), NOWHERE, limit)


def told(
    articles: Sequence[Article], as_of: str = LATER, topic: str = VISIT
) -> list[tuple[str, str, str, str]]:
    """Each entry as its first and last day, its kind and its standing."""
    entries = timeline(articles, as_of, topic).entries
    return [(*days(entry), entry.kind, entry.standing) for entry in entries]


def days(entry: Entry) -> tuple[str, str]:
    span = entry.days.span
    return str(span.first_day), str(span.last_day)


VAGUE = article("2024-04-09", "Putin will visit China later this year.")
EXACT = article("2024-05-14", "The state visit of Putin to China is scheduled for May 16 and 17.")
DONE = article("2024-05-20", "Putin visited China on May 16.")
MAY_16, MAY_17 = "2024-05-16", "2024-05-17"


def test_a_plan_is_planned_until_its_day_has_passed() -> None:
    assert told([EXACT], "2024-05-17") == [(MAY_16, MAY_17, "planned", "ahead")]
    assert told([EXACT], "2024-05-18") == [(MAY_16, MAY_17, "planned", "passed")]


def test_a_plan_that_is_told_as_past_stays_a_plan_beside_its_outcome() -> None:
    assert told([EXACT, DONE]) == [
        (MAY_16, MAY_17, "planned", "reported"),
        (MAY_16, MAY_16, "done", "done"),
    ]


def test_a_more_exact_day_in_a_later_article_changes_the_plan() -> None:
    [vague, exact] = timeline([EXACT, VAGUE], "2024-05-15").entries
    assert (vague.kind, vague.standing) == ("planned", "replaced")
    assert (exact.kind, exact.standing) == ("changed", "ahead")
    assert vague.replaced_by is not None
    assert exact.before is not None
    assert vague.replaced_by.span == exact.days.span
    assert exact.before.span.text == "later this year"


def test_before_the_change_was_published_nothing_has_changed() -> None:
    assert told([VAGUE, EXACT], "2024-05-13") == [("2024-04-09", "2024-12-31", "planned", "ahead")]


def test_a_vaguer_sentence_about_the_same_days_is_cited_beside_the_exact_one() -> None:
    week = article("2024-05-14", "Putin will visit China this week.", name="a")
    [entry] = timeline([week, EXACT], "2024-05-14").entries
    assert [citation.article for citation in entry.citations] == ["2024-05-14", "a"]
    assert [citation.number for citation in entry.citations] == [1, 2]


def test_an_exact_plan_is_not_replaced_by_a_part_of_it() -> None:
    part = article("2024-05-15", "Putin will visit the north of China on May 17.")
    assert [entry.standing for entry in timeline([EXACT, part], "2024-05-15").entries] == [
        "ahead",
        "ahead",
    ]


def test_a_plan_that_is_put_off_is_changed_and_never_done() -> None:
    off = article("2024-05-15", "Putin postponed his visit to China, planned for May 16.")
    assert told([EXACT, off], "2024-06-30") == [
        (MAY_16, MAY_17, "planned", "replaced"),
        (MAY_16, MAY_16, "changed", "withdrawn"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Putin visited China in October 2023.", "done"),
        ("In October 2023 Putin travelled to China.", "done"),
        ("Putin was in China for a visit on Monday.", "done"),
        ("Putin will visit China on Friday.", "planned"),
        ("Putin to visit China in July.", "planned"),
        ("The Kremlin said that Putin would visit China next month.", "planned"),
        ("Putin visited China this week.", "done"),
        ("Russian President Vladimir Putin recently visited China.", "done"),
        ("Putin, who visited China in 2023, is no member.", "done"),
    ],
)
def test_how_it_was_told_decides_the_kind(text: str, kind: str) -> None:
    assert [entry.kind for entry in timeline([article("2024-05-14", text)]).entries] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Putin will visit China.",
        "Putin will visit China soon, the Kremlin said on Tuesday.",
        "On Tuesday, the Kremlin said a visit to China was likely.",
        "The visit to China was Putin's first since his re-election in March.",
        "Putin will visit Harbin in China, which was founded in the late 19th century.",
        "Xi Jinping will visit Moscow in July.",
        "In March 2023, Chinese leader Xi Jinping paid a visit to Moscow.",
        "The French president will visit Shanghai in June.",
        "The talks in China are on Friday.",
        "Putin visits China every year.",
        "Xi agreed to a visit of Putin to China this year.",
        "Putin agreed to visit China in April.",
        "Last month, Putin offered to visit China.",
        "A visit by Taiwan's Lee Teng-hui to China in 1995 was a surprise.",
        "The 2018 law encourages visits of Putin to China.",
        "Putin has not visited China in 25 years.",
        "Putin has visited China often in recent years.",
    ],
)
def test_what_tells_no_day_of_the_topic_is_left_out(text: str) -> None:
    assert timeline([article("2024-05-14", text)]).entries == ()


def test_who_acts_may_be_called_by_his_office() -> None:
    text = "Russian President Vladimir Putin spoke. The Russian president will visit China in July."
    assert [entry.kind for entry in timeline([article("2024-05-14", text)]).entries] == ["planned"]


def test_names_may_be_typed_in_lower_case() -> None:
    other = article("2024-05-01", "Wang Yi will visit China's north in July.", title="News")
    assert told([EXACT, other], topic="putin visits china") == told([EXACT, other])


def test_a_capital_that_articles_do_not_write_makes_no_name() -> None:
    vote = article("2024-05-14", "France will hold elections in July.", title="Paris")
    assert told([vote], topic="Elections in France") == [
        ("2024-07-01", "2024-07-31", "planned", "passed")
    ]


def test_entries_stand_in_the_order_of_the_days_they_speak_of() -> None:
    old = article("2024-05-14", "In October 2023 Putin visited China.", name="b")
    starts = [entry.day for entry in timeline([VAGUE, EXACT, DONE, old]).entries]
    assert starts == sorted(starts)
    assert starts[0] == date(2023, 10, 1)


def test_the_last_entries_are_kept() -> None:
    cut = timeline([VAGUE, EXACT, DONE], limit=1)
    assert cut.entries[0].day == max(entry.day for entry in timeline([VAGUE, EXACT, DONE]).entries)
    assert cut.left_out == 2


def test_two_reports_of_one_event_are_one_entry() -> None:
    again = article("2024-05-21", "Putin visited China on May 16, TASS writes.", name="again")
    [entry] = timeline([DONE, again]).entries
    assert [citation.article for citation in entry.citations] == ["2024-05-20", "again"]


def test_without_a_date_only_what_is_told_as_past_counts() -> None:
    text = "Putin visited China in May 2023. Putin will visit China in May 2025."
    assert [days(entry)[0] for entry in timeline([article(None, text)]).entries] == ["2023-05-01"]


def test_days_that_hang_on_an_inferred_date_are_said_to() -> None:
    inferred = Published(date(2024, 5, 14), "inferred", date(2024, 5, 13), date(2024, 5, 15))
    text = "Putin visited China in 2023. Putin will visit China on May 16."
    item = Article("a", "Putin to visit China", text, inferred)
    assert [entry.days.is_inferred for entry in timeline([item]).entries] == [False, True]


def test_every_matching_sentence_of_the_index_is_read_as_of_its_day() -> None:
    text = " ".join(f"Putin will visit China in May {year}." for year in range(2025, 2050))
    embedder = FakeEmbedder()
    with Index.in_memory([article("2024-05-14", text), DONE], embedder) as index:
        asked = interpret(Question(VISIT, date(2024, 5, 15)))
        found = Retriever(index, embedder).statements(asked)
    assert [item.article.id for item in found] == ["2024-05-14"] * 25


SENTENCES = (
    "Putin will visit China later this year.",
    "Putin will visit China this week.",
    "Putin visited China last month.",
    "The visit of Putin to China, planned for next week, was postponed.",
    "Putin visited China on {day}.",
    "Putin will visit China on {day}.",
)
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@given(
    st.lists(st.tuples(DAYS, DAYS, st.sampled_from(SENTENCES)), max_size=8),
    DAYS,
    st.integers(1, 9),
)
@settings(deadline=None, max_examples=60)
def test_nothing_published_after_the_day_asked_is_told(
    drawn: list[tuple[date, date, str]], as_of: date, limit: int
) -> None:
    articles = [
        article(f"{published}", text.format(day=f"{day:%B %d, %Y}"), name=str(number))
        for number, (published, day, text) in enumerate(drawn)
    ]
    made = timeline(articles, f"{as_of}", limit=limit)
    before = [item for item in articles if (item.published.day or date.max) <= as_of]
    assert made == timeline(before, f"{as_of}", limit=limit)
    for entry in made.entries:
        assert all((item.published or date.max) <= as_of for item in entry.citations)
        assert entry.kind != "done" or entry.day <= as_of
        assert len(made.entries) <= limit


@given(DAYS, st.integers(0, 400))
@settings(deadline=None, max_examples=60)
def test_a_plan_alone_never_becomes_an_outcome(published: date, later: int) -> None:
    plan = article(f"{published}", "Putin will visit China next week.")
    as_of = published + timedelta(days=later)
    assert [entry.kind for entry in timeline([plan], f"{as_of}").entries] == ["planned"]

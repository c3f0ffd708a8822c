"""The scorers can fail: each thing an answer can get wrong is caught."""

from dataclasses import replace
from datetime import date

import pytest

from rag.domain import Answer, Article, Citation, Claim, Coverage, ModelIdentity, Published, Status
from rag.evaluation.intervals import bootstrap, wilson
from rag.evaluation.matching import holds, token_overlap
from rag.evaluation.metrics import METRICS
from rag.evaluation.questions import Days, EvalQuestion, Expected, Group, Words
from rag.evaluation.records import Reply
from rag.evaluation.refusal import is_refusal

AS_OF = date(2025, 4, 1)
TRIP = Article(
    "trip.txt",
    "Wang Yi in Moscow",
    "Wang Yi in Moscow\nPutin will visit China in late August 2025.\nTalks begin on May 9.",
    Published.on(date(2025, 3, 28), "stated"),
)
LATER = replace(TRIP, id="later.txt", published=Published.on(date(2025, 5, 2), "stated"))
AUGUST = "Putin will visit China in late August 2025."


def cite(quote: str, article: Article = TRIP, number: int = 1) -> Citation:
    start = article.text.index(quote)
    published = article.published
    return Citation(
        number,
        article.id,
        article.title,
        None,
        published.day,
        published.basis,
        quote,
        start,
        start + len(quote),
    )


def answer(*claims: Claim, cited: tuple[Citation, ...] = (), status: Status = "answered") -> Answer:
    return Answer(
        question="When?",
        as_of=AS_OF,
        status=status,
        reason=None,
        text=" ".join(claim.text for claim in claims) or "The articles do not say.",
        claims=claims,
        citations=cited,
        nearest=(),
        coverage=Coverage(1, None, None),
        model=ModelIdentity("none", "none", None),
    )


def says(text: str, quote: str = AUGUST, article: Article = TRIP) -> Answer:
    return answer(Claim(text, (1,), "supported"), cited=(cite(quote, article),))


SILENT = answer(status="abstained")
RIGHT = says(AUGUST)
ANSWERABLE = Expected(("answered",), (Words(("late August",)),), ("May",), ("trip.txt",))
UNANSWERABLE = Expected(("abstained",))


def score(metric: str, given: Answer, expected: Expected = ANSWERABLE) -> float | None:
    question = EvalQuestion("q", "time", ("When?",), AS_OF, expected)
    reply = Reply(given, {TRIP.id: TRIP, LATER.id: LATER})
    return METRICS[metric].score(question, reply)


def test_a_right_answer_has_no_fault() -> None:
    for metric in ("status_accuracy", "answer_match", "quote_validity", "support_rate"):
        assert score(metric, RIGHT) == 1, metric
    for metric in ("wrong_delivered", "uncited_claims", "as_of_leaks", "over_refusal"):
        assert score(metric, RIGHT) == 0, metric
    assert score("citation_precision", RIGHT) == score("citation_recall", RIGHT) == 1


def test_a_quote_that_is_not_at_its_offsets_is_caught() -> None:
    shifted = replace(cite(AUGUST), start=0, end=len(AUGUST))
    assert score("quote_validity", replace(RIGHT, citations=(shifted,))) == 0


def test_a_quote_whose_words_were_altered_is_caught() -> None:
    altered = replace(cite(AUGUST), quote=AUGUST.replace("August", "October"))
    assert score("quote_validity", replace(RIGHT, citations=(altered,))) == 0


def test_a_quote_among_the_nearest_evidence_is_checked_too() -> None:
    shifted = replace(cite(AUGUST), start=1)
    assert score("quote_validity", replace(SILENT, nearest=(shifted,)), UNANSWERABLE) == 0


def test_a_quote_of_an_article_nobody_has_is_caught() -> None:
    invented = replace(cite(AUGUST), article="nowhere.txt")
    given = replace(RIGHT, citations=(invented,))
    assert (score("quote_validity", given), score("as_of_leaks", given)) == (0, 1)


def test_what_was_published_after_the_day_is_a_leak_whatever_the_citation_says() -> None:
    lying = replace(cite(AUGUST, LATER), published=date(2025, 3, 1))
    assert score("as_of_leaks", replace(RIGHT, citations=(lying,))) == 1
    assert score("as_of_leaks", replace(SILENT, nearest=(cite(AUGUST, LATER),))) == 1


def test_an_article_that_was_updated_after_the_day_is_a_leak() -> None:
    first, last = date(2025, 3, 28), date(2025, 5, 2)
    vague = replace(TRIP, published=Published(first, "stated", first, last))
    question = EvalQuestion("q", "time", ("When?",), AS_OF, ANSWERABLE)
    assert METRICS["as_of_leaks"].score(question, Reply(RIGHT, {TRIP.id: vague})) == 1


@pytest.mark.parametrize("numbers", [(), (2,), (1, 2)])
def test_a_claim_without_a_citation_that_exists_is_caught(numbers: tuple[int, ...]) -> None:
    given = answer(Claim(AUGUST, numbers, "supported"), cited=(cite(AUGUST),))
    assert score("uncited_claims", given) == 1
    assert score("support_rate", given) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Putin will visit China on 3 October 2025.",
        "Macron praised the French cheese industry during breakfast in Paris.",
    ],
)
def test_a_claim_that_its_quote_does_not_hold_is_caught(text: str) -> None:
    assert score("support_rate", says(text)) == 0


def test_a_quote_with_the_days_it_means_is_supported() -> None:
    assert (
        score("support_rate", says("“Talks begin on May 9.” (9 May 2025)", "Talks begin on May 9."))
        == 1
    )


def test_an_answer_where_silence_is_right_is_wrong_in_three_ways() -> None:
    assert score("status_accuracy", RIGHT, UNANSWERABLE) == 0
    assert score("abstention_recall", RIGHT, UNANSWERABLE) == 0
    assert score("wrong_delivered", RIGHT, UNANSWERABLE) == 1


def test_silence_where_an_answer_is_right_is_a_refusal_but_not_a_wrong_answer() -> None:
    assert score("over_refusal", SILENT) == 1
    assert score("abstention_precision", SILENT) == 0
    assert score("answer_match", SILENT) == 0
    assert score("citation_recall", SILENT) == 0
    assert score("wrong_delivered", SILENT) == 0


def test_an_answer_with_what_it_must_not_say_is_delivered_wrong() -> None:
    given = says("Putin will visit China in late August 2025, after May.")
    assert (score("answer_match", given), score("wrong_delivered", given)) == (0, 1)


def test_an_answer_without_what_it_must_say_is_delivered_wrong() -> None:
    given = says("Putin will visit China.")
    assert (score("answer_match", given), score("wrong_delivered", given)) == (0, 1)


def test_a_plan_that_is_past_told_as_current_is_delivered_wrong() -> None:
    stale = replace(ANSWERABLE, statuses=("stale",))
    assert score("wrong_delivered", RIGHT, stale) == 1
    assert score("wrong_delivered", replace(RIGHT, status="stale"), stale) == 0


def test_either_of_two_acceptable_statuses_will_do() -> None:
    either = replace(ANSWERABLE, statuses=("abstained", "answered"))
    assert score("status_accuracy", RIGHT, either) == score("status_accuracy", SILENT, either) == 1
    assert score("answer_match", SILENT, either) is None
    assert score("over_refusal", SILENT, either) is None


def test_an_article_that_may_not_be_cited_lowers_the_precision() -> None:
    other = cite(AUGUST, LATER, 2)
    given = replace(RIGHT, citations=(cite(AUGUST), other))
    assert score("citation_precision", given) == 0.5
    only_other = replace(RIGHT, citations=(other,))
    assert (score("citation_precision", only_other), score("citation_recall", only_other)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "day", "met"),
    [
        ("Talks begin on 9 May 2025.", "2025-05-09", True),
        ("Talks begin on May 9.", "2025-05-09", True),
        ("Talks begin on 10 May 2025.", "2025-05-09", False),
        ("Talks begin in May 2025.", "2025-05-09", False),
        ("Talks begin tomorrow.", "2025-03-29", True),
    ],
)
def test_days_are_compared_as_days(text: str, day: str, met: bool) -> None:
    wanted = date.fromisoformat(day)
    expected = Expected(("answered",), (Days(wanted, wanted),))
    assert score("answer_match", says(text), expected) == met


@pytest.mark.parametrize("text", ["On 16 and 17 May 2025.", "From May 16 to May 17, 2025."])
def test_a_period_is_its_first_and_last_day(text: str) -> None:
    period: Group = Days(date(2025, 5, 16), date(2025, 5, 17))
    assert score("answer_match", says(text), Expected(("answered",), (period,))) == 1
    only_first = says("On 16 May 2025.")
    assert score("answer_match", only_first, Expected(("answered",), (period,))) == 0


def test_wordings_are_compared_as_whole_words() -> None:
    assert holds("About 3,559 people live there.", "3559 People")
    assert holds("In the city of Málaga’s port", "malaga")
    assert not holds("He visited Chinatown.", "China")
    assert not holds("anything", "the")


def test_of_conflicting_documents_every_right_answer_is_wanted_and_no_wrong_one() -> None:
    both = Expected(("answered",), (Words(("Paris",)), Words(("Rome",))), ("Berlin",))
    names = ("gold_unspoilt", "all_gold", "gold_share", "wrong_reported", "wrong_alone")
    for text, wanted in (
        ("Paris or Rome.", (1, 1, 1, 0, 0)),
        ("Paris.", (0, 0, 0.5, 0, 0)),
        ("Paris, Rome or Berlin.", (0, 1, 1, 1, 0)),
        ("Berlin.", (0, 0, 0, 1, 1)),
    ):
        assert tuple(score(name, says(text), both) for name in names) == wanted, text


def test_a_wrong_answer_is_not_told_as_fact_where_the_articles_are_said_to_differ() -> None:
    both = Expected(("answered",), (Words(("Paris",)),), ("Berlin",))
    for text, wanted in (("Paris. Berlin.", 1), ("Berlin.", 0)):
        differing = replace(says(text), reason="conflict")
        assert score("gold_unspoilt", differing, both) == wanted


def test_token_overlap_is_that_of_squad() -> None:
    assert token_overlap("the cat sat", "a cat sat") == 1
    assert token_overlap("cat sat down", "cat") == pytest.approx(0.5)
    assert token_overlap("dog", "cat") == 0


@pytest.mark.parametrize(
    ("ranked", "hits", "reciprocal"),
    [
        (("a",), (1, 1), 1),
        (("x", "a"), (0, 1), 0.5),
        (("x",) * 10 + ("a",), (0, 0), 0),
        ((), (0, 0), 0),
    ],
)
def test_ranks_are_counted_from_one_to_ten(
    ranked: tuple[str, ...], hits: tuple[int, int], reciprocal: float
) -> None:
    relevant = Expected(("answered",), may_cite=("a", "b"))
    question = EvalQuestion("q", "2022", ("Who?",), AS_OF, relevant)
    reply = Reply(ranked=ranked)
    assert METRICS["hit@1"].score(question, reply) == hits[0]
    assert METRICS["hit@10"].score(question, reply) == hits[1]
    assert METRICS["mrr@10"].score(question, reply) == reciprocal
    assert METRICS["status_accuracy"].score(question, reply) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Empty Response",
        "The context does not mention when Putin visits China.",
        "I don't know.",
        "There is no information about that in the context.",
        "It is not specified in the given text.",
        "The question cannot be answered from the context.",
    ],
)
def test_a_refusal_in_ordinary_words_is_recognised(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize("text", [AUGUST, "He did not attend; Wang Yi knows Lavrov."])
def test_an_answer_is_no_refusal(text: str) -> None:
    assert not is_refusal(text)


def test_a_rate_has_the_interval_of_wilson() -> None:
    interval = wilson(8, 10)
    assert interval.low == pytest.approx(0.4902, abs=1e-4)
    assert interval.high == pytest.approx(0.9433, abs=1e-4)
    assert (wilson(0, 5).low, wilson(5, 5).high) == pytest.approx((0, 1))


def test_a_mean_has_an_interval_that_is_the_same_on_every_run() -> None:
    values = [0.0, 0.5, 1.0, 1.0, 0.25]
    interval = bootstrap(values)
    assert interval == bootstrap(values)
    assert interval.low < 0.55 < interval.high

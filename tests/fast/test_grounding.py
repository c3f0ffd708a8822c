"""Whether references say what a claim says, on cases anyone can judge."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.grounding import check_claim
from rag.answering.grounding.match import Match
from rag.answering.grounding.model import fitted
from rag.answering.grounding.signals import SIGNALS, signals
from rag.answering.grounding.texts import Text, read_claim, read_references

NEWS = (
    "China's Foreign Ministry spoke on Tuesday. Russian President Vladimir Putin will visit China "
    "on May 16 and 17 at the invitation of President Xi Jinping, the ministry said. He will also "
    "hold talks with Premier Li Qiang. About 40 agreements were signed last year, and trade rose "
    "26 percent to $1.5 million. The visit was not announced in advance."
)
LONG = NEWS + "".join(f" Region {n} had rain, and its harvest was fair." for n in range(400))


@pytest.mark.parametrize("references", [NEWS, LONG], ids=["short", "long"])
@pytest.mark.parametrize(
    "claim",
    [
        "Putin will visit China on May 16 and 17.",
        "He will also hold talks with Premier Li Qiang [1].",
        "About 40 agreements were signed last year.",
        "The visit was not announced in advance.",
        "Vladimir Putin will visit China at the invitation of Xi Jinping.",
        "3. Trade rose 26 percent to $1.5 million.",
    ],
)
def test_what_a_reference_says_is_supported(claim: str, references: str) -> None:
    assert check_claim(claim, [references]).supported


@pytest.mark.parametrize("references", [NEWS, LONG], ids=["short", "long"])
@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("About 50 agreements were signed last year.", "50"),
        ("He will also hold talks with Premier Wang Yi.", "Wang"),
        ("Putin will visit India on May 16 and 17.", "the name India is not in the reference"),
        ("The visit was announced in advance.", "the quote denies it"),
        ("Putin will not visit China on May 16 and 17.", "denies what the quote says"),
        ("Trade fell 26 percent.", "the claim has fell where the quote has rose"),
        ("The finance ministry raised taxes on fuel.", "taxes"),
        ("Hungary closed three coal mines.", "Hungary"),
        ("Tom Beck will visit China on May 16 and 17.", "the names Beck, Tom are not"),
    ],
)
def test_what_it_does_not_say_is_not(claim: str, why: str, references: str) -> None:
    support = check_claim(claim, [references])
    assert not support.supported
    assert support.score < 0.5
    assert why in support.why


def test_the_quote_is_the_sentence_that_says_it() -> None:
    support = check_claim("Premier Li Qiang will hold talks with him.", ["Nothing here.", NEWS])
    assert support.quote == "He will also hold talks with Premier Li Qiang."


def test_the_reason_counts_the_words_found() -> None:
    support = check_claim("Vladimir Putin will visit China at the invitation of Xi.", [NEWS])
    assert support.why == "6 of 6 words are in the quoted sentence"


@pytest.mark.parametrize("claim", ["", "  ", "the of and", "...", "[1]"])
def test_a_claim_without_words_is_not_supported(claim: str) -> None:
    support = check_claim(claim, [NEWS])
    assert (support.supported, support.score) == (False, 0.0)
    assert support.why == "the claim has no words to check"


@pytest.mark.parametrize("references", [[], [""], ["", " \n "]])
def test_without_a_reference_nothing_is_supported(references: list[str]) -> None:
    support = check_claim("Putin will visit China.", references)
    assert (support.supported, support.quote) == (False, "")
    assert support.why == "there is no reference text to check against"


@pytest.mark.parametrize("unit", ["word ", ".", "12 "])
def test_a_megabyte_is_read_in_bounded_time(unit: str) -> None:
    start = time.process_time()
    support = check_claim("Putin will visit China on May 16.", [unit * (1_000_000 // len(unit))])
    assert not support.supported
    assert len(support.quote) <= 600
    assert time.process_time() - start < 20


def test_a_long_claim_is_read_in_bounded_time() -> None:
    start = time.process_time()
    check_claim("Putin will visit China on May 16 and 17. " * 20_000, [NEWS])
    assert time.process_time() - start < 5


WORDS = st.sampled_from([*NEWS.split(), "not", "1.2.3", "[1]", "\n", "“", "٣", "²", "É", "Ｗ", "'"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_any_text_is_judged_and_every_quote_is_verbatim(claim: str, references: list[str]) -> None:
    support = check_claim(claim, references)
    assert 0 <= support.score <= 1
    assert support.supported == (support.score >= 0.5)
    assert support.why
    assert support.quote == "" or any(support.quote in reference for reference in references)


@pytest.mark.parametrize(
    ("claim", "number"),
    [("$1.5 million", "1500000"), ("1,500,000", "1500000"), ("2.0", "2"), ("1.2.3", "1.2.3")],
)
def test_numbers_are_compared_by_value(claim: str, number: str) -> None:
    assert Text(claim).numbers == {number}


@pytest.mark.parametrize("reference", ["five goals", "5 goals", "won 5-3", "5.0"])
def test_numbers_are_found_in_words_and_scores(reference: str) -> None:
    assert "5" in Text(reference).all_numbers


def test_more_of_a_claim_found_never_counts_against_it() -> None:
    """Every threshold of a signal leads up on the side it speaks for."""
    values = signals(Match(read_claim("Putin will visit China."), read_references([NEWS])))
    for place, side in enumerate(SIGNALS.values()):
        scores = [
            fitted().probability([*values[:place], value / 20, *values[place + 1 :]])
            for value in range(21)
        ]
        assert side == 0 or scores == sorted(scores, reverse=side < 0)


def test_the_weights_are_those_of_the_signals() -> None:
    assert list(fitted().signals) == [signal.__name__ for signal in SIGNALS]


def test_a_number_in_words_is_compared_as_one_in_digits_is() -> None:
    hurt = "A fire destroyed the mill, injuring three workers."
    assert check_claim("Three workers were injured.", [hurt]).supported
    support = check_claim("Five workers were injured.", [hurt])
    assert not support.supported
    assert support.why == "the claim has 5 where the quote has 3"

"""A name in short is the same as in full."""

from datetime import date
from time import process_time

import pytest

from rag.answering.evidence.about import unnamed
from rag.answering.language.acronyms import in_other_form
from rag.answering.language.terms import missing_from, names
from rag.answering.question.interpret import interpret
from rag.domain import Article, Evidence, Published, Question


def still_missing(asked: str, text: str) -> set[str]:
    missing = missing_from(text, names(asked))
    return set(missing - in_other_form(missing, asked, text))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("When does the SCO meet?", "The Shanghai Cooperation Organisation meets in July."),
        ("When does the Shanghai Cooperation Organisation meet?", "The SCO meets in July."),
        ("What is the SCO?", "Security Council Office Security Council Office is a body."),
        ("When was the PMK founded?", "The People's Movement of Kosovo was founded in 1981."),
        ("What does the EU say?", "The European Union said on Monday that it would pay."),
    ],
)
def test_one_is_found_for_the_other(asked: str, text: str) -> None:
    assert still_missing(asked, text) == set()


@pytest.mark.parametrize(
    ("asked", "text", "missing"),
    [
        ("When does the SCO meet?", "The Security Council meets in July.", {"sco"}),
        ("What does the EU say?", "Energy Update: Berlin says no.", {"eu"}),
        ("What does the EU say?", "New Energy Update: Berlin says no.", {"eu"}),
        ("What did Donald Turner say?", "The DT line was shut.", {"donald", "turner"}),
        ("What is the SCO?", "Xi Says China Open To Summit: a report.", {"sco"}),
        ("When will Li visit Rome?", "Lavrov Ivanov will visit Rome.", {"li"}),  # no acronym
        # of a name in full nothing may be there already
        (
            "When does the Shanghai Cooperation Organisation meet?",
            "Shanghai meets the SCO.",
            {"cooperation", "organisation"},
        ),
        ("When does Shanghai meet Rome?", "The SCO meets Rome.", {"shanghai"}),  # not in full
        (
            "When does the Shanghai Cooperation Forum meet?",
            "The SCO meets in July.",
            {"shanghai", "cooperation", "forum"},
        ),
    ],
)
def test_other_letters_are_of_another(asked: str, text: str, missing: set[str]) -> None:
    assert still_missing(asked, text) == missing


@pytest.mark.parametrize("near", [True, False])
def test_evidence_that_has_the_name_in_short_is_not_of_another(near: bool) -> None:
    quote = "The SCO will meet in July."
    evidence = Evidence(
        Article("a", "News", quote, Published.unknown()), 0, len(quote), "News", 0.8
    )
    day = date(2024, 5, 15)
    asked, other = (
        interpret(Question(f"When will the {name} meet?", day))
        for name in ("Shanghai Cooperation Organisation", "United Nations")
    )
    assert unnamed(evidence, asked, near=near) == set()
    assert unnamed(evidence, other, near=near) == {"united", "nations"}


@pytest.mark.parametrize("text", ["AB " * 30_000, "Abc " * 30_000, "Abc of the " * 20_000])
def test_no_text_takes_long(text: str) -> None:
    started = process_time()
    in_other_form(frozenset({"sco"}), "When does the SCO meet?", text)
    assert process_time() - started < 1

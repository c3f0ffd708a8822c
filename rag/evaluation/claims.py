"""Claims with their references, labelled by people as supported or not, and the verdicts on them.

AttributionBench (Li et al. 2024) is read from a folder of the user's; nothing of it is copied.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rag.answering.grounding import Support
from rag.domain import Article, Published
from rag.evaluation.lines import read_lines
from rag.evaluation.questions import EvalQuestion, Expected

# A claim is checked against texts and not as of a day; one day, so that every run asks the same.
_ANY_DAY = date(2024, 1, 1)
_LABELS = {"attributable": True, "not attributable": False}


def attributionbench(path: Path) -> Iterator[EvalQuestion]:
    """Each claim as a question, its references as the articles, its source as the kind."""
    return (line.parsed(_question) for line in read_lines(path))


def in_words(support: Support | None) -> str:
    """The verdict on a claim; empty where none was wanted."""
    if support is None:
        return ""
    verdict = "supported" if support.supported else "not supported"
    quoted = f": “{support.quote}”" if support.quote else ""
    return f"{verdict} ({support.score:.2f}), {support.why}{quoted}"


def _question(fields: Mapping[str, Any]) -> EvalQuestion:
    name, claim, label = str(fields["id"]), fields["claim"], fields["attribution_label"]
    if not isinstance(claim, str):
        raise TypeError("'claim' is not a text")
    if label not in _LABELS:
        raise ValueError(f"'attribution_label' is {label!r}, not one of {', '.join(_LABELS)}")
    return EvalQuestion(
        id=name,
        kind=fields["src_dataset"],
        turns=(claim,),
        as_of=_ANY_DAY,
        expected=Expected(("answered",), supported=_LABELS[label]),
        articles=_articles(name, fields["references"]),
    )


def _articles(name: str, references: object) -> tuple[Article, ...]:
    """The references as they stand, since that is what ``rag verify`` is given."""
    if not isinstance(references, list) or not all(isinstance(text, str) for text in references):
        raise TypeError("'references' is not a list of texts")
    return tuple(
        Article(f"{name}-{number}", f"Reference {number}", text, Published.unknown())
        for number, text in enumerate(references, start=1)
    )

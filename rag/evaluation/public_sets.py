"""The public question sets, each question with the passages that are given with it.

They are read from a folder of the user's; nothing of them is copied.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from rag.domain import Article, Published
from rag.evaluation.lines import read_lines
from rag.evaluation.matching import holds, tokens
from rag.evaluation.questions import EvalQuestion, Expected, Words
from rag.evaluation.timeml import TimeMl
from rag.reading.characters import normalised
from rag.reading.contents import Contents

# The passages of these sets are undated, or dated before this by their text; one day, so that
# every run asks the same.
_ANY_DAY = date(2024, 1, 1)
_NOISE_RATIOS = (0.0, 0.4, 0.8)
_NEAR_MISSES = 6
_ABSTAINED = Expected(("abstained",))

Fields = Mapping[str, Any]


def rgb_en_fact(path: Path) -> Iterator[EvalQuestion]:
    """All positive passages among noise of three ratios, and the noise alone (Chen et al. 2023).

    Where a question has too little noise of its own, that of the questions after it is taken.
    """
    lines = list(read_lines(path))
    noise = [list(line.parsed(lambda fields: fields["negative"])) for line in lines]
    for place, line in enumerate(lines):
        own_first = chain.from_iterable(noise[place:] + noise[:place])
        yield from line.parsed(partial(_rgb, noise=list(own_first)))


def _rgb(fields: Fields, noise: Sequence[str]) -> list[EvalQuestion]:
    positive, name = fields["positive"], str(fields["id"])
    expected = Expected(("answered",), _rgb_groups(fields["answer"]))
    questions = [
        _given(
            f"{name}@{ratio:g}",
            f"noise {ratio:g}",
            fields["query"],
            expected,
            _interleaved(positive, noise[: _noise_count(len(positive), ratio)]),
        )
        for ratio in _NOISE_RATIOS
    ]
    alone = noise[: len(fields["negative"])]
    return [*questions, _given(f"{name}@alone", "noise alone", fields["query"], _ABSTAINED, alone)]


def _rgb_groups(answer: str | list[Any]) -> tuple[Words, ...]:
    """One wording; or several, all wanted, each of which may have alternatives."""
    parts = answer if isinstance(answer, list) else [answer]
    return tuple(Words(tuple(part) if isinstance(part, list) else (part,)) for part in parts)


def _noise_count(positive: int, ratio: float) -> int:
    return round(positive * ratio / (1 - ratio))


def _interleaved(positive: Sequence[str], noise: Sequence[str]) -> list[str]:
    """Noise spread evenly between the positive passages, the same on every run."""
    keyed = [
        ((place + 0.5) / len(group), text)
        for group in (positive, noise)
        for place, text in enumerate(group)
    ]
    return [text for _, text in sorted(keyed, key=lambda item: item[0])]


def squad2(path: Path) -> Iterator[EvalQuestion]:
    """A question and one passage, which answers it or does not (Rajpurkar et al. 2018)."""
    return _each(path, _squad2)


def _squad2(fields: Fields) -> EvalQuestion:
    impossible, golds = fields["is_impossible"], tuple(dict.fromkeys(fields["answers"]))
    expected = _ABSTAINED if impossible else Expected(("answered",), (Words(golds),))
    kind = "unanswerable" if impossible else "answerable"
    return _given(fields["id"], kind, fields["question"], expected, [fields["context"]])


def ramdocs(path: Path) -> Iterator[EvalQuestion]:
    """Passages that contradict one another, about one name or several (Wang et al. 2025)."""
    return _each(path, _ramdocs)


def _ramdocs(fields: Fields) -> EvalQuestion:
    golds = fields["gold_answers"]
    wrong = [
        item for item in fields["wrong_answers"] if not any(holds(gold, item) for gold in golds)
    ]
    expected = Expected(("answered",), tuple(Words((gold,)) for gold in golds), tuple(wrong))
    kind = ("one right" if len(golds) == 1 else "several right") + (", one wrong" if wrong else "")
    texts = [document["text"] for document in fields["documents"]]
    return _given(str(fields["id"]), kind, fields["question"], expected, texts)


def multihoprag(path: Path) -> Iterator[EvalQuestion]:
    """Inference questions with their evidence, and null questions (Tang and Yang 2024).

    A null question has no evidence. It is given what comes nearest to it of the evidence of all
    the others, since refusing with nothing at hand would prove nothing.
    """
    lines = list(read_lines(path))
    pool = _distinct(article for line in lines for article in line.parsed(_evidence))
    for line in lines:
        kind = line.fields.get("question_type")
        if kind == "inference_query":
            yield line.parsed(lambda fields: _multihop(fields, "inference", _evidence(fields)))
        if kind == "null_query":
            yield line.parsed(lambda fields: _multihop(fields, "null", _nearest(fields, pool)))


def _multihop(fields: Fields, kind: str, articles: Sequence[Article]) -> EvalQuestion:
    days = [item.published.day for item in articles if item.published.day]
    answer = Expected(("answered",), (Words((fields["answer"],)),))
    expected = _ABSTAINED if kind == "null" else answer
    turns = (fields["question"],)
    return EvalQuestion(fields["id"], kind, turns, max(days), expected, tuple(articles))


def _evidence(fields: Fields) -> list[Article]:
    """The facts of a question, each an article of its own."""
    return [
        Article(
            id=f"{fields['id']}-{number}",
            title=item["title"],
            text=normalised(item["fact"]),
            published=Published.on(date.fromisoformat(item["published_at"][:10]), "stated"),
            source=item["source"],
        )
        for number, item in enumerate(fields["evidence_list"], start=1)
    ]


def _distinct(articles: Iterable[Article]) -> list[Article]:
    return list({article.text: article for article in articles}.values())


def _nearest(fields: Fields, pool: Sequence[Article]) -> list[Article]:
    """The articles that share most words with the question."""
    wanted = frozenset(tokens(fields["question"]))
    shared = [len(wanted & frozenset(tokens(f"{item.title} {item.text}"))) for item in pool]
    best = sorted(range(len(pool)), key=lambda place: (-shared[place], pool[place].id))
    return [pool[place] for place in best[:_NEAR_MISSES]]


def rtqa2022(path: Path) -> Iterator[EvalQuestion]:
    """Questions of 2022 over its news, and the articles that answer them (Kasai et al. 2022)."""
    return _each(
        path,
        lambda fields: _rtqa(fields, Expected(("answered",), (), (), tuple(fields["relevant"]))),
    )


def rtqa2022_older(path: Path) -> Iterator[EvalQuestion]:
    """The same at the end of the year, each question naming the month it was asked in."""
    for question in rtqa2022(path):
        [text] = question.turns
        month = f"{text.replace(' this week', '').rstrip('?')}, in {question.as_of:%B %Y}?"
        yield replace(question, turns=(month,), as_of=question.as_of.replace(month=12, day=31))


def rtqa2022_answers(path: Path) -> Iterator[EvalQuestion]:
    """The same questions with the wording of their answer; any article may be cited."""
    return _each(
        path, lambda fields: _rtqa(fields, Expected(("answered",), _rtqa_groups(fields["answer"])))
    )


def _rtqa(fields: Fields, expected: Expected) -> EvalQuestion:
    day = date.fromisoformat(fields["question_date"])
    return EvalQuestion(fields["id"], f"{day:%Y-%m}", (fields["question"],), day, expected)


def _rtqa_groups(answer: str) -> tuple[Words, ...]:
    """Both of "A & B"; of "San Francisco, California" the city will do."""
    return tuple(
        Words(tuple(dict.fromkeys((part, part.split(",")[0])))) for part in answer.split(" & ")
    )


def tempeval3(path: Path) -> Iterator[EvalQuestion]:
    """News of known days, the time expressions in it marked (UzZaman et al. 2013)."""
    return _each(path, _tempeval3)


def _tempeval3(fields: Fields) -> EvalQuestion:
    name, document = fields["id"], TimeMl.of(fields["timeml"])
    article = Article(name, name, document.text, Published.on(document.created, "stated"))
    return EvalQuestion(
        id=name,
        kind=re.split(r"[^A-Za-z]", name)[0] or "document",  # who published it
        turns=(f"Which times does {name} speak of?",),
        as_of=document.created,
        expected=Expected(("answered",), times=document.timexes),
        articles=(article,),
    )


def _each(path: Path, parse: Callable[[Fields], EvalQuestion]) -> Iterator[EvalQuestion]:
    return (line.parsed(parse) for line in read_lines(path))


def _given(
    name: str, kind: str, question: str, expected: Expected, texts: Sequence[str]
) -> EvalQuestion:
    """A question over passages dated by their text, if at all; without words they are left out."""
    clean = [text for text in map(normalised, texts) if text]
    articles = tuple(
        Contents(text).passage(f"{name}-{number}")
        for number, text in enumerate(dict.fromkeys(clean), start=1)
    )
    return EvalQuestion(name, kind, (" ".join(question.split()),), _ANY_DAY, expected, articles)

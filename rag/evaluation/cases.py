"""One question of a run as a report shows it: what was wrong, and where each quote stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Self

from rag.answering.language.dates import full_date
from rag.domain import Span
from rag.evaluation import claims
from rag.evaluation.metrics import METRICS
from rag.evaluation.questions import Days, Expected, Group, expected_of
from rag.evaluation.records import Rejection, published_of, support_of
from rag.evaluation.timexes import Alignment, Found, Mistake, mistakes
from rag.evaluation.undated import in_words

# What is wrong with a reply whose score is not perfect, the worst first.
_FAULTS = {
    "wrong_delivered": "a wrong answer, delivered without warning",
    "as_of_leaks": "quotes what was published after the day asked",
    "quote_validity": "a quote is not in its article",
    "uncited_claims": "a claim cites nothing",
    "wrong_alone": "reports a wrong answer and no right one",
    "abstention_recall": "answers what nothing answers",
    "over_refusal": "refuses what the articles answer",
    "status_accuracy": "not the expected status",
    "answer_match": "does not say what it must",
    "all_gold": "does not report every right answer",
    "citation_recall": "cites no article that backs it",
    "support_rate": "a claim that its quotes do not hold",
    "hit@10": "no relevant article among the first ten",
    "dates_inside": "the inferred interval does not hold the true day",
    "unsupported_let_through": "a claim its references do not hold is told as supported",
    "supported_missed": "a claim its references hold is told as not supported",
    "times_misread": "a time expression has another value",
    "times_missed": "a time expression is missed",
    "times_spurious": "other words are taken for a time expression",
}
_CONTEXT = 220


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article, with the numbers of the citations that quote it."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One quote amid the words around it; ``problem`` says why it cannot be shown in place."""

    number: int
    pieces: tuple[Piece, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One article that an answer cites: its quotes in context, and its whole text, marked."""

    article: str
    title: str
    origin: str
    excerpts: tuple[Excerpt, ...]
    full: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer."""

    text: str
    citations: tuple[int, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with its sources; for an abstention these are the nearest evidence."""

    status: str
    reason: str | None
    claims: tuple[Said, ...]
    note: str
    sources: tuple[Source, ...]
    model: str
    seconds: float

    @classmethod
    def of(cls, answer: Mapping[str, Any], texts: Mapping[str, str]) -> Self:
        """The answer of one line. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
        claims = tuple(
            Said(claim["text"], tuple(claim["citations"]), claim["verdict"])
            for claim in answer["claims"]
        )
        return cls(
            status=answer["status"],
            reason=answer["reason"],
            claims=claims,
            note=_unclaimed(answer["answer"], claims),
            sources=_sources(answer["citations"] or answer["nearest"], texts),
            model=_model(answer["model"]),
            seconds=float(answer["timings"]["total_s"]),
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One question, what a right answer is, what was answered, and what is wrong with that."""

    id: str
    set: str
    kind: str
    as_of: str
    turns: tuple[str, ...]
    expected: Expected
    answer: Shown | None
    ranked: tuple[str, ...]
    scores: Mapping[str, float | None]
    mistakes: tuple[Mistake, ...] = ()
    dated: str = ""
    verdict: str = ""
    rejected: tuple[Rejection, ...] = ()
    baseline: "Case | None" = None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The case that a line holds. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
        answer, expected = fields["answer"], expected_of(fields["expected"])
        return cls(
            id=fields["id"],
            set=fields["set"],
            kind=fields["kind"],
            as_of=date.fromisoformat(fields["as_of"]).isoformat(),
            turns=tuple(fields["turns"]),
            expected=expected,
            answer=Shown.of(answer, fields["texts"]) if answer else None,
            ranked=tuple(fields["ranked"]),
            scores=dict(fields["scores"]),
            mistakes=_mistakes(expected, Found.of(fields.get("times")), fields["texts"]),
            dated=in_words(published_of(fields.get("dated"))),
            verdict=claims.in_words(support_of(fields.get("support"))),
            rejected=tuple(map(Rejection.of, fields.get("rejected", ()))),
        )

    @property
    def text(self) -> str:
        """The turn that is scored."""
        return self.turns[-1]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, the worst first; empty where nothing is."""
        return tuple(what for name, what in _FAULTS.items() if _is_faulty(name, self.scores))

    @property
    def is_silent(self) -> bool:
        """Whether a date was wanted and none was found: neither right nor wrong."""
        return self.scores.get("dates_inferred") == 0

    @property
    def severity(self) -> int:
        """The place of its worst fault in the order of faults: the lower, the worse."""
        faulty = (place for place, name in enumerate(_FAULTS) if _is_faulty(name, self.scores))
        return next(faulty, len(_FAULTS))

    @property
    def is_wrong_delivered(self) -> bool:
        """Whether a wrong answer was delivered without warning: the fault that matters most."""
        return _is_faulty("wrong_delivered", self.scores)

    @property
    def must_say(self) -> tuple[str, ...]:
        """What the answer must say, in words."""
        return tuple(_described(group) for group in self.expected.contains)


def marked(text: str, spans: Sequence[tuple[int, Span]]) -> tuple[Piece, ...]:
    """The text cut where quotes begin and end, each piece with the numbers that cover it."""
    inside = [(number, _within(span, len(text))) for number, span in spans]
    cuts = sorted({0, len(text)} | {cut for _, span in inside for cut in (span.start, span.end)})
    return tuple(
        Piece(text[start:end], _covering(inside, start, end)) for start, end in pairwise(cuts)
    )


def _mistakes(
    expected: Expected, found: Found | None, texts: Mapping[str, str]
) -> tuple[Mistake, ...]:
    """What went wrong in the one text that was read; nothing where none was."""
    if found is None:
        return ()
    [text] = texts.values()
    return mistakes(text, Alignment.of(expected.times, found.timexes))


def _is_faulty(name: str, scores: Mapping[str, float | None]) -> bool:
    score = scores.get(name)
    if score is None:
        return False
    return score > 0 if METRICS[name].lower_is_better else score < 1


def _model(identity: Mapping[str, Any]) -> str:
    if identity["backend"] == "none":
        return "no language model"
    return f"{identity['backend']} {identity['name']}"


def _unclaimed(text: str, claims: Sequence[Said]) -> str:
    """What the answer says beyond its claims: that a day has passed, or why there is no answer."""
    for claim in claims:
        numbers = "".join(f" [{number}]" for number in claim.citations)
        text = text.replace(claim.text + numbers, "", 1)
    return text.strip()


def _sources(
    citations: Sequence[Mapping[str, Any]], texts: Mapping[str, str]
) -> tuple[Source, ...]:
    by_article: dict[str, list[Mapping[str, Any]]] = {}
    for citation in citations:
        by_article.setdefault(citation["article"], []).append(citation)
    return tuple(_source(cited, texts.get(name)) for name, cited in by_article.items())


def _source(cited: Sequence[Mapping[str, Any]], text: str | None) -> Source:
    spans = [
        (citation["number"], Span(citation["start"], citation["end"]))
        for citation in cited
        if text is not None and not _problem(citation, text)
    ]
    return Source(
        article=cited[0]["article"],
        title=cited[0]["title"],
        origin=_origin(cited[0]),
        excerpts=tuple(_excerpt(citation, text, spans) for citation in cited),
        full=marked(text, spans) if text else (),
    )


def _origin(citation: Mapping[str, Any]) -> str:
    day, basis = citation["published"], citation["published_basis"]
    published = f"{full_date(date.fromisoformat(day))} ({basis})" if day else "undated"
    also_in = f"also in {', '.join(citation['copies'])}" if citation.get("copies") else ""
    return ", ".join(filter(None, [citation["source"], published, also_in]))


def _excerpt(
    citation: Mapping[str, Any], text: str | None, spans: Sequence[tuple[int, Span]]
) -> Excerpt:
    number = citation["number"]
    problem = _problem(citation, text)
    if text is None or problem:
        return Excerpt(number, (Piece(citation["quote"], (number,)),), problem)
    window = _window(citation, text)
    shifted = [
        (cited, Span(span.start - window.start, span.end - window.start)) for cited, span in spans
    ]
    before = (Piece("… ", ()),) if text[: window.start].strip() else ()
    after = (Piece(" …", ()),) if text[window.end :].strip() else ()
    return Excerpt(number, before + marked(window.of(text), shifted) + after)


def _window(citation: Mapping[str, Any], text: str) -> Span:
    """The quote with some words on either side, and no blank lines at its ends."""
    first = _word_edge(text, citation["start"] - _CONTEXT)
    last = _word_edge(text, citation["end"] + _CONTEXT)
    inside = text[first:last]
    return Span(
        first + len(inside) - len(inside.lstrip()), last - len(inside) + len(inside.rstrip())
    )


def _problem(citation: Mapping[str, Any], text: str | None) -> str:
    if text is None:
        return "The run folder does not hold this article's text."
    if text[citation["start"] : citation["end"]] != citation["quote"]:
        return "This quote is not what the article has at this place."
    return ""


def _word_edge(text: str, place: int) -> int:
    """The nearest place from here back to the start that does not cut a word."""
    if place <= 0 or place >= len(text):
        return min(max(place, 0), len(text))
    return max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1


def _within(span: Span, length: int) -> Span:
    start = min(max(span.start, 0), length)
    return Span(start, min(max(span.end, start), length))


def _covering(spans: Sequence[tuple[int, Span]], start: int, end: int) -> tuple[int, ...]:
    return tuple(number for number, span in spans if span.start <= start and end <= span.end)


def _described(group: Group) -> str:
    if isinstance(group, Days):
        first, last = full_date(group.first), full_date(group.last)
        return first if first == last else f"{first} to {last}"
    return " or ".join(f"“{words}”" for words in group.alternatives)

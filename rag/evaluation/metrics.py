"""The measures of this harness, none of which asks a judge: what each means and how it adds up."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.domain import Answer, Citation, Claim, Published, Rejected
from rag.evaluation import scores
from rag.evaluation.intervals import mean_quotient
from rag.evaluation.metric import Kind, Metric, Quotient, ScoreReply
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Rejection, Reply, Scores
from rag.evaluation.timexes import Alignment
from rag.evaluation.undated import true_day

Score = Callable[[EvalQuestion, Reply, Answer], float | None]
RankScore = Callable[[Sequence[str], frozenset[str]], float]


def score_reply(names: Sequence[str], question: EvalQuestion, reply: Reply) -> Scores:
    """The scores of one reply by these metrics."""
    return {name: METRICS[name].score(question, reply) for name in names}


def rejections_of(question: EvalQuestion, reply: Reply) -> list[Rejection]:
    """What was drafted in vain, each judged as if it alone had been the answer."""
    if reply.answer is None:
        return []
    return [
        Rejection(item.text, item.failed, bool(_wrong_alone(question, reply, reply.answer, item)))
        for item in reply.answer.rejected
    ]


def _wrong_alone(question: EvalQuestion, reply: Reply, answer: Answer, item: Rejected) -> float:
    claims = (Claim(item.text, (1,), "supported"),)
    cited = (Citation.of(item.nearest, 1),)
    said = replace(answer, status="answered", text=item.text, claims=claims, citations=cited)
    return scores.wrong_delivered(question, reply, said)


def _of_answers(kind: Kind, score: Score, meaning: str, *, lower_is_better: bool = False) -> Metric:
    """The metric named as the function is; it does not apply where nothing was answered."""

    def scored(question: EvalQuestion, reply: Reply) -> float | None:
        return score(question, reply, reply.answer) if reply.answer else None

    return Metric(score.__name__, kind, scored, meaning, lower_is_better)


def _ranked(score: RankScore) -> ScoreReply:
    def scored(question: EvalQuestion, reply: Reply) -> float | None:
        return score(reply.ranked, frozenset(question.expected.may_cite))

    return scored


def _of_times(
    name: str, count: Callable[[Alignment], int], meaning: str, *, lower_is_better: bool = True
) -> Metric:
    """A count of time expressions; it does not apply where no text was read."""

    def scored(question: EvalQuestion, reply: Reply) -> float | None:
        if reply.times is None:
            return None
        return float(count(Alignment.of(question.expected.times, reply.times.timexes)))

    return Metric(name, "count", scored, meaning, lower_is_better)


def _dates_inferred(_question: EvalQuestion, reply: Reply) -> float | None:
    """It does not apply where the text states its day."""
    if reply.dated is None or _is_stated(reply.dated):
        return None
    return float(reply.dated.day is not None)


def _dates_inside(question: EvalQuestion, reply: Reply) -> float | None:
    """It applies where a day was inferred."""
    if reply.dated is None or reply.dated.basis != "inferred":
        return None
    first, last = reply.dated.earliest, reply.dated.latest
    return float(bool(first and last and first <= true_day(question) <= last))


def _is_stated(published: Published) -> bool:
    return published.basis in ("stated", "metadata")


def _of_claims(name: str, meaning: str, *, supported: bool, right: bool) -> Metric:
    """How many claims of this label had the right verdict, or the wrong one."""

    def scored(question: EvalQuestion, reply: Reply) -> float | None:
        was_right = _verdict_accuracy(question, reply)
        if was_right is None:
            return None
        return float(question.expected.supported == supported and bool(was_right) == right)

    return Metric(name, "count", scored, meaning, lower_is_better=not right)


def _verdict_accuracy(question: EvalQuestion, reply: Reply) -> float | None:
    """It does not apply where no claim was checked."""
    if reply.support is None:
        return None
    return float(reply.support.supported == question.expected.supported)


def _quotient(name: str, above: Sequence[str], below: Sequence[str], meaning: str) -> Metric:
    """The quotient of these counts."""
    return _mean_quotient(name, (Quotient(tuple(above), tuple(below)),), meaning)


def _mean_quotient(name: str, quotients: tuple[Quotient, ...], meaning: str) -> Metric:
    """The mean of these quotients of counts."""
    counts = {count for item in quotients for count in item.above + item.below}

    def scored(question: EvalQuestion, reply: Reply) -> float | None:
        parts = METRICS[name].parts(score_reply(sorted(counts), question, reply))
        return mean_quotient([parts]) if parts else None

    return Metric(name, "quotient", scored, meaning, quotients=quotients)


def _hit(limit: int) -> Metric:
    def hit(ranked: Sequence[str], relevant: frozenset[str]) -> float:
        return float(not relevant.isdisjoint(ranked[:limit]))

    return Metric(
        f"hit@{limit}", "rate", _ranked(hit), f"a relevant article among the first {limit}"
    )


_FOUND = ("times_right", "times_misread")
# Twice what both sides have, by what each side has: the harmonic mean of precision and recall.
_BOTH_SIDES = (*_FOUND, *_FOUND, "times_missed", "times_spurious")

_WRONG_VERDICTS = ("supported_missed", "unsupported_let_through")
_F1_OF_VERDICTS = tuple(
    Quotient((right, right), (right, right, *_WRONG_VERDICTS))
    for right in ("supported_found", "unsupported_found")
)

_ALL = (
    _of_answers("rate", scores.status_accuracy, "the status is the expected one"),
    _of_answers("rate", scores.answer_match, "it says what it must, and nothing wrong"),
    _of_answers(
        "rate",
        scores.wrong_delivered,
        "a wrong answer, delivered without warning",
        lower_is_better=True,
    ),
    _of_answers("rate", scores.abstention_precision, "abstentions that were right"),
    _of_answers("rate", scores.abstention_recall, "abstained where nothing answers"),
    _of_answers(
        "rate", scores.over_refusal, "abstained where something answers", lower_is_better=True
    ),
    _of_answers("mean", scores.citation_precision, "cited articles that back the answer"),
    _of_answers("rate", scores.citation_recall, "an article that backs the answer is cited"),
    _of_answers("rate", scores.quote_validity, "every quote stands in its article"),
    _of_answers("mean", scores.support_rate, "claims that what they cite holds"),
    _of_answers("count", scores.uncited_claims, "claims that cite nothing", lower_is_better=True),
    _of_answers(
        "count", scores.as_of_leaks, "quotes published after the day asked", lower_is_better=True
    ),
    _of_answers("mean", scores.token_f1, "words shared with the gold answer"),
    _of_answers("rate", scores.exact_match, "the gold answer and nothing else"),
    _of_answers("rate", scores.all_gold, "every gold answer is reported"),
    _of_answers("mean", scores.gold_share, "gold answers that are reported"),
    _of_answers("rate", scores.wrong_reported, "a wrong answer is reported", lower_is_better=True),
    _of_answers(
        "rate", scores.gold_unspoilt, "every gold answer is reported, no wrong one told as fact"
    ),
    _of_answers(
        "rate", scores.wrong_alone, "a wrong answer is reported, no right one", lower_is_better=True
    ),
    *map(_hit, (1, 3, 5, 10)),
    Metric("mrr@10", "mean", _ranked(scores.reciprocal_rank), "one by the rank of the first hit"),
    _quotient(
        "overlap_precision",
        _FOUND,
        (*_FOUND, "times_spurious"),
        "expressions found that overlap a marked one",
    ),
    _quotient(
        "overlap_recall",
        _FOUND,
        (*_FOUND, "times_missed"),
        "marked expressions that one found overlaps",
    ),
    _quotient("overlap_f1", _FOUND + _FOUND, _BOTH_SIDES, "the harmonic mean of the two"),
    _quotient(
        "value_accuracy", _FOUND[:1], _FOUND, "expressions that overlap, with the marked value"
    ),
    _quotient(
        "value_f1",
        ("times_right", "times_right"),
        _BOTH_SIDES,
        "the F1 where only those with the marked value count as found",
    ),
    _of_times(
        "times_right",
        lambda times: times.right,
        "time expressions found with the marked value",
        lower_is_better=False,
    ),
    _of_times("times_misread", lambda times: len(times.misread), "found with another value"),
    _of_times("times_missed", lambda times: len(times.missed), "marked and not found"),
    _of_times("times_spurious", lambda times: len(times.spurious), "found and not marked"),
    Metric("dates_inside", "rate", _dates_inside, "inferred intervals that hold the true day"),
    Metric("dates_inferred", "rate", _dates_inferred, "undated texts whose day is inferred"),
    _mean_quotient("macro_f1", _F1_OF_VERDICTS, "the mean F1 of supported and unsupported claims"),
    Metric("verdict_accuracy", "rate", _verdict_accuracy, "the verdict is the label"),
    _of_claims("supported_found", "supported claims told as such", supported=True, right=True),
    _of_claims("supported_missed", "supported claims told as not", supported=True, right=False),
    _of_claims("unsupported_found", "unsupported claims told as such", supported=False, right=True),
    _of_claims(
        "unsupported_let_through",
        "unsupported claims told as supported",
        supported=False,
        right=False,
    ),
)

METRICS = {metric.name: metric for metric in _ALL}

ANSWERS = (
    "status_accuracy",
    "answer_match",
    "wrong_delivered",
    "abstention_precision",
    "abstention_recall",
    "over_refusal",
    "quote_validity",
    "support_rate",
    "uncited_claims",
    "as_of_leaks",
)
CITATIONS = ("citation_precision", "citation_recall")
SPANS = ("token_f1", "exact_match")
CONFLICTS = ("gold_unspoilt", "all_gold", "gold_share", "wrong_reported", "wrong_alone")
RETRIEVAL = ("hit@1", "hit@3", "hit@5", "hit@10", "mrr@10")
DATES = ("dates_inside", "dates_inferred")
TIMES = (
    "overlap_precision",
    "overlap_recall",
    "overlap_f1",
    "value_accuracy",
    "value_f1",
    "times_right",
    "times_misread",
    "times_missed",
    "times_spurious",
)
VERDICTS = (
    "macro_f1",
    "verdict_accuracy",
    "supported_found",
    "supported_missed",
    "unsupported_found",
    "unsupported_let_through",
)

"""The score of one answer to one question, by each measure.

``None`` where a measure does not apply. Everything about quotes, citations and dates is worked
out anew from the articles: what an answer says of itself is not believed.
"""

from collections.abc import Sequence

from rag.domain import Answer, Article, Citation
from rag.evaluation.matching import holds, meets, said, token_overlap, tokens
from rag.evaluation.questions import EvalQuestion, Expected, Words
from rag.evaluation.records import Reply
from rag.evaluation.support import Backing


def status_accuracy(question: EvalQuestion, _reply: Reply, answer: Answer) -> float:
    """Whether the status is an expected one."""
    return float(answer.status in question.expected.statuses)


def answer_match(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether it says what it must and nothing it must not, where an answer is expected."""
    expected = question.expected
    if not expected.contains or expected.only_abstention or _rightly_silent(expected, answer):
        return None
    return float(_says_what_it_must(expected, answer))


def wrong_delivered(question: EvalQuestion, _reply: Reply, answer: Answer) -> float:
    """Delivered where silence was right, as current where only stale is, or with wrong content."""
    expected = question.expected
    if answer.status == "abstained":
        return 0.0
    unwarned = answer.status == "answered" and "answered" not in expected.statuses
    return float(expected.only_abstention or unwarned or not _says_what_it_must(expected, answer))


def abstention_precision(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether an abstention was right."""
    if answer.status != "abstained":
        return None
    return float("abstained" in question.expected.statuses)


def abstention_recall(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether it abstained where nothing answers."""
    return float(answer.status == "abstained") if question.expected.only_abstention else None


def over_refusal(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether it abstained where something answers."""
    if "abstained" in question.expected.statuses:
        return None
    return float(answer.status == "abstained")


def citation_precision(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """The share of the cited articles that back the answer."""
    cited, allowed = _cited(answer), question.expected.may_cite
    if not cited or not allowed:
        return None
    return len(cited & frozenset(allowed)) / len(cited)


def citation_recall(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether an article that backs the answer is cited; one is enough."""
    allowed = question.expected.may_cite
    if not allowed or "abstained" in question.expected.statuses:
        return None
    return float(bool(_cited(answer) & frozenset(allowed)))


def quote_validity(_question: EvalQuestion, reply: Reply, answer: Answer) -> float | None:
    """Whether every quote stands in its article at the offsets given."""
    quoted = [item for item in _shown(answer) if item.quote]
    return float(all(_is_quote(item, reply) for item in quoted)) if quoted else None


def support_rate(_question: EvalQuestion, reply: Reply, answer: Answer) -> float | None:
    """The share of the claims that what they cite holds."""
    if not answer.claims:
        return None
    backing = Backing.of(answer, reply.articles)
    return sum(map(backing.holds, answer.claims)) / len(answer.claims)


def uncited_claims(_question: EvalQuestion, reply: Reply, answer: Answer) -> float | None:
    """How many claims cite nothing, or something that is not there."""
    if answer.status == "abstained" or not answer.claims:
        return None
    backing = Backing.of(answer, reply.articles)
    return float(sum(not backing.is_cited(claim) for claim in answer.claims))


def as_of_leaks(question: EvalQuestion, reply: Reply, answer: Answer) -> float:
    """How many quotes are of articles that did not exist on the day asked.

    An article that is not known to the reply counts: nobody can tell its date.
    """
    known = (reply.articles.get(item.article) for item in _shown(answer))
    return float(sum(not _existed(article, question) for article in known))


def token_f1(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Words shared with the gold answer (SQuAD, Rajpurkar et al. 2016); 0 for an abstention."""
    golds = _golds(question.expected)
    return max(token_overlap(said(answer), gold) for gold in golds) if golds else None


def exact_match(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether it is the gold answer and nothing else."""
    golds = _golds(question.expected)
    return float(any(tokens(said(answer)) == tokens(gold) for gold in golds)) if golds else None


def all_gold(question: EvalQuestion, _reply: Reply, answer: Answer) -> float:
    """Whether every gold answer is reported (RAMDocs, Wang et al. 2025)."""
    return float(all(meets(answer, group) for group in question.expected.contains))


def gold_share(question: EvalQuestion, _reply: Reply, answer: Answer) -> float:
    """The share of the gold answers that are reported."""
    groups = question.expected.contains
    return sum(meets(answer, group) for group in groups) / len(groups)


def wrong_reported(question: EvalQuestion, _reply: Reply, answer: Answer) -> float | None:
    """Whether an answer that is known to be wrong is reported."""
    wrong = question.expected.excludes
    return float(any(holds(said(answer), item) for item in wrong)) if wrong else None


def gold_unspoilt(question: EvalQuestion, reply: Reply, answer: Answer) -> float:
    """Whether every gold answer is reported and no wrong one is told as fact.

    One that stands beside the others under the words that the articles differ is not.
    """
    as_fact = answer.reason != "conflict" and bool(wrong_reported(question, reply, answer))
    return float(bool(all_gold(question, reply, answer)) and not as_fact)


def wrong_alone(question: EvalQuestion, reply: Reply, answer: Answer) -> float | None:
    """A wrong answer with no right one beside it: nothing tells the reader of a conflict."""
    reported = wrong_reported(question, reply, answer)
    if not reported:
        return reported
    return float(not any(meets(answer, group) for group in question.expected.contains))


def reciprocal_rank(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """One divided by the rank of the first relevant article among ten; 0 where there is none."""
    places = (place for place, name in enumerate(ranked[:10], start=1) if name in relevant)
    return 1 / next(places, float("inf"))


def _says_what_it_must(expected: Expected, answer: Answer) -> bool:
    if answer.status == "abstained":
        return False
    return all(meets(answer, group) for group in expected.contains) and not any(
        holds(said(answer), wording) for wording in expected.excludes
    )


def _rightly_silent(expected: Expected, answer: Answer) -> bool:
    return answer.status == "abstained" and "abstained" in expected.statuses


def _cited(answer: Answer) -> frozenset[str]:
    return frozenset(citation.article for citation in answer.citations)


def _shown(answer: Answer) -> tuple[Citation, ...]:
    return answer.citations + answer.nearest


def _is_quote(citation: Citation, reply: Reply) -> bool:
    article = reply.articles.get(citation.article)
    return article is not None and citation.quote == article.text[citation.start : citation.end]


def _existed(article: Article | None, question: EvalQuestion) -> bool:
    return article is not None and article.published.exists_on(question.as_of)


def _golds(expected: Expected) -> tuple[str, ...]:
    """The wordings of the one thing that is asked for."""
    words = [group for group in expected.contains if isinstance(group, Words)]
    return words[0].alternatives if len(words) == len(expected.contains) == 1 else ()

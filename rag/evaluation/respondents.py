"""Who answers the questions of a set."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from time import thread_time
from typing import Protocol

from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.answering.grounding import check_claim
from rag.answering.question.interpret import interpret
from rag.domain import Answer, Article, Published, Question, Turn
from rag.evaluation.questions import EvalQuestion
from rag.evaluation.records import Reply
from rag.evaluation.timexes import Found
from rag.reading.contents import Contents
from rag.reading.inference import infer_published
from rag.reading.sentences import sentence_spans
from rag.reading.times import find_times

_RANKED = 10


class Respondent(Protocol):
    """Replies to questions, the same to the same."""

    def reply(self, question: EvalQuestion) -> Reply:
        """The reply to the last turn, the earlier ones asked before it."""


@dataclass(frozen=True, slots=True)
class AssistantRespondent:
    """The program itself, over the passages a question brings or over the index of its set.

    ``true_days`` are publication days that are known better than the program infers them: a
    leak is measured against those.
    """

    over_articles: Callable[[Sequence[Article]], Assistant]
    over_index: Assistant | None = None
    true_days: Mapping[str, date] = field(default_factory=dict)

    def reply(self, question: EvalQuestion) -> Reply:
        """The answer to the last turn, after real answers to the earlier ones."""
        assistant = self._assistant(question)
        history: tuple[Turn, ...] = ()
        for text in question.turns[:-1]:
            earlier = assistant.ask(Question(text, question.as_of, history))
            history = (*history, Turn(text, earlier.text))
        answer = assistant.ask(Question(question.text, question.as_of, history))
        articles = _articles(answer, assistant)
        return Reply(answer, {name: self._dated(article) for name, article in articles.items()})

    def _dated(self, article: Article) -> Article:
        day = self.true_days.get(article.id)
        return replace(article, published=Published.on(day, "stated")) if day else article

    def _assistant(self, question: EvalQuestion) -> Assistant:
        if question.articles is not None:
            return self.over_articles(question.articles)
        if self.over_index is None:
            raise TypeError(f"question '{question.id}' has no articles, and its set no index")
        return self.over_index


@dataclass(frozen=True, slots=True)
class RetrievalRespondent:
    """Ranks articles, without a language model."""

    retriever: Retriever

    def reply(self, question: EvalQuestion) -> Reply:
        """The best articles for the question as of its day."""
        interpretation = interpret(Question(question.text, question.as_of))
        evidence = self.retriever.search(interpretation, _RANKED)
        ranked = dict.fromkeys(item.article.id for item in evidence)
        return Reply(ranked=tuple(ranked)[:_RANKED])


@dataclass(frozen=True, slots=True)
class TimesRespondent:
    """Reads the time expressions of the one article that a question brings."""

    def reply(self, question: EvalQuestion) -> Reply:
        """What ``rag times`` finds in the article, published on its day."""
        [article] = question.articles or ()
        began = thread_time()
        spans = find_times(article.text, article.published.day)
        seconds = thread_time() - began
        found = Found.of_spans(spans, len(sentence_spans(article.text)), seconds)
        return Reply(articles={article.id: article}, times=found)


@dataclass(frozen=True, slots=True)
class DatingRespondent:
    """Dates the first article that a question brings, beside the days of the others."""

    def reply(self, question: EvalQuestion) -> Reply:
        """The day that the text states, or what ``rag ingest`` infers from it."""
        undated, *others = question.articles or ()
        read = Contents(undated.text, undated.title).article(undated.id, undated.id)
        if read.published.day:
            return Reply(dated=read.published)
        days = [other.published.day for other in others if other.published.day]
        return Reply(dated=infer_published(read.text, days, today=question.as_of))


@dataclass(frozen=True, slots=True)
class ClaimRespondent:
    """Checks a claim against the articles that it brings."""

    def reply(self, question: EvalQuestion) -> Reply:
        """What ``rag verify`` says of it."""
        references = [article.text for article in question.articles or ()]
        return Reply(support=check_claim(question.text, references))


def _articles(answer: Answer, assistant: Assistant) -> dict[str, Article]:
    """What the answer shows, read from the index and not from the answer."""
    shown = {item.article for item in (*answer.citations, *answer.nearest)}
    return {name: assistant.retriever.index.article(name) for name in sorted(shown)}

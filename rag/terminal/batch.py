"""One JSON question a line in, one JSON answer a line out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rag.answering.as_json import answer_json
from rag.answering.assistant import Assistant
from rag.domain import Article, Question
from rag.errors import UsageError
from rag.reading.characters import normalised
from rag.reading.contents import Contents
from rag.terminal.lines import Reply, replies
from rag.terminal.question import parse_as_of, parse_question

OverIndex = Callable[[], Assistant]
OverArticles = Callable[[tuple[Article, ...]], Assistant]


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers lines of questions, each over the index or over the passages it brings."""

    over_index: OverIndex
    over_articles: OverArticles
    as_of: date

    def run(self, lines: Iterable[str]) -> Iterator[Reply]:
        """An answer for each line in order; a line that fails gives its id and the error."""
        return replies(lines, self._reply)

    def _reply(self, record: dict[str, Any], number: int) -> dict[str, Any]:
        question = self._question(record, number)
        return answer_json(self._assistant(record).ask(question), record.get("id"))

    def _assistant(self, record: dict[str, Any]) -> Assistant:
        if "passages" not in record:
            return self.over_index()
        return self.over_articles(_articles(record["passages"]))

    def _question(self, record: dict[str, Any], number: int) -> Question:
        text, as_of = record.get("question"), record.get("as_of")
        if not isinstance(text, str) or not text.strip():
            raise UsageError(f'Line {number} has no question. Write {{"question": "When ...?"}}.')
        day = self.as_of if as_of is None else parse_as_of(str(as_of), "as_of")
        return Question(parse_question(text), day)


def _articles(passages: object) -> tuple[Article, ...]:
    if not isinstance(passages, list):
        raise UsageError("'passages' is not a list. Write [{\"text\": ...}, ...].")
    return tuple(_article(passage, number) for number, passage in enumerate(passages, start=1))


def _article(passage: object, number: int) -> Article:
    text = passage.get("text") if isinstance(passage, dict) else None
    if not isinstance(passage, dict) or not isinstance(text, str) or not normalised(text):
        raise UsageError(f'Passage {number} has no text. Write {{"text": ...}}.')
    contents = Contents(text, passage.get("title"), passage.get("published"))
    return contents.passage(f"passage-{number}")

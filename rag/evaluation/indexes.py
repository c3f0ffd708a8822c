"""The indexes that whole sets are asked over, each made once and kept apart from the user's."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from rag.answering.evidence.retrieve import Retriever
from rag.domain import Article
from rag.errors import UsageError
from rag.evaluation.manifest import digest_of_files
from rag.index.embedder import Embedder
from rag.index.records import digest_of_words
from rag.index.schema import VERSION
from rag.index.store import Index
from rag.reading.json_lines import read_json_lines
from rag.reading.passages import lead_passages
from rag.wiring import Wiring

Advance = Callable[[str, int, int], None]

_CORPUS = "corpus.jsonl"
_SAMPLE = 100


@dataclass(frozen=True, slots=True)
class Indexes:
    """Makes an index of a folder, and searches it with the embedder that is wired."""

    wiring: Wiring
    advance: Advance

    def of_folder(self, folder: Path, home: Path) -> Retriever:
        """The retriever over the articles of that folder, its index in ``home``."""
        wired = replace(self.wiring, settings=replace(self.wiring.settings, home=home))
        wired.ingest([folder], self.advance, rebuild=False)
        return self.opened(home)

    def opened(self, home: Path) -> Retriever:
        """The retriever over the index that was made in ``home`` before."""
        index = Index.open(home)
        index.check_embedder(self.wiring.question_embedder.fingerprint)
        return Retriever(index, self.wiring.question_embedder)

    def of_corpus(self, corpus: Path) -> Retriever:
        """The retriever over a ``.jsonl.gz`` file of articles.

        Its index is kept for later runs: embedding thousands of articles takes minutes. It is
        made anew for another file, another embedder, another way of splitting articles or other
        tables of the catalog.
        """
        embedder = self.wiring.question_embedder
        kind = [digest_of_files([corpus]), embedder.fingerprint, VERSION]
        words = [*kind, *_sample(corpus, embedder)]
        folder = self.wiring.settings.home / "eval" / digest_of_words(words)[:16]
        _unpack(corpus, folder / "articles")
        return self.of_folder(folder / "articles", folder / "index")


def _sample(corpus: Path, embedder: Embedder) -> Iterator[str]:
    """Ids of the passages of the first articles: they change with the way of splitting."""
    with gzip.open(corpus) as packed:
        lines = b"".join(islice(packed, _SAMPLE))
    for item in read_json_lines(lines, corpus.name, corpus.name):
        if isinstance(item, Article):
            passages = lead_passages(item, embedder.count_tokens, embedder.max_tokens)
            yield from (passage.id for passage in passages)


def _unpack(corpus: Path, folder: Path) -> None:
    target = folder / _CORPUS
    if target.is_file():
        return
    draft = folder.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with gzip.open(corpus) as packed, draft.open("wb") as file:
            shutil.copyfileobj(packed, file)
        draft.replace(target)
    except (OSError, EOFError) as error:
        raise UsageError(
            f"{corpus} cannot be unpacked to {folder}: {error}. Check both."
        ) from error

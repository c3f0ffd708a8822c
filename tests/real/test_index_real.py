"""The index over the seeds with the real reader, the real weights and Chroma."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from rag.answering.evidence.retrieve import Retriever
from rag.answering.question.interpret import interpret
from rag.domain import Question
from rag.index.embedder import OnnxEmbedder
from rag.index.ingestion import Ingestion, Reading
from rag.index.store import Index
from rag.index.sync import ingest

QUESTION = "When is Putin's next planned trip to China?"
WANG_YI = "002_9abf8dd859d27d16.txt"


@pytest.fixture(scope="module")
def ingestion(embedder_folder: Path) -> Ingestion:
    return Ingestion(Reading.of_files(), OnnxEmbedder(embedder_folder))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, ingestion: Ingestion) -> Path:
    home = tmp_path_factory.mktemp("home")
    seeds = Path(__file__).parents[2] / "seeds"
    report = ingest(home, [seeds], ingestion)
    assert (report.added, report.problems) == (5, ())
    return home


def test_an_article_is_found_by_what_its_lead_means(home: Path, ingestion: Ingestion) -> None:
    asked = ingestion.embedder.embed(["Beijing's envoy travels to Moscow for peace negotiations"])
    with Index.open(home) as index:
        [hit] = index.nearest(asked[0], 1, date(2025, 4, 1))
        [entry] = index.catalog.entries([hit.passage])
    assert entry.article.id == WANG_YI


def test_an_article_is_found_by_words_far_behind_its_lead(home: Path) -> None:
    words = "late August and early September"
    with Index.open(home) as index:
        assert index.search(words, 1, date(2025, 4, 1), "text") == [WANG_YI]
        assert index.search(words, 1, date(2025, 4, 1), "lead") != [WANG_YI]


def test_the_sentence_with_the_answer_is_found_wherever_it_stands(
    home: Path, ingestion: Ingestion
) -> None:
    asked = interpret(Question(QUESTION, date(2025, 4, 1)))
    with Index.open(home) as index:
        evidence = Retriever(index, ingestion.embedder).evidence(asked)
    assert "late August" in evidence[0].quote
    assert evidence[0].article.id == WANG_YI


def test_every_passage_can_be_embedded_whole(home: Path, ingestion: Ingestion) -> None:
    with Index.open(home) as index:
        entries = index.catalog.entries(index.catalog.passage_ids())
    embedder, size = ingestion.embedder, ingestion.embedder.max_tokens
    texts = [
        ingestion.reading.embedding_text(e.article.title, e.passage.text, size) for e in entries
    ]
    assert max(embedder.count_tokens(text) for text in texts) <= size - 2
    assert all(e.article.text[e.passage.start : e.passage.end] == e.passage.text for e in entries)


def test_a_second_ingest_takes_no_time_and_imports_nothing(
    home: Path, embedder_folder: Path, seeds: Path
) -> None:
    code = f"""
        import sys
        from pathlib import Path
        from time import perf_counter
        from rag.index.embedder import SentenceTransformerEmbedder
        from rag.index.ingestion import Ingestion, Reading
        from rag.index.sync import ingest
        tools = Ingestion(
            Reading.of_files(), SentenceTransformerEmbedder(Path({str(embedder_folder)!r}))
        )
        started = perf_counter()
        report = ingest(Path({str(home)!r}), [Path({str(seeds)!r})], tools)
        assert report.unchanged == 5
        assert perf_counter() - started < 0.5
        heavy = {{"torch", "transformers", "llama_index", "chromadb"}} & sys.modules.keys()
        sys.exit(", ".join(heavy) or 0)
    """
    run = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_searching_imports_neither_torch_nor_llama_index(home: Path, embedder_folder: Path) -> None:
    code = f"""
        import sys
        from datetime import date
        from pathlib import Path
        from rag.index.embedder import question_embedder
        from rag.index.store import Index
        vector = question_embedder(Path({str(embedder_folder)!r})).embed([{QUESTION!r}])[0]
        with Index.open(Path({str(home)!r})) as index:
            assert index.search({QUESTION!r}, 5, date.max)
            assert "chromadb" not in sys.modules
            assert index.nearest(vector, 5, date.max)
        heavy = {{"torch", "transformers", "llama_index"}} & sys.modules.keys()
        sys.exit(", ".join(heavy) or 0)
    """
    run = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_index_of_given_articles_is_searched_without_a_home(
    seeds: Path, ingestion: Ingestion
) -> None:
    read = ingestion.reading.read_articles(seeds / WANG_YI, seeds)
    with Index.in_memory(read.articles, ingestion.embedder) as index:
        assert index.search("late August", 1, date.max)
        [hit] = index.nearest(ingestion.embedder.embed(["Wang Yi in Russia"])[0], 1, date.max)
        assert index.catalog.passages([hit.passage])


@pytest.mark.parametrize("step", ["add", "remove", "put_file"])
def test_a_killed_ingest_leaves_a_whole_index_that_the_next_one_heals(
    step: str, tmp_path: Path, seeds: Path, ingestion: Ingestion
) -> None:
    """Killed for real, in the middle of the second ingest, right after a step that writes."""
    news, home = tmp_path / "news", tmp_path / "home"
    news.mkdir()
    for path in sorted(seeds.glob("*.txt"))[:3]:
        (news / path.name).write_bytes(path.read_bytes())
    ingest(home, [news], ingestion)
    with Index.open(home) as index:
        before = index.digest()
    changed = next(news.iterdir())
    changed.write_text(changed.read_text() + "\nOne more sentence.")
    assert _killed_after(step, home, news) == -signal.SIGKILL
    with Index.open(home) as index:
        assert index.catalog.passage_ids() <= index.vectors.ids()
        assert (index.digest() == before) == (step != "remove")
    ingest(home, [news], ingestion)
    with Index.open(home) as index:
        assert index.catalog.passage_ids() == index.vectors.ids()
        assert "One more sentence." in index.article(changed.name).text


def _killed_after(step: str, home: Path, news: Path) -> int:
    code = f"""
        import os, signal
        from pathlib import Path
        from rag.index.catalog import Catalog
        from rag.index.chroma import ChromaVectors
        from rag.index.ingestion import Ingestion, Reading
        from rag.index.sync import ingest
        from tests.fakes_index import FakeEmbedder
        owner = Catalog if {step!r} == "put_file" else ChromaVectors
        done = getattr(owner, {step!r})
        def killed(*arguments):
            done(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(owner, {step!r}, killed)
        from rag.index.store import Index
        with Index.open(Path({str(home)!r})) as index:
            embedder = FakeEmbedder(index.catalog.fingerprint)
        ingest(Path({str(home)!r}), [Path({str(news)!r})], Ingestion(Reading.of_files(), embedder))
    """
    run = [sys.executable, "-c", textwrap.dedent(code)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(run, check=False, env=environment).returncode


def test_opening_and_searching_words_is_quick(home: Path) -> None:
    started = perf_counter()
    with Index.open(home) as index:
        index.search(QUESTION, 50, date.max)
        index.coverage(date.max)
    assert perf_counter() - started < 0.5

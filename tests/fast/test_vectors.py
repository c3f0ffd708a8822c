"""Every store of vectors passes the same tests; then what only Chroma has to do."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Published
from rag.errors import StoreError
from rag.index.chroma import COLLECTION, ChromaVectors, metadata_of
from rag.index.vectors import MemoryVectors, Vectors, as_number, visible_from
from tests.fakes_index import FakeEmbedder, article, entries, vectors_of

MAY = date(2024, 5, 15)
PANDA = article("panda", "the panda eats bamboo", date(2024, 5, 1))
BEAR = article("bear", "the bear eats honey", date(2024, 5, 20))
UNDATED = article("undated", "nobody knows when the fox ate")

query = FakeEmbedder.vector

days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(days, days, days, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_visible_from_is_exists_on_as_a_number(
    day: date | None, earliest: date | None, latest: date | None, as_of: date
) -> None:
    published = Published(day, "inferred", earliest, latest)
    assert (visible_from(published) <= as_number(as_of)) == published.exists_on(as_of)


@pytest.fixture(params=["memory", "chroma"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vectors]:
    made: dict[str, Callable[[], Vectors]] = {
        "memory": MemoryVectors,
        "chroma": lambda: ChromaVectors(tmp_path / "vectors", "fake", create=True),
    }
    store = made[request.param]()
    yield store
    store.close()


def add(store: Vectors, *articles: object) -> list[str]:
    stored = entries(*articles)  # type: ignore[arg-type]
    store.add(stored, vectors_of(stored))
    return [entry.passage.id for entry in stored]


def found(store: Vectors, words: str, limit: int = 10, as_of: date = MAY) -> list[str]:
    return [hit.passage for hit in store.search(query(words), limit, as_of)]


def test_the_nearest_comes_first_with_its_cosine(vectors: Vectors) -> None:
    panda, undated = add(vectors, PANDA, UNDATED)
    hits = vectors.search(query("the panda eats bamboo"), 10, MAY)
    assert [hit.passage for hit in hits] == [panda, undated]
    assert hits[0].score == pytest.approx(1, abs=1e-5)
    assert hits[1].score == pytest.approx(
        float(query("the panda eats bamboo") @ query(UNDATED.text)), abs=1e-5
    )


def test_an_article_does_not_exist_before_it_is_published(vectors: Vectors) -> None:
    _panda, bear = add(vectors, PANDA, BEAR)
    assert bear not in found(vectors, "bear honey", as_of=date(2024, 5, 19))
    assert bear in found(vectors, "bear honey", as_of=date(2024, 5, 20))


def test_one_old_passage_is_found_among_many_nearer_ones_that_are_too_new(
    vectors: Vectors,
) -> None:
    new = [article(f"n{n}", "bamboo bamboo", MAY + timedelta(days=1 + n)) for n in range(30)]
    ids = add(vectors, PANDA, *new)
    assert found(vectors, "bamboo", limit=2) == [ids[0]]


def test_at_most_as_many_as_asked(vectors: Vectors) -> None:
    add(vectors, PANDA, BEAR, UNDATED)
    assert len(found(vectors, "the", limit=2, as_of=date.max)) == 2


def test_nothing_is_found_in_an_empty_store(vectors: Vectors) -> None:
    assert found(vectors, "bamboo") == []
    assert vectors.ids() == set()


def test_a_passage_added_twice_is_there_once_as_added_last(vectors: Vectors) -> None:
    stored = entries(PANDA)
    vectors.add(stored, query("honey")[None])
    vectors.add(stored, query("bamboo")[None])
    [hit] = vectors.search(query("bamboo"), 5, MAY)
    assert hit.score == pytest.approx(1, abs=1e-5)


def test_what_is_removed_is_found_no_more_and_unknown_ids_are_passed_over(
    vectors: Vectors,
) -> None:
    panda, undated = add(vectors, PANDA, UNDATED)
    vectors.remove([panda, "never-stored"])
    vectors.remove([])
    assert vectors.ids() == {undated}
    assert found(vectors, "bamboo") == [undated]


# Chroma


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = ChromaVectors(tmp_path / "vectors", "fake", create=True)
    add(store, PANDA, BEAR)
    store.close()
    return tmp_path / "vectors"


def test_vectors_are_there_when_opened_again(folder: Path) -> None:
    store = ChromaVectors(folder, "fake")
    assert len(found(store, "bamboo", as_of=date.max)) == 2
    store.close()


def test_more_than_chroma_takes_at_once_goes_in_batches(folder: Path) -> None:
    store = ChromaVectors(folder, "fake")
    store.__dict__["_batch_size"] = 2  # Chroma's own is 5,461
    animals = ["fox", "owl", "elk", "yak", "ape"]
    ids = add(store, *(article(animal, f"{animal} {animal}") for animal in animals))
    assert [found(store, animal, limit=1)[0] for animal in animals] == ids
    store.remove(ids)
    assert not store.ids() & set(ids)
    store.close()


def test_vectors_of_another_embedder_are_refused(folder: Path) -> None:
    with pytest.raises(StoreError, match="rag ingest --rebuild PATH"):
        ChromaVectors(folder, "another").ids()


def test_a_reader_of_vectors_that_are_gone_is_told_how_to_restore_them(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"gone.*rag ingest PATH"):
        ChromaVectors(tmp_path / "none", "fake").search(query("fox"), 1, MAY)
    assert not (tmp_path / "none").exists()


def test_a_broken_file_is_an_error_with_the_command_that_rebuilds(tmp_path: Path) -> None:
    broken = tmp_path / "vectors"
    broken.mkdir()
    (broken / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="rag ingest --rebuild PATH"):
        ChromaVectors(broken, "fake").ids()


class Usage(NamedTuple):
    """What ``shutil.disk_usage`` gives, with so many bytes free."""

    free: int


def test_a_full_disk_is_told_before_chroma_fills_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ChromaVectors(folder, "fake")
    before = store.ids()
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(free=16_010_000))
    with pytest.raises(StoreError, match=r"No space is left.*rag ingest PATH"):
        add(store, UNDATED)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(free=16_030_000))
    assert store.ids() == before
    assert set(add(store, UNDATED)) <= store.ids() - before
    store.close()


def test_what_fails_on_a_full_disk_is_told_as_such(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ChromaVectors(folder, "fake")

    def full(**_: object) -> None:
        raise RuntimeError("Failed to apply logs to the metadata segment")

    monkeypatch.setattr(store._collection, "get", full)
    with pytest.raises(StoreError, match="--rebuild PATH"):
        store.ids()
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(free=0))
    with pytest.raises(StoreError, match="No space is left"):
        store.ids()
    store.close()


def test_telemetry_is_off_and_no_embedder_of_chromas_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANONYMIZED_TELEMETRY")
    store = ChromaVectors(folder, "fake")
    assert store._client.get_settings().anonymized_telemetry is False
    assert store._collection._embedding_function is None
    store.close()


def test_neither_chroma_nor_llama_index_is_imported_for_a_search(folder: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path; import numpy as np;"
        "from rag.index.chroma import ChromaVectors;"
        f"store = ChromaVectors(Path({str(folder)!r}), 'fake');"
        "assert store.search(np.ones(384, np.float32), 1, date.max);"
        "assert 'chromadb' not in sys.modules; store.ids();"
        "assert 'llama_index' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_its_engine_finds_what_chromas_own_client_finds(tmp_path: Path) -> None:
    store = ChromaVectors(tmp_path / "vectors", "fake", create=True)
    stored = entries(
        *(article(f"a{n}", "news", MAY + timedelta(days=n % 40 - 20)) for n in range(200))
    )
    drawn = np.random.default_rng(0).normal(size=(len(stored) + 1, 384)).astype(np.float32)
    *vectors, wanted = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    store.add(stored, np.array(vectors))
    for where in (None, {"visible_from": {"$lte": as_number(MAY)}}):
        theirs = store._collection.query(
            query_embeddings=[wanted], n_results=30, where=where, include=["distances"]
        )
        ours = store._engine.search(wanted, 30, where)
        assert [record.id for record in ours] == theirs["ids"][0]
        assert [record.distance for record in ours] == theirs["distances"][0]
    store.close()


def test_what_is_stored_after_a_search_is_found_by_the_next(tmp_path: Path) -> None:
    writer = ChromaVectors(tmp_path / "vectors", "fake", create=True)
    add(writer, PANDA)
    reader = ChromaVectors(tmp_path / "vectors", "fake")
    assert len(found(reader, "bear")) == 1
    [bear] = add(writer, article("bear", "the bear eats honey", date(2024, 5, 2)))
    assert found(reader, "bear eats honey")[0] == bear
    writer.close()
    reader.close()


def test_llama_index_reads_the_collection(folder: Path) -> None:
    import chromadb
    from llama_index.core import MockEmbedding, VectorStoreIndex
    from llama_index.core.schema import QueryBundle
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(
        str(folder), settings=chromadb.Settings(anonymized_telemetry=False)
    )
    collection = client.get_collection(COLLECTION, embedding_function=None)
    index = VectorStoreIndex.from_vector_store(
        ChromaVectorStore(chroma_collection=collection), embed_model=MockEmbedding(384)
    )
    asked = QueryBundle("bamboo", embedding=query("the panda eats bamboo").tolist())
    node = index.as_retriever(similarity_top_k=1).retrieve(asked)[0].node
    client.close()
    [entry] = entries(PANDA)
    assert node.node_id == entry.passage.id
    assert node.get_content() == PANDA.text
    assert (node.start_char_idx, node.end_char_idx) == (0, len(PANDA.text))
    assert node.ref_doc_id == "panda"
    assert node.metadata["title"] == "Title of panda"
    assert node.metadata["published"] == 20240501
    assert node.metadata["published_iso"] == "2024-05-01"
    assert node.metadata["visible_from"] == 20240501


def test_a_record_is_the_one_llama_index_would_write() -> None:
    from llama_index.core.schema import NodeRelationship, ObjectType, RelatedNodeInfo, TextNode
    from llama_index.core.vector_stores.utils import node_to_metadata_dict

    [entry] = entries(PANDA)
    ours = metadata_of(entry)
    content = json.loads(str(ours["_node_content"]))
    node = TextNode(
        id_=entry.passage.id,
        text=PANDA.text,
        metadata=content["metadata"],
        excluded_llm_metadata_keys=content["excluded_llm_metadata_keys"],
        start_char_idx=0,
        end_char_idx=len(PANDA.text),
        relationships={
            NodeRelationship.SOURCE: RelatedNodeInfo(node_id="panda", node_type=ObjectType.DOCUMENT)
        },
    )
    theirs = node_to_metadata_dict(node, remove_text=True, flat_metadata=True)
    assert content == json.loads(theirs.pop("_node_content"))
    del ours["_node_content"]
    assert ours == theirs

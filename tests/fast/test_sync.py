"""``rag ingest``: whatever happened before, the index is true to the files, and always whole."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from rag.domain import Article, Published
from rag.errors import StoreError, UsageError
from rag.index import lock, write
from rag.index.catalog import FILE_NAME, Catalog
from rag.index.ingestion import Ingestion
from rag.index.store import Index
from rag.index.sync import ingest, rebuild
from rag.reading import formats
from tests.fakes_index import (
    FakeEmbedder,
    FakeReader,
    FolderVectors,
    article,
    entries,
    ingestion,
    lines,
    vectors_of,
)

MAY = date(2024, 5, 15)


@pytest.fixture
def folder_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fake in place of Chroma, which takes a second to import and a fifth to open."""
    monkeypatch.setattr("rag.index.store.ChromaVectors", FolderVectors)


@pytest.fixture(params=["folder", "chroma"])
def both(request: pytest.FixtureRequest) -> None:
    if request.param == "folder":
        request.getfixturevalue("folder_vectors")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "panda.txt").write_text("2024-05-01 the panda eats bamboo\nit sleeps")
    (folder / "bear.txt").write_text("2024-05-20 the bear eats honey")
    (folder / "wire.jsonl").write_text(lines(fox="2024-04-01 the fox runs", owl="the owl sees"))
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def state(home: Path) -> dict[str, Any]:
    """Everything an index says, after checking that it is whole."""
    with Index.open(home) as index:
        names = [item.id for item in index.articles()]
        stored = index.catalog.entries(index.catalog.passage_ids())
        assert all(
            e.article.text[e.passage.start : e.passage.end] == e.passage.text for e in stored
        )
        assert {entry.article.id for entry in stored} == set(names)
        assert index.catalog.passage_ids() <= index.vectors.ids()
        return {
            "articles": [index.article(name) for name in names],
            "files": index.catalog.files(),
            "owners": index.catalog.owners(),
            "passages": index.catalog.passage_ids(),
            "digest": index.digest(),
            "found": index.search("the", 99, MAY) and set(index.search("the eats", 99, MAY)),
        }


def settled(home: Path) -> dict[str, Any]:
    """The state of an index that holds no vector in vain."""
    with Index.open(home) as index:
        assert index.vectors.ids() == index.catalog.passage_ids()
    return state(home)


def names(home: Path) -> set[str]:
    with Index.open(home) as index:
        return {item.id for item in index.articles()}


# What an ingest makes of files


def test_files_become_articles_that_are_found(both: None, home: Path, news: Path) -> None:
    report = ingest(home, [news], ingestion())
    assert (report.added, report.articles, report.passages) == (4, 4, 5)
    assert names(home) == {"panda.txt", "bear.txt", "fox", "owl"}
    with Index.open(home) as index:
        [hit] = index.nearest(FakeEmbedder.vector("Title of panda.txt\nit sleeps"), 1, MAY)
        [entry] = index.catalog.entries([hit.passage])
    assert (entry.article.id, entry.passage.text) == ("panda.txt", "it sleeps")


def test_nothing_is_done_where_nothing_changed(
    folder_vectors: None, home: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(home, [news], ingestion())
    reader, embedder = FakeReader(), FakeEmbedder()
    monkeypatch.setattr(FolderVectors, "ids", lambda _: pytest.fail("the vectors were opened"))
    report = ingest(home, [news], ingestion(reader, embedder))
    assert (report.unchanged, report.added, report.changed, report.removed) == (4, 0, 0, 0)
    assert reader.read == []
    assert embedder.texts == []


def test_only_what_changed_is_read_and_embedded(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    (news / "wire.jsonl").write_text(lines(fox="2024-04-01 the fox runs", owl="the owl flies"))
    reader, embedder = FakeReader(), FakeEmbedder()
    ticks: list[tuple[str, int, int]] = []
    tools = replace(ingestion(reader, embedder), progress=lambda *tick: ticks.append(tick))
    report = ingest(home, [news], tools)
    assert ticks == [("reading", 1, 1), ("embedding", 0, 1), ("embedding", 1, 1)]
    assert reader.read == ["wire.jsonl"]
    assert embedder.texts == ["Title of owl\nthe owl flies"]
    assert (report.changed, report.unchanged) == (1, 3)


def test_changed_files_replace_and_vanished_ones_go(both: None, home: Path, news: Path) -> None:
    ingest(home, [news], ingestion())
    (news / "panda.txt").write_text("2024-05-01 the panda moved")
    (news / "bear.txt").unlink()
    report = ingest(home, [news], ingestion())
    assert (report.added, report.changed, report.unchanged, report.removed) == (0, 1, 2, 1)
    assert names(home) == {"panda.txt", "fox", "owl"}
    with Index.open(home) as index:
        assert index.article("panda.txt").text == "the panda moved"
        assert index.search("bamboo honey", 9, date.max) == []
    settled(home)


def test_what_was_ingested_from_elsewhere_stays(
    folder_vectors: None, home: Path, news: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "cat.txt").write_text("the cat")
    ingest(home, [news], ingestion())
    report = ingest(home, [other], ingestion())
    assert (report.added, report.unchanged, report.removed) == (1, 4, 0)
    (other / "cat.txt").unlink()
    (other / "dog.txt").write_text("the dog")
    assert ingest(home, [other], ingestion()).removed == 1
    assert names(home) == {"panda.txt", "bear.txt", "fox", "owl", "dog.txt"}


def test_a_part_of_a_folder_can_be_ingested_again_under_the_same_names(
    folder_vectors: None, home: Path, news: Path
) -> None:
    (news / "2024").mkdir()
    inner = news / "2024" / "ape.txt"
    inner.write_text("the ape")
    ingest(home, [news], ingestion())
    inner.write_text("the ape again")
    assert ingest(home, [news / "2024"], ingestion()).changed == 1
    assert ingest(home, [inner], ingestion()).unchanged == 5
    assert "2024/ape.txt" in names(home)


def test_a_wider_folder_takes_over_the_narrower_one(
    folder_vectors: None, home: Path, news: Path
) -> None:
    (news / "2024").mkdir()
    (news / "2024" / "ape.txt").write_text("the ape")
    ingest(home, [news / "2024"], ingestion())
    assert names(home) == {"ape.txt"}
    ingest(home, [news], ingestion())
    assert names(home) == {"2024/ape.txt", "panda.txt", "bear.txt", "fox", "owl"}
    settled(home)


def test_a_single_file_is_named_by_its_name(folder_vectors: None, home: Path, news: Path) -> None:
    ingest(home, [news / "panda.txt", news / "bear.txt"], ingestion())
    assert names(home) == {"panda.txt", "bear.txt"}


def test_a_folder_that_was_moved_keeps_its_articles(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    moved = news.rename(news.with_name("archive"))
    embedder = FakeEmbedder()
    report = ingest(home, [moved], ingestion(embedder=embedder))
    assert (report.unchanged, report.problems, embedder.texts) == (4, (), [])
    with Index.open(home) as index:
        assert {path.parent for path in index.catalog.files()} == {moved}


def test_an_article_may_move_from_one_file_to_another(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    (news / "wire.jsonl").write_text(lines(fox="2024-04-01 the fox runs"))
    (news / "a.jsonl").write_text(lines(owl="the owl sees"))
    report = ingest(home, [news], ingestion())
    assert (report.unchanged, report.removed, report.problems) == (4, 0, ())


def test_more_articles_than_one_transaction_takes(
    folder_vectors: None, home: Path, news: Path
) -> None:
    many = {f"a{n}": f"the text number {n}" for n in range(2 * write.BATCH + 5)}
    (news / "many.jsonl").write_text(lines(**many))
    ticks: list[tuple[str, int, int]] = []
    tools = replace(ingestion(), progress=lambda *tick: ticks.append(tick))
    assert ingest(home, [news], tools).articles == len(many) + 4
    assert ticks[0] == ("reading", 1, 4)
    assert ticks[-1] == ("embedding", len(many) + 4, len(many) + 4)
    assert [done for label, done, _ in ticks if label == "embedding"] == sorted(
        done for label, done, _ in ticks if label == "embedding"
    )
    settled(home)


def test_vectors_the_catalog_does_not_know_are_not_found(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    with Index.open(home) as index:
        orphans = entries(*(article(f"o{n}", "bamboo") for n in range(20)))
        index.vectors.add(orphans, vectors_of(orphans))
        [hit] = index.nearest(FakeEmbedder.vector("bamboo"), 1, MAY)
        assert hit.passage in index.catalog.passage_ids()
        assert len(index.nearest(FakeEmbedder.vector("bamboo"), 99, date.max)) == 5


# Dates


def test_an_undated_article_is_dated_by_those_around_it(
    folder_vectors: None, home: Path, news: Path
) -> None:
    (news / "ant.txt").write_text("the ant, recently")
    report = ingest(home, [news], ingestion())
    dated = Published.on(date(2024, 5, 1), "inferred")
    assert [(item.id, item.published) for item in report.inferred] == [("ant.txt", dated)]
    assert report.as_json()["inferred"] == [
        {
            "article": "ant.txt",
            "published": "2024-05-01",
            "earliest": "2024-05-01",
            "latest": "2024-05-01",
        }
    ]
    assert ingest(home, [news], ingestion()).inferred == ()


def test_an_inferred_date_follows_the_articles_that_come_later(
    folder_vectors: None, home: Path, news: Path
) -> None:
    (news / "ant.txt").write_text("the ant, recently")
    ingest(home, [news], ingestion())
    for day in (21, 22, 23):
        (news / f"d{day}.txt").write_text(f"2024-05-{day} the day")
    reader = FakeReader()
    report = ingest(home, [news], ingestion(reader))
    assert "ant.txt" not in reader.read
    assert report.changed == 1
    with Index.open(home) as index:
        assert index.article("ant.txt").published == Published.on(date(2024, 5, 21), "inferred")
    settled(home)


def test_a_sidecar_that_comes_changes_or_goes_is_read_again(
    folder_vectors: None, home: Path, tmp_path: Path
) -> None:
    story, beside = tmp_path / "story.txt", tmp_path / "story.txt.meta.toml"
    story.write_text("Date: 2 May 2022\nThe ant won.")
    (tmp_path / "other.txt").write_text("The bee won.")
    files = {"find_files": formats.find_files, "read_articles": formats.read_articles}
    real = Ingestion(replace(FakeReader().reading, **files), FakeEmbedder(), patience=0.2)
    assert ingest(home, [tmp_path], real).added == 2
    for sidecar, day in (("published = 2022-06-01", 1), ("published = 2022-06-03", 3)):
        beside.write_text(sidecar)
        assert ingest(home, [tmp_path], real).changed == 1
        assert stored(home, "story.txt").published.day == date(2022, 6, day)
        assert ingest(home, [tmp_path], real).unchanged == 2
    beside.write_text("published = never")
    report = ingest(home, [tmp_path], real)
    assert report.problems[0].startswith(f"{beside}: not valid TOML")
    assert stored(home, "story.txt").published.day == date(2022, 6, 3)
    beside.unlink()
    assert ingest(home, [tmp_path], real).changed == 1
    assert stored(home, "story.txt").published == Published.on(date(2022, 5, 2), "stated")


def test_a_sidecar_beside_no_article_is_named(folder_vectors: None, home: Path, news: Path) -> None:
    (news / "notes.docx").touch()
    lone = [news / "notes.docx.meta.toml", news / "panda.meta.toml"]
    for beside in (*lone, news / "bear.txt.meta.toml"):
        beside.write_text("published = 2022-06-01")
    files = {"find_files": formats.find_files, "find_sidecars": formats.find_sidecars}
    reading = replace(FakeReader().reading, **files)
    for _ in range(2):
        report = ingest(home, [news, news], Ingestion(reading, FakeEmbedder(), patience=0.2))
        assert report.articles == 4
        assert report.problems == tuple(
            f"{path}: beside no article. Name it after one: a.txt has a.txt.meta.toml."
            for path in lone
        )


def stored(home: Path, name: str) -> Article:
    with Index.open(home) as index:
        return index.article(name)


# What cannot be read


def test_a_broken_file_is_a_problem_and_the_others_go_in(
    folder_vectors: None, home: Path, news: Path
) -> None:
    (news / "broken.txt").write_text("BROKEN")
    report = ingest(home, [news], ingestion())
    assert report.added == 4
    assert report.problems == (f"{news / 'broken.txt'}: broken. Mend it.",)


def test_a_file_that_breaks_keeps_what_was_read_before_and_is_tried_again(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    (news / "panda.txt").write_text("BROKEN")
    for _ in range(2):
        report = ingest(home, [news], ingestion())
        assert (report.unchanged, len(report.problems)) == (4, 1)
    (news / "panda.txt").write_text("the panda is back")
    report = ingest(home, [news], ingestion())
    assert (report.changed, report.problems) == (1, ())


def test_a_file_that_breaks_keeps_its_articles_from_others_too(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    (news / "wire.jsonl").write_text("BROKEN")
    (news / "z.jsonl").write_text(lines(fox="another fox"))
    report = ingest(home, [news], ingestion())
    assert [str(news / "wire.jsonl") in problem for problem in report.problems] == [True, True]
    with Index.open(home) as index:
        assert index.article("fox").text == "the fox runs"


def test_a_bad_line_is_told_each_time_until_it_is_mended(
    folder_vectors: None, home: Path, news: Path
) -> None:
    wire = news / "wire.jsonl"
    wire.write_text(wire.read_text() + "\nBROKEN")
    for _ in range(2):
        assert ingest(home, [news], ingestion()).problems == (f"{wire}: a broken line.",)


def test_a_folder_that_was_emptied_takes_its_articles_along_and_says_so(
    both: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    for file in news.iterdir():
        file.unlink()
    report = ingest(home, [news], ingestion())
    assert (report.removed, report.articles, report.passages) == (4, 0, 0)
    assert report.problems == (f"{news}: no article in it any more.",)
    assert settled(home)["files"] == {}


def test_no_readable_article_is_wrong_usage_and_changes_nothing(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    before = state(home)
    for file in news.iterdir():
        file.write_text("BROKEN")
    with pytest.raises(UsageError, match="No readable article"):
        ingest(home, [news], ingestion())
    assert state(home) == before


def test_no_readable_article_makes_no_index(
    folder_vectors: None, home: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for run in (ingest, rebuild):
        with pytest.raises(UsageError, match="No readable article"):
            run(home, [empty], ingestion())
    assert not Catalog.is_in(home)


def test_an_emptied_folder_among_others_takes_its_own_articles_along(
    folder_vectors: None, home: Path, news: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "cat.txt").write_text("the cat")
    ingest(home, [news, disk], ingestion())
    (disk / "cat.txt").unlink()
    report = ingest(home, [news, disk], ingestion())
    assert (report.removed, report.unchanged) == (1, 4)
    assert report.problems == (f"{disk}: no article in it any more.",)
    assert ingest(home, [news, disk], ingestion()).problems == (f"{disk}: no article in it.",)
    with pytest.raises(UsageError, match="No readable article"):
        ingest(home, [disk], ingestion())


def test_an_id_that_two_files_claim_names_both_and_the_first_keeps_it(
    folder_vectors: None, home: Path, news: Path, tmp_path: Path
) -> None:
    ingest(home, [news], ingestion())
    other = tmp_path / "other"
    other.mkdir()
    (other / "panda.txt").write_text("another panda")
    (other / "twice.jsonl").write_text(lines(ape="the ape") + "\n" + lines(ape="again"))
    report = ingest(home, [other], ingestion())
    assert len(report.problems) == 2
    assert str(other / "panda.txt") in report.problems[0]
    assert str(news / "panda.txt") in report.problems[0]
    assert "'ape'" in report.problems[1]
    with Index.open(home) as index:
        assert "bamboo" in index.article("panda.txt").text
        assert index.article("ape").text == "the ape"
    (news / "panda.txt").unlink()
    ingest(home, [news, other], ingestion())
    with Index.open(home) as index:
        assert index.article("panda.txt").text == "another panda"


def test_half_a_character_is_a_problem_of_its_article_alone(
    folder_vectors: None, home: Path, news: Path
) -> None:
    (news / "half.jsonl").write_text('{"name": "h", "content": "\\ud83d"}\n' + lines(g="whole"))
    report = ingest(home, [news], ingestion())
    assert "half a character" in report.problems[0]
    assert "g" in names(home)


def test_a_name_that_is_not_utf8_is_a_problem(folder_vectors: None, home: Path, news: Path) -> None:
    (news / "caf\udce9.txt").write_text("the cafe")
    report = ingest(home, [news], ingestion())
    assert "not UTF-8" in report.problems[0]
    assert report.added == 4


# Embedders and rebuilding


def test_another_embedder_is_told_with_the_command_that_rebuilds(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    before = state(home)
    with pytest.raises(StoreError, match="rag ingest --rebuild PATH"):
        ingest(home, [news], ingestion(embedder=FakeEmbedder("other")))
    with Index.open(home) as index, pytest.raises(StoreError, match="--rebuild"):
        index.check_embedder("other")
    assert state(home) == before


def test_rebuilding_makes_the_index_of_the_other_embedder(
    both: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    (news / "bear.txt").unlink()
    report = rebuild(home, [news], ingestion(embedder=FakeEmbedder("other")))
    assert (report.added, report.articles) == (3, 3)
    assert sorted(path.name.partition("-")[0] for path in home.iterdir()) == [
        FILE_NAME,
        lock.FILE_NAME,
        "vectors",
    ]
    assert ingest(home, [news], ingestion(embedder=FakeEmbedder("other"))).unchanged == 3
    settled(home)


def test_rebuilding_mends_whatever_is_broken(both: None, home: Path, news: Path) -> None:
    ingest(home, [news], ingestion())
    whole = state(home)
    (home / FILE_NAME).write_bytes(b"no database" * 1000)
    for file in home.glob("vectors-*/chroma.sqlite3"):
        file.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="rag ingest --rebuild PATH"):
        ingest(home, [news], ingestion())
    rebuild(home, [news], ingestion())
    assert settled(home) == whole
    assert len(list(home.glob("vectors-*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(
    folder_vectors: None, home: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(home, [news], ingestion())
    before = state(home)
    (news / "panda.txt").write_text("the panda moved")
    with monkeypatch.context() as patch:
        patch.setattr(FolderVectors, "remove", interrupted)
        with pytest.raises(KeyboardInterrupt):
            rebuild(home, [news], ingestion())
    assert state(home) == before
    assert len(list(home.glob("vectors-*"))) == 1
    assert not list(home.glob("catalog.new*"))


def test_what_a_killed_rebuild_left_is_cleared_away(
    folder_vectors: None, home: Path, news: Path
) -> None:
    ingest(home, [news], ingestion())
    whole = state(home)
    (home / "catalog.new.sqlite").write_bytes(b"half")
    (home / "vectors-01234567").mkdir()
    ingest(home, [news], ingestion())
    assert len(list(home.glob("vectors-*"))) == 1
    assert not list(home.glob("catalog.new*"))
    (home / "catalog.new.sqlite").write_bytes(b"half")
    rebuild(home, [news], ingestion())
    assert settled(home) == whole


def test_vectors_that_are_lost_are_made_anew(both: None, home: Path, news: Path) -> None:
    ingest(home, [news], ingestion())
    whole = state(home)
    [vectors] = home.glob("vectors-*")
    vectors.rename(home / "gone")
    FolderVectors.stores.clear()
    assert ingest(home, [news], ingestion()).unchanged == 4
    assert settled(home) == whole


def test_the_digest_is_of_the_articles_and_the_embedder(
    folder_vectors: None, home: Path, news: Path, tmp_path: Path
) -> None:
    ingest(home, [news], ingestion())
    ingest(tmp_path / "same", [news / "wire.jsonl"], ingestion())
    ingest(tmp_path / "same", [news], ingestion())
    rebuild(tmp_path / "other", [news], ingestion(embedder=FakeEmbedder("other")))
    digests = []
    for place in (home, tmp_path / "same", tmp_path / "other"):
        with Index.open(place) as index:
            digests.append(index.digest())
    assert digests[0] == digests[1] != digests[2]


def test_the_status_as_json(folder_vectors: None, home: Path, news: Path) -> None:
    ingest(home, [news], ingestion())
    with Index.open(home) as index:
        status = index.status_json()
    assert (status["files"], status["articles"], status["passages"]) == (3, 4, 5)
    assert (status["from"], status["to"]) == ("2024-04-01", "2024-05-20")
    assert (status["home"], status["embedder"]) == (str(home), "fake")


# Two at once, and homes that cannot be written


def test_a_second_ingest_waits_and_then_goes_on(
    folder_vectors: None, home: Path, news: Path
) -> None:
    home.mkdir()
    held = FileLock(home / lock.FILE_NAME, thread_local=False)
    held.acquire()
    heard: list[str] = []
    threading.Timer(0.3, held.release).start()
    tools = replace(ingestion(), notice=heard.append, patience=20)
    assert ingest(home, [news], tools).added == 4
    assert "Another ingest" in heard[0]


def test_a_second_ingest_gives_up_with_a_message(
    folder_vectors: None, home: Path, news: Path
) -> None:
    home.mkdir()
    with FileLock(home / lock.FILE_NAME), pytest.raises(StoreError, match="Another ingest"):
        ingest(home, [news], ingestion())
    assert not Catalog.is_in(home)


def test_a_home_that_cannot_be_made_is_told(folder_vectors: None, news: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written.*--home DIR"):
        ingest(news / "panda.txt" / "home", [news], ingestion())


def test_a_lock_that_cannot_be_opened_is_told(folder_vectors: None, home: Path, news: Path) -> None:
    (home / lock.FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreError, match=r"cannot be written.*--home DIR"):
        ingest(home, [news], ingestion())


# Interrupted at any step


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@dataclass(frozen=True)
class Step:
    """One call of a method that writes."""

    owner: Any
    name: str
    call: int

    def __str__(self) -> str:
        return f"{self.owner.__name__}.{self.name}-{self.call}"


STEPS = [
    Step(owner, name, call)
    for owner, name, calls in (
        (FakeEmbedder, "embed", (1, 2, 3)),
        (FolderVectors, "add", (1, 2, 3)),
        (FolderVectors, "remove", (1,)),
        (Catalog, "note", (1, 2)),
        (Catalog, "put_file", (1, 2, 3)),
        (Catalog, "put", (1, 2, 4)),
        (Catalog, "remove_articles", (1, 2, 4)),
        (Catalog, "remove_files", (1,)),
        (Catalog, "remove_empty_files", (1,)),
    )
    for call in calls
]


def interrupting(step: Step, *, after: bool) -> Callable[..., Any]:
    """The method, interrupted before or after that call of it."""
    method = getattr(step.owner, step.name)
    calls = count(1)

    def wrapped(*arguments: Any) -> Any:
        number = next(calls)
        if number == step.call and not after:
            raise KeyboardInterrupt
        result = method(*arguments)
        if number == step.call:
            raise KeyboardInterrupt
        return result

    return wrapped


@pytest.mark.usefixtures("folder_vectors")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=str)
def test_an_ingest_interrupted_at_any_step_leaves_a_whole_index_that_the_next_one_heals(
    step: Step, after: bool, home: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "BATCH", 2)
    (news / "ant.txt").write_text("the ant, recently")
    ingest(home, [news], ingestion())
    old = {item.id: item for item in state(home)["articles"]}
    (news / "bear.txt").unlink()
    (news / "panda.txt").write_text("2024-05-01 the panda moved\nfar")
    (news / "cat.txt").write_text("2024-06-01 the cat")
    (news / "wire.jsonl").write_text(lines(fox="the fox", elk="2024-06-02 the elk", yak="the yak"))
    with monkeypatch.context() as patch:
        patch.setattr(step.owner, step.name, interrupting(step, after=after))
        with pytest.raises(KeyboardInterrupt):
            ingest(home, [news], ingestion())
    half = {item.id: item for item in state(home)["articles"]}
    ingest(home, [news], ingestion())
    new = {item.id: item for item in settled(home)["articles"]}
    assert all(item in {old.get(key), new.get(key)} for key, item in half.items())
    assert half.keys() >= old.keys() & new.keys()
    fresh = home.with_name("fresh")
    ingest(fresh, [news], ingestion())
    assert settled(home) == settled(fresh)


# Any sequence of changes


class Newsroom(RuleBasedStateMachine):
    """Files come, change and go; after every ingest the index is that of a fresh one."""

    folder: ClassVar[pytest.TempPathFactory]
    names = st.sampled_from(["a.txt", "b.txt", "in/c.txt", "d.jsonl", "e.jsonl"])
    texts = st.sampled_from(
        ["2024-05-01 the panda", "2024-05-09 the bear\neats", "the ant, recently", "the fox"]
    )

    @initialize()
    def start(self) -> None:
        self.place = Path(self.folder.mktemp("newsroom"))
        self.news = self.place / "news"
        (self.news / "in").mkdir(parents=True)
        (self.news / "always.txt").write_text("2024-05-05 always here")
        self.fresh = 0

    @rule(name=names, first=texts, second=texts)
    def write(self, name: str, first: str, second: str) -> None:
        articles = {f"{name}-{first[:14]}": first, f"{name}-2": second}
        content = lines(**articles) if name.endswith(".jsonl") else first
        (self.news / name).write_text(content)

    @rule(name=names)
    def remove(self, name: str) -> None:
        (self.news / name).unlink(missing_ok=True)

    @rule(part=st.sampled_from(["", "in"]))
    def ingest_a_part(self, part: str) -> None:
        if Catalog.is_in(self.place / "home") and any((self.news / part).glob("*.*")):
            ingest(self.place / "home", [self.news / part], ingestion())

    @invariant()
    def the_index_is_that_of_a_fresh_ingest(self) -> None:
        if not hasattr(self, "news"):
            return
        self.fresh += 1
        ingest(self.place / "home", [self.news], ingestion())
        ingest(self.place / f"fresh{self.fresh}", [self.news], ingestion())
        assert settled(self.place / "home") == settled(self.place / f"fresh{self.fresh}")


def test_any_sequence_of_changes_leads_to_the_index_of_a_fresh_ingest(
    folder_vectors: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Newsroom.folder = tmp_path_factory
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=10,
            stateful_step_count=6,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

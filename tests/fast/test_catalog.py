"""The catalog: what goes in comes out, questions cannot break it, and broken files are told."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.domain import Article, Coverage, Published
from rag.errors import StoreError, UsageError
from rag.index.catalog import FILE_NAME, Catalog
from rag.index.match import match_expression
from rag.index.records import Contents, Headline, SourceFile
from tests.fakes_index import article, passages

MAY = date(2024, 5, 15)
PANDA = Article(
    "panda",
    "A day at the zoo",
    "The panda eats bamboo.\nIt sleeps.",
    Published.on(date(2024, 5, 1), "stated"),
    source="Zoo News",
    url="https://zoo.example/panda",
)
BEAR = article("bear", "The bear eats honey.", date(2024, 5, 20))
BOUNDED = article(
    "bounded",
    "The résumé fox eats cheese, recently.",
    published=Published(date(2024, 4, 2), "inferred", date(2024, 4, 1), date(2024, 4, 9)),
)
FILE = SourceFile(Path("/news/a.txt"), Path("/news"), "digest")


@pytest.fixture(params=["memory", "file"])
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog.in_memory("fake") if request.param == "memory" else Catalog.create(tmp_path, "f")
    for item in (PANDA, BEAR, BOUNDED):
        made.put(item, passages(item))
    yield made
    made.close()


def found(catalog: Catalog, text: str, as_of: date = MAY) -> list[str]:
    return catalog.search(text, 10, as_of)


def test_an_article_comes_out_as_it_went_in(catalog: Catalog) -> None:
    assert [catalog.article(item.id) for item in (PANDA, BEAR, BOUNDED)] == [PANDA, BEAR, BOUNDED]


def test_an_unknown_article_is_wrong_usage_whatever_its_name_is(catalog: Catalog) -> None:
    for name in ("fox", "", "\udcff", "a' OR 1=1 --"):
        with pytest.raises(UsageError, match="rag search"):
            catalog.article(name)


def test_headlines_are_listed_by_id(catalog: Catalog) -> None:
    assert catalog.articles() == [
        Headline(item.id, item.title, item.published) for item in (BEAR, BOUNDED, PANDA)
    ]


def test_passages_come_in_the_order_asked_without_unknown_ones(catalog: Catalog) -> None:
    first, second = passages(PANDA)
    assert catalog.passages([second.id, "unknown", first.id]) == [second, first]


def test_entries_are_passages_with_their_articles(catalog: Catalog) -> None:
    [first, _] = passages(PANDA)
    [entry] = catalog.entries([first.id])
    assert (entry.article, entry.passage) == (PANDA, first)


def test_the_counts(catalog: Catalog) -> None:
    assert catalog.contents() == Contents(files=0, articles=3, passages=4)


def test_words_are_found_in_other_forms_and_without_accents(catalog: Catalog) -> None:
    assert found(catalog, "eating bamboos")[0] == "panda"
    assert found(catalog, "RESUME") == ["bounded"]
    assert found(catalog, "re\u0301sume\u0301") == ["bounded"]


def test_words_of_the_title_count(catalog: Catalog) -> None:
    assert found(catalog, "zoo") == ["panda"]


def test_what_follows_the_lead_is_found_in_the_text_alone(catalog: Catalog) -> None:
    assert catalog.search("sleeping", 10, MAY, "text") == ["panda"]
    assert catalog.search("sleeping", 10, MAY, "lead") == []
    assert catalog.search("bamboo", 10, MAY, "lead") == ["panda"]


def test_the_rarer_word_wins(catalog: Catalog) -> None:
    assert found(catalog, "who eats cheese?")[0] == "bounded"


def test_what_shares_but_a_common_word_with_a_good_match_is_left_out(catalog: Catalog) -> None:
    assert found(catalog, "who eats bamboo?") == ["panda"]
    assert found(catalog, "who eats?") == ["bounded", "panda"]


def test_an_article_does_not_exist_before_it_is_published(catalog: Catalog) -> None:
    assert found(catalog, "honey", date(2024, 5, 19)) == []
    assert found(catalog, "honey", date(2024, 5, 20)) == ["bear"]


def test_an_article_of_inferred_date_exists_from_its_best_day(catalog: Catalog) -> None:
    assert BOUNDED.published.day is not None
    assert found(catalog, "cheese", BOUNDED.published.day - timedelta(days=1)) == []
    assert found(catalog, "cheese", BOUNDED.published.day) == ["bounded"]


def test_coverage_is_as_of_a_day(catalog: Catalog) -> None:
    assert catalog.coverage(MAY) == Coverage(2, date(2024, 4, 2), date(2024, 5, 1))
    assert catalog.coverage(date(2020, 1, 1)) == Coverage(0, None, None)


@pytest.mark.parametrize(
    "text",
    ["", "   ", '"', '""""', "AND", "NEAR(", "bamboo NEAR/2 panda", "title:zoo", "eats*", "-eats",
     "(", "bamboo AND OR NOT", "'; DROP TABLE articles; --", "^eats", "\x00", "\udcff", "{}:+"],
)  # fmt: skip
def test_no_question_is_read_as_a_query(catalog: Catalog, text: str) -> None:
    catalog.search(text, 10, MAY)
    assert catalog.contents().articles == 3


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text())
def test_no_text_breaks_the_search(catalog: Catalog, text: str) -> None:
    catalog.search(text, 10, MAY)


def test_operators_between_words_are_words(catalog: Catalog) -> None:
    assert "panda" in found(catalog, 'panda NEAR "bear" AND fox')


def test_a_question_of_a_hundred_thousand_characters(catalog: Catalog) -> None:
    assert found(catalog, "bamboo " + "many different words " * 5000)[0] == "panda"
    assert match_expression(" ".join(f"word{n}" for n in range(12_000))).count(" OR ") == 63


def test_a_question_of_nothing_but_small_words_is_searched_as_it_is(catalog: Catalog) -> None:
    assert "panda" in found(catalog, "the")


def test_an_article_put_again_replaces_its_words(catalog: Catalog) -> None:
    changed = article("panda", "The panda moved to Vienna.", date(2024, 5, 1))
    catalog.put(changed, passages(changed))
    assert found(catalog, "bamboo") == []
    assert found(catalog, "Vienna") == ["panda"]
    assert catalog.contents().passages == 3


def test_a_file_takes_its_articles_along(catalog: Catalog) -> None:
    catalog.put_file(FILE)
    catalog.put(PANDA, passages(PANDA), FILE.path)
    assert catalog.files() == {FILE.path: FILE}
    assert catalog.owners() == {"panda": FILE.path}
    catalog.remove_files([FILE.path])
    assert catalog.contents() == Contents(files=0, articles=2, passages=2)
    assert found(catalog, "bamboo") == []


def test_a_transaction_that_fails_leaves_nothing(catalog: Catalog) -> None:
    fox = article("fox", "The fox runs.")
    with contextlib.suppress(KeyboardInterrupt), catalog.transaction():
        catalog.put(fox, passages(fox))
        raise KeyboardInterrupt
    assert catalog.contents().articles == 3
    assert found(catalog, "runs") == []


def test_the_digest_of_an_article_changes_with_its_date_alone(catalog: Catalog) -> None:
    before = catalog.digests()
    moved = article("bear", BEAR.text, date(2024, 5, 21))
    catalog.put(moved, passages(moved))
    after = catalog.digests()
    assert {name for name in after if after[name] != before[name]} == {"bear"}


# Files


@pytest.fixture
def home(tmp_path: Path) -> Path:
    catalog = Catalog.create(tmp_path, "fake")
    catalog.put(PANDA, passages(PANDA))
    catalog.close()
    return tmp_path


def sql(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / FILE_NAME)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_catalog_is_there_when_opened_again(home: Path) -> None:
    catalog = Catalog.open(home)
    assert catalog.article("panda") == PANDA
    assert catalog.fingerprint == "fake"
    catalog.close()


def test_no_index_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"No index at .*\. Run: rag ingest FOLDER"):
        Catalog.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_tables_is_no_index(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    assert not Catalog.is_in(tmp_path)
    with pytest.raises(StoreError, match="No index"):
        Catalog.open(tmp_path)
    Catalog.create(tmp_path, "fake").close()
    assert Catalog.is_in(tmp_path)


def test_another_version_is_told_with_the_command_that_rebuilds(home: Path) -> None:
    sql(home, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=r"another version .*rag ingest --rebuild PATH"):
        Catalog.open(home)


@pytest.mark.parametrize("content", [b"This is no database. " * 500, b"SQLite format 3\x00" * 500])
def test_a_file_that_is_no_database_is_told_with_the_command_that_rebuilds(
    home: Path, content: bytes
) -> None:
    (home / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreError, match="rag ingest --rebuild PATH"):
        Catalog.open(home)


def test_a_torn_file_is_an_error_and_no_wrong_answer(home: Path) -> None:
    path = home / FILE_NAME
    path.write_bytes(path.read_bytes()[: 6 * 4096])
    with pytest.raises(StoreError, match="rag ingest --rebuild PATH"):
        found(Catalog.open(home), "panda")


def test_a_full_disk_is_said_so_and_leaves_the_catalog_whole(home: Path) -> None:
    catalog = Catalog.open(home)
    [(pages,)] = catalog._database.rows("PRAGMA page_count")
    catalog._database.rows(f"PRAGMA max_page_count = {pages}")
    big = article("big", "word " * 100_000)
    with pytest.raises(StoreError, match="No space is left"), catalog.transaction():
        catalog.put(big, passages(big))
    assert catalog.article("panda") == PANDA
    assert catalog.contents().articles == 1
    catalog.close()


def test_a_catalog_that_another_program_writes_is_told_as_in_use(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.database._PATIENCE", 0.05)
    writer, other = Catalog.open(home), Catalog.open(home)
    with writer.transaction(), pytest.raises(StoreError, match="in use"), other.transaction():
        pass
    assert other.article("panda") == PANDA
    writer.close()
    other.close()


def test_a_home_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="--home DIR"):
        Catalog.create(tmp_path / "not-there", "fake")


def test_a_copy_replaces_a_catalog_under_its_readers(home: Path, tmp_path: Path) -> None:
    reader = Catalog.open(home)
    fresh = Catalog.create(home, "new", "catalog.new.sqlite")
    fresh.put(BEAR, passages(BEAR))
    fresh.copy_to(home)
    fresh.close()
    assert [item.id for item in reader.articles()] == ["bear"]
    assert found(reader, "honey", date.max) == ["bear"]
    assert reader.fingerprint == "new"
    reader.close()


@pytest.mark.parametrize("content", [b"no database" * 1000, b""])
def test_a_copy_replaces_a_file_that_is_no_database(home: Path, content: bytes) -> None:
    fresh = Catalog.create(home, "new", "catalog.new.sqlite")
    (home / FILE_NAME).write_bytes(content)
    fresh.copy_to(home)
    fresh.close()
    catalog = Catalog.open(home)
    assert catalog.fingerprint == "new"
    catalog.close()

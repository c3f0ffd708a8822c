"""Passages: exact offsets, whole sentences, and nothing that the embedder would not see."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from rag.domain import Article, Passage, Published
from rag.reading.characters import normalised
from rag.reading.passages import embedding_text, split_passages
from rag.reading.sentences import sentence_spans

SPECIAL = 2


def word_pieces() -> Callable[[str], int]:
    """A WordPiece counter as BERT's, over a vocabulary that treats word and continuation apart."""
    news = ["the", "pact", "talks", "on", "trade"]
    letters = "abcdefghijklmnopqrstuvwxyzßж0123456789.,;!?-/'\"中文"
    words = ["[UNK]", *letters, *(f"##{letter}" for letter in letters), *news, "##ing"]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


COUNTERS = {
    "word pieces": word_pieces(),
    "words": lambda text: len(text.split()),
    "bytes": lambda text: len(text.encode()),
}
counters = st.sampled_from(sorted(COUNTERS)).map(COUNTERS.__getitem__)
sizes = st.integers(24, 300)

# Texts that repeat themselves, run on without a stop or a space, and wrap their lines.
SENTENCES = ["Putin will visit China.", "“Yes,” he said.", "the pact ", "U.S. "]
RUNS = ["thethething", "x" * 70, "a/b-c/", "中文", "한국", "ж\u0301", "\u0e34"]
GAPS = [", ", ". ", " ", "\t", "\n", "\n\n"]
fragments = st.sampled_from(SENTENCES + RUNS + GAPS)
texts = st.lists(fragments | st.text(max_size=12), min_size=1, max_size=80).map("".join)
articles = st.builds(
    lambda title, text: article(normalised(text) or "Text.", normalised(title)),
    st.text(max_size=200),
    texts,
)


def article(text: str, title: str = "Putin to visit China") -> Article:
    return Article("a.txt", title, text, Published.on(date(2024, 5, 14), "stated"))


def words(text: str) -> int:
    return len(text.split())


def longest(passages: list[Passage], of: Article, count: Callable[[str], int]) -> int:
    return max(count(embedding_text(of.title, passage.text)) for passage in passages)


@given(articles, counters, sizes)
@settings(deadline=None)
def test_a_passage_is_what_its_offsets_say(
    written: Article, count: Callable[[str], int], size: int
) -> None:
    for passage in split_passages(written, count, size):
        assert passage.text == written.text[passage.start : passage.end]
        assert passage.article == written.id


@given(articles, counters, sizes)
@settings(deadline=None)
def test_passages_cover_all_words_once_and_in_order(
    written: Article, count: Callable[[str], int], size: int
) -> None:
    passages = split_passages(written, count, size)
    ends = [0, *(passage.end for passage in passages)]
    starts = [*(passage.start for passage in passages), len(written.text)]
    for end, start in zip(ends, starts, strict=True):
        assert end <= start
        assert not written.text[end:start].strip()


@given(articles, counters, sizes)
@settings(deadline=None)
def test_the_embedder_sees_each_passage_to_its_end(
    written: Article, count: Callable[[str], int], size: int
) -> None:
    for passage in split_passages(written, count, size):
        seen = embedding_text(written.title, passage.text, size)
        assert count(seen) <= size - SPECIAL


def test_a_repeated_sentence_has_its_own_place_each_time() -> None:
    repeated = article(" ".join(["Talks went on."] * 300))
    passages = split_passages(repeated, words, 32)
    assert len(passages) > 30
    assert len({passage.start for passage in passages}) == len(passages)
    assert passages[-1].end == len(repeated.text)


def test_passages_begin_and_end_with_a_sentence() -> None:
    story = article("Wang Yi stays in Moscow\n" * 80)
    ends = {span.end for span in sentence_spans(story.text)}
    passages = split_passages(story, words, 64)
    assert len(passages) > 5
    assert {passage.end for passage in passages} <= ends


def test_a_short_article_is_one_passage() -> None:
    (passage,) = split_passages(article("Putin will go to Harbin.\n\nIt is in China."), words)
    assert (passage.start, passage.end) == (0, 41)


@pytest.mark.parametrize("space", [" ", "\t", "\n"])
def test_an_overlong_sentence_is_cut_between_words(space: str) -> None:
    ramble = article(space.join(["without"] * 5_000))
    passages = split_passages(ramble, words)
    assert len(passages) < 25
    assert {word for passage in passages for word in passage.text.split()} == {"without"}


@pytest.mark.parametrize("count", [words, COUNTERS["word pieces"], len])
def test_an_overlong_word_is_cut_between_characters(count: Callable[[str], int]) -> None:
    blob = article("x" * 100_000)
    passages = split_passages(blob, count)
    assert max(len(passage.text) for passage in passages) < 5_000
    assert longest(passages, blob, count) <= 254


def test_a_word_cut_in_two_is_not_counted_as_less_than_it_is() -> None:
    # Cut after the sixteenth "pact", between two lots of words, its pieces would seem to be 101.
    run, count = article("a " * 7 + "pact" * 25, title=""), COUNTERS["word pieces"]
    assert count(run.text) == 104
    assert longest(split_passages(run, count, 104), run, count) <= 104 - SPECIAL


def test_what_counts_as_nothing_is_not_repeated() -> None:
    accents = article("Talks on trade.\n\n\u0e34\n\n" * 40)
    passages = split_passages(accents, COUNTERS["word pieces"], 32)
    assert sum(passage.text.count("\u0e34") for passage in passages) == 40


def test_what_follows_an_overlong_sentence_keeps_its_place() -> None:
    text = "one two three " * 30 + "end.\n\nThe next sentence. And one more."
    passages = split_passages(article(text), words, 64)
    assert [passage.text for passage in passages] == [
        text[passage.start : passage.end] for passage in passages
    ]
    assert passages[-1].text.endswith("And one more.")


def test_cutting_takes_time_in_proportion_to_the_text() -> None:
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return words(text)

    line = article("The two sides signed an agreement on trade and transport. " * 17_000)
    began = time.process_time()
    passages = split_passages(line, count)
    assert time.process_time() - began < 10
    assert len(passages) > 500
    assert counted < 4 * len(line.text)


def test_the_embedder_reads_the_title_first() -> None:
    assert embedding_text("Putin to visit China", "It is for May 16.") == (
        "Putin to visit China\nIt is for May 16."
    )
    assert embedding_text("", "No title.") == "No title."


@pytest.mark.parametrize("title", ["Talks on trade " * 30, "Переговоры " * 30, "中俄会谈" * 60])
def test_a_long_title_leaves_three_quarters_to_the_text(title: str) -> None:
    clipped = embedding_text(title, "").strip()
    assert title.startswith(clipped)
    assert COUNTERS["word pieces"](clipped) <= 254 // 4


def test_a_long_title_is_cut_between_words() -> None:
    assert set(embedding_text("Moscow talks " * 30, "").split()) == {"Moscow", "talks"}


def test_passage_ids_are_stable_and_distinct() -> None:
    story = article("Talks went on. " * 400)
    ids = [passage.id for passage in split_passages(story, words, 64)]
    assert ids == [passage.id for passage in split_passages(story, words, 64)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b.txt"},
        {"title": "Putin in China"},
        {"text": "Talks went on. " * 401},
        {"published": Published.on(date(2024, 5, 15), "stated")},
        {"published": Published.on(date(2024, 5, 14), "inferred")},
    ],
)
def test_a_changed_article_reuses_no_passage_id(change: dict[str, object]) -> None:
    before = article("Talks went on. " * 400)
    after = replace(before, **change)
    old, new = ({p.id for p in split_passages(each, words, 64)} for each in (before, after))
    assert not old & new

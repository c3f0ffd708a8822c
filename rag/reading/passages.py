"""Articles become passages: chunks of whole sentences that the embedder can see to their end."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

from rag.domain import Article, Passage
from rag.reading.sentences import sentence_spans

WORD_PIECES = 256
_SPECIAL = 2  # [CLS] and [SEP], which the embedder adds
_BYTES_A_PIECE = 2
# WordPiece reads a word of more than 100 characters as one unknown piece, so that a megabyte
# without a space would fit; prose has four or five characters a piece.
_MOST_CHARACTERS_A_PIECE = 16
# Where a sentence is too long: eight words at a time, for each piece is counted. What has no
# spaces for long is cut where BERT cuts words too, lest the pieces add up to less than the whole.
# The white space behind the last word belongs to it, or the next sentence would be misplaced.
_WORDS = r"(?:\s*(?:\S{1,64}(?!\S)|\w{1,100}|[^\w\s])){1,8}(?:\s+\Z)?"


# Title and lead, some 700 characters: news is written lead first (docs/decisions/0009).
LEAD_PIECES = 190


def lead_passages(
    article: Article, count_tokens: Callable[[str], int], size: int = WORD_PIECES
) -> list[Passage]:
    """The passages of an article that get a vector: its lead, whole sentences under its title.

    With the title in front it is no longer than ``LEAD_PIECES`` and ``size`` word pieces.
    """
    size = min(size, LEAD_PIECES)
    enough = 2 * size * _MOST_CHARACTERS_A_PIECE
    beginning = replace(article, text=article.text[:enough])
    return split_passages(beginning, count_tokens, size)[:1]


def split_passages(
    article: Article, count_tokens: Callable[[str], int], size: int = WORD_PIECES
) -> list[Passage]:
    """The passages of an article in order, covering it all but for white space between them.

    With the article's title in front (``embedding_text``) and the two special pieces, none is
    longer than ``size`` word pieces as ``count_tokens`` counts them, special pieces left out.
    """
    heading = count_tokens(embedding_text(article.title, "", size))
    chunks = _chunks(article.text, count_tokens, size - _SPECIAL - heading)
    prefix = _digest(article.id, article.title, article.text, str(article.published))
    passages, end = [], 0
    for index, chunk in enumerate(chunks):
        # Chunks follow each other with nothing but white space between them, so that the
        # nearest place is the right one however often the words are repeated.
        start = article.text.index(chunk, end)
        end = start + len(chunk)
        passages.append(Passage(_digest(prefix, index)[:32], article.id, start, end, chunk))
    return passages


def embedding_text(title: str, text: str, size: int = WORD_PIECES) -> str:
    """What the embedder reads of a passage: the title of its article, then its text.

    The title gets a quarter of the word pieces, at two bytes of UTF-8 a piece; what is longer is
    cut between words. (English titles have five bytes a piece, Chinese ones three, Russian two;
    one of nothing but punctuation would take half.)
    """
    clipped = _clipped(title, (size - _SPECIAL) // 4 * _BYTES_A_PIECE)
    return f"{clipped}\n{text}" if clipped else text


def _clipped(title: str, most: int) -> str:
    data = title.encode()
    if len(data) <= most:
        return title
    start = data[:most].decode(errors="ignore")
    return start.rpartition(" ")[0] or start


def _chunks(text: str, count_tokens: Callable[[str], int], budget: int) -> list[str]:
    from llama_index.core.node_parser import SentenceSplitter  # takes a second

    def pieces(words: str) -> range:
        characters = sum(map(len, words.split()))
        least = characters // _MOST_CHARACTERS_A_PIECE
        # LlamaIndex repeats whatever counts as nothing (a lone accent) as overlap, even of zero.
        return range(max(1, least, count_tokens(words)))

    splitter = SentenceSplitter(
        chunk_size=budget,
        chunk_overlap=0,
        tokenizer=pieces,
        chunking_tokenizer_fn=_sentences,
        secondary_chunking_regex=_WORDS,
    )
    return splitter.split_text(text)


def _sentences(text: str) -> list[str]:
    """The text cut where a sentence begins, so that nothing of it is lost."""
    starts = [span.start for span in sentence_spans(text)][1:]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

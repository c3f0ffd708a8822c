"""Sentences of a text, as spans."""

import re
from itertools import pairwise

from sentencex import get_sentence_boundaries

from rag.domain import Span

# A line break ends a sentence unless the text is hard-wrapped: a line that stops without
# punctuation and goes on in lower case.
_LINE_BREAK = re.compile(r"\n\s*\n|(?<=[.!?:;…\"”’)])[ \t]*\n|\n(?![a-z])")
# sentencex takes quadratic time over a line without an end of a sentence (200,000 opening
# quotation marks: 45 s), so what is longer than any paragraph is cut, after a full stop if any.
_PIECE = re.compile(r".{1,4000}(?:(?<=[.!?])\s|\Z)|.{1,4000}", re.DOTALL)


def sentence_spans(text: str) -> list[Span]:
    """The sentences of an English text in order, without the white space around them."""
    return [
        span
        for block in _blocks(text)
        for boundary in get_sentence_boundaries("en", block.of(text))
        if (span := _stripped(text, block.start, boundary["start_index"], boundary["end_index"]))
    ]


def _blocks(text: str) -> list[Span]:
    breaks = [0, *(match.end() for match in _LINE_BREAK.finditer(text)), len(text)]
    return [
        Span(*piece.span())
        for start, end in pairwise(breaks)
        for piece in _PIECE.finditer(text, start, end)
    ]


def _stripped(text: str, offset: int, start: int, end: int) -> Span | None:
    words = text[offset + start : offset + end]
    left = len(words) - len(words.lstrip())
    if left == len(words):
        return None
    return Span(offset + start + left, offset + start + len(words.rstrip()))

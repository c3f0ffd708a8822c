"""Sentences of a text, as spans."""

import re

from sentencex import get_sentence_boundaries

from rag.domain import Span

# A line break ends a sentence unless the text is hard-wrapped: a line that stops without
# punctuation and goes on in lower case.
_LINE_BREAK = re.compile(r"\n\s*\n|(?<=[.!?:;…\"”’)])[ \t]*\n|\n(?![a-z])")


def sentence_spans(text: str) -> list[Span]:
    """The sentences of an English text in order, without the white space around them."""
    return [
        span
        for block in _blocks(text)
        for boundary in get_sentence_boundaries("en", block.of(text))
        if (span := _stripped(text, block.start, boundary["start_index"], boundary["end_index"]))
    ]


def _blocks(text: str) -> list[Span]:
    ends = [match.end() for match in _LINE_BREAK.finditer(text)]
    starts = [0, *ends]
    return [Span(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)]


def _stripped(text: str, offset: int, start: int, end: int) -> Span | None:
    words = text[offset + start : offset + end]
    left = len(words) - len(words.lstrip())
    if left == len(words):
        return None
    return Span(offset + start + left, offset + start + len(words.rstrip()))

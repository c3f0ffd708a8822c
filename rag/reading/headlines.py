"""Titles of articles that name none."""

from rag.reading.sentences import sentence_spans

LONGEST = 120
SHORTENED = 100
_BEGINNING = 2_000


def headline(text: str) -> str:
    """The headline of a normalised text, or its first sentence where it has none.

    A headline is a first line of its own that does not end in a full stop. A sentence longer
    than ``LONGEST`` characters is cut between words to ``SHORTENED``, with an ellipsis.
    """
    first_line = text.partition("\n")[0]
    first_sentence = sentence_spans(text[:_BEGINNING])[0]
    wraps = first_sentence.end > len(first_line)
    if len(first_line) <= LONGEST and not wraps and not first_line.endswith("."):
        return first_line
    sentence = " ".join(first_sentence.of(text).split())
    return _shortened(sentence.removesuffix(".") or sentence)


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    start = sentence[:SHORTENED]
    # Where there is no space to cut at, rfind's -1 drops one character: room for the ellipsis.
    return start[: start.rfind(" ")] + "…"

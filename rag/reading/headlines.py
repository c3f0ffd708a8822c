"""Titles of articles that name none."""

import re
from urllib.parse import urlsplit

from rag.reading.sentences import sentence_spans

LONGEST = 120
SHORTENED = 100
_BEGINNING = 2_000
# A word or a short number of an address; longer numbers and mixtures are the site's own keys.
_SLUG_WORD = re.compile(r"[^\W\d_]+|\d{1,4}")
_SUFFIX = re.compile(r"\.\w{1,5}$")


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


def headline_of_address(url: str | None) -> str | None:
    """The headline in an address: "Ford recall" of ``/2022/06/15/ford-recall/index.html``.

    ``None`` where no part of its path is two words or more.
    """
    for part in reversed(_path(url or "")):
        pieces = re.split(r"[-_+]", _SUFFIX.sub("", part))
        words = [piece for piece in pieces if _SLUG_WORD.fullmatch(piece)]
        if sum(word.isalpha() for word in words) > 1:
            return _shortened(" ".join(words).capitalize())
    return None


def _path(url: str) -> list[str]:
    try:
        return [part for part in urlsplit(url).path.split("/") if part]
    except ValueError:
        return []


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    start = sentence[:SHORTENED]
    # Where there is no space to cut at, rfind's -1 drops one character: room for the ellipsis.
    return start[: start.rfind(" ")] + "…"

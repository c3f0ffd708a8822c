"""Who says what in a sentence: "Xi said that ties help peace, while Putin called them stable"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answering.language.terms import missing_names, names, terms

# A name, the verb of saying that it is the subject of, and what may stand between the verb and
# what is said: who is told, or when. The last name says it: "spokesman Dmitry Peskov told Tass".
_SAYS = re.compile(
    r"(?<![\w’'-])(?P<speaker>[A-Z][\w’'-]+),?\s+(?:\w+ly\s+|has\s+|had\s+|also\s+)?"
    r"(?:said|says|told|added|adds|announced|noted|stressed|declared|claimed|argued|warned)\b"
    r"(?:\s+[A-Z][\w’'-]+(?=\s+that\b)|\s+(?:on|in|at)\s+[^,.]{1,30}?(?=\s+that\b|,))?"
    r",?\s*(?:that\b)?"
)
_TELLING = re.compile(
    r"\b(?:say|tell|add|announce|declare|claim|warn|note|stress|argue)(?:s|d|ed)?\b"
    r"|\b(?:said|told)\b",
    re.IGNORECASE,
)
_POINTS_TO_SPEAKER = re.compile(r"\b(he|she|it|they|his|her|its|their|i|we|my|our)\b", re.I)


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says, up to where the next one begins; the speaker in lower case."""

    speaker: str
    said: str


def speeches(sentence: str) -> list[Speech]:
    """Everything in the sentence that somebody who is named is told to have said, in order."""
    found = list(_SAYS.finditer(sentence))
    ends = [*(match.start() for match in found), len(sentence)][1:]
    return [
        Speech(match["speaker"].lower(), sentence[match.end() : end])
        for match, end in zip(found, ends, strict=True)
    ]


def speaks_of_telling(text: str) -> bool:
    """Whether it speaks of a saying itself: "When did Trump announce the tariffs?"."""
    return bool(_TELLING.search(text))


def misattributes(sentence: str, quote: str) -> bool:
    """Whether the sentence has somebody say what the quote has somebody else say."""
    quoted = speeches(quote)
    return any(
        (nearest := _nearest(speech, quoted)) and missing_names([speech.speaker], [nearest.speaker])
        for speech in speeches(sentence)
    )


def is_said_by_another(sentence: str, quote: str, wanted: frozenset[str]) -> bool:
    """Whether the sentence tells what another says in a quote in which the wanted speak too."""
    quoted = speeches(quote)
    others = [speech for speech in quoted if missing_names([speech.speaker], wanted)]
    nearest = _nearest(Speech("", sentence), quoted)
    return len(others) < len(quoted) and nearest in others


def is_only_speaking(wanted: frozenset[str], sentence: str, position: int) -> bool:
    """Whether the wanted are named as telling what stands at this position, and not in it.

    Of "Lavrov said the leaders would meet in July", July is no day of Lavrov's.
    """
    bounds = [*(match.end() for match in _SAYS.finditer(sentence)), len(sentence)]
    for start, end in pairwise(bounds):
        said = sentence[start:end]
        if start <= position < end and not _POINTS_TO_SPEAKER.search(said):
            rest = names(sentence[:start])
            return _holds_any(wanted, rest) and not _holds_any(wanted, names(said))
    return False


def _nearest(speech: Speech, quoted: Sequence[Speech]) -> Speech | None:
    """Of several the one that says most of it; nothing where two say as much, or one alone."""
    shared = [len(terms(speech.said) & terms(other.said)) for other in quoted]
    if len(shared) <= 1 or shared.count(max(shared)) > 1:
        return None
    return quoted[shared.index(max(shared))]


def _holds_any(wanted: frozenset[str], held: frozenset[str]) -> bool:
    return len(missing_names(wanted, held)) < len(wanted)

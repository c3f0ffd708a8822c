"""What speaks for and against a claim in its references, as numbers a model can weigh."""

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from rag.answering.grounding.match import Match
from rag.answering.grounding.texts import Text

# How many of a sentence's words are compared with the claim's order.
_ALIGNED_WORDS = 160
# How far apart two words that follow each other in the claim may stand.
_NEAR = 5
# References longer than this are alike: a fact of a long article is no less supported than one of
# a short one. (Fitted without it, the benchmark's unsupported whole pages teach the opposite.)
_LONG = 500

Signal = Callable[[Match], float]


def _share(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def held_by_all(match: Match) -> float:
    """The share of the claim's terms in the references."""
    return _share(match.in_all)


def held_by_window(match: Match) -> float:
    """The share of the claim's terms in the best one to three sentences."""
    return _share(match.in_window)


def held_by_sentence(match: Match) -> float:
    """The share of the claim's different terms in one sentence, word for word."""
    wanted = match.claim.term_set
    best = max((len(wanted & one.term_set) for one in match.aligned), default=0)
    return best / len(wanted) if wanted else 0.0


def end_held(match: Match) -> float:
    """The share of the last third of the claim's terms that the best window holds."""
    return _share(match.in_window[-max(1, len(match.in_window) // 3) :])


def longest_gap(match: Match) -> float:
    """The most terms in a row that the best window lacks: a part of the claim that is new."""
    longest = current = 0
    for held in match.in_window:
        current = 0 if held else current + 1
        longest = max(longest, current)
    return float(longest)


def terms_missing(match: Match) -> float:
    """How many terms the best window lacks (logarithm)."""
    return math.log1p(sum(not held for held in match.in_window))


def overlap(match: Match) -> float:
    """The F1 of the claim's terms and one sentence's (the best of three)."""
    wanted = match.claim.term_set
    sizes = ((len(wanted & one.term_set), len(one.term_set)) for one in match.aligned)
    return max((2 * both / (len(wanted) + size) for both, size in sizes if both), default=0.0)


def focus(match: Match) -> float:
    """The share of the best window's terms that are the claim's."""
    said = match.read_window
    return len(said & match.claim.term_set) / max(1, len(said))


def pairs_held(match: Match) -> float:
    """The share of neighbouring terms that stand near each other, in order, in the window."""
    places: dict[str, list[int]] = {}
    for place, term in enumerate(term for one in match.window for term in one.tokens):
        places.setdefault(term, []).append(place)
    pairs = list(pairwise(match.claim.terms))
    return _share([float(_near(places, match, first, second)) for first, second in pairs])


def _near(places: Mapping[str, list[int]], match: Match, first: str, second: str) -> bool:
    ahead = [place for form in match.forms_of(first) for place in places.get(form, ())]
    after = [place for form in match.forms_of(second) for place in places.get(form, ())]
    return any(0 < late - early <= _NEAR for early in ahead for late in after)


def bigrams_held(match: Match) -> float:
    """The share of neighbouring terms that one sentence has side by side."""
    wanted = frozenset(pairwise(match.claim.terms))
    held = (len(wanted & frozenset(pairwise(one.terms))) for one in match.aligned)
    return max(held, default=0) / len(wanted) if wanted else 0.0


def trigrams_held(match: Match) -> float:
    """The share of three words in a row, function words too, that the references have."""
    wanted = _triples(match.claim)
    if not wanted:
        return 0.0
    held = frozenset().union(*(wanted & _triples(one) for one in match.related))
    return len(held) / len(wanted)


def _triples(text: Text) -> frozenset[tuple[str, str, str]]:
    tokens = text.tokens
    return frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False))


def longest_run(match: Match) -> float:
    """The longest run of words the claim shares with a sentence, as a share of the claim."""
    tokens = match.claim.tokens
    runs = (_run(tokens, one.tokens[:_ALIGNED_WORDS]) for one in match.aligned)
    return max(runs, default=0) / max(1, len(tokens))


def _run(one: list[str], other: list[str]) -> int:
    places: dict[str, list[int]] = {}
    for place, token in enumerate(other):
        places.setdefault(token, []).append(place)
    longest, ending = 0, dict[int, int]()
    for token in one:
        ending = {place: ending.get(place - 1, 0) + 1 for place in places.get(token, ())}
        longest = max(longest, max(ending.values(), default=0))
    return longest


def number_missing(match: Match) -> float:
    """Whether the best window lacks one of the claim's numbers."""
    return float(bool(match.numbers_not_near))


def names_missing(match: Match) -> float:
    """The share of the claim's names of which the references have no form."""
    wanted = match.claim.names
    return len(match.missing_names) / len(wanted) if wanted else 0.0


def claim_length(match: Match) -> float:
    """The claim's terms (logarithm)."""
    return math.log1p(len(match.claim.terms))


def reference_length(match: Match) -> float:
    """The references' words (logarithm, of 500 at most): the more, the more is shared by chance."""
    return math.log1p(min(_LONG, sum(sentence.length for sentence in match.sentences)))


# Each signal with the side it may speak for: 1 for the claim, -1 against it, 0 either. The model
# is held to that, so that more of a claim found never makes it less supported.
SIGNALS: Mapping[Signal, int] = {
    held_by_all: 1,
    held_by_window: 1,
    held_by_sentence: 1,
    end_held: 1,
    longest_gap: -1,
    terms_missing: -1,
    overlap: 1,
    focus: 1,
    pairs_held: 1,
    bigrams_held: 1,
    trigrams_held: 1,
    longest_run: 1,
    number_missing: -1,
    names_missing: -1,
    claim_length: 0,
    reference_length: 0,
}
# What is left out together when a group's contribution is measured.
GROUPS: Mapping[str, tuple[Signal, ...]] = {
    "coverage": (held_by_all, held_by_window, held_by_sentence, overlap, focus),
    "what is missing": (longest_gap, terms_missing, end_held),
    "word order": (pairs_held, bigrams_held, trigrams_held, longest_run),
    "numbers": (number_missing,),
    "names": (names_missing,),
    "lengths": (claim_length, reference_length),
}


def signals(match: Match) -> list[float]:
    """The value of every signal, in the order of ``SIGNALS``."""
    return [signal(match) for signal in SIGNALS]

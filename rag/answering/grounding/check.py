"""Whether references support a claim, with the quote to read and the reason in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.grounding.contradictions import contradiction
from rag.answering.grounding.match import Match
from rag.answering.grounding.model import fitted
from rag.answering.grounding.signals import held_by_sentence, pairs_held, signals
from rag.answering.grounding.texts import read_claim, read_references

# From here a claim counts as supported.
THRESHOLD = 0.5
# A contradicted claim keeps its order among the others but never reaches the threshold.
_CONTRADICTED = 0.4
# A claim that stands word for word in a sentence is supported at least this much, and so is one
# of which a sentence has nearly every word, mostly in the claim's order: of those that nothing
# contradicts, 92 % are labelled supported in AttributionBench, whatever the text around them.
_VERBATIM = 0.95
_WHOLE = 0.6
_WHOLE_HELD, _WHOLE_IN_ORDER = 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Support:
    """What the references say of a claim.

    ``score`` runs from 0 to 1, 0.5 and more is supported. ``quote`` is the sentence of a
    reference that is nearest to the claim, as it stands there; empty where nothing was read.
    """

    supported: bool
    score: float
    quote: str
    why: str


def check_claim(claim: str, references: Sequence[str]) -> Support:
    """Whether the references taken together say what the claim says."""
    match = Match(read_claim(claim), read_references(references))
    nearest = match.nearest
    if not match.claim.terms:
        return Support(False, 0.0, "", "the claim has no words to check")
    if nearest is None:
        return Support(False, 0.0, "", "there is no reference text to check against")
    quote = nearest.span.of(references[nearest.reference])
    against = contradiction(match)
    score = decided(match, fitted().probability(signals(match)), against=bool(against))
    supported = score >= THRESHOLD
    return Support(supported, score, quote, against or _why(match, supported=supported))


def contradicted(claim: str, references: Sequence[str]) -> str:
    """What of the claim the references speak against, in words; empty where nothing is."""
    return contradiction(Match(read_claim(claim), read_references(references)))


def decided(match: Match, probability: float, *, against: bool) -> float:
    """The score: what the model makes of the claim, within what the rules leave it."""
    if against:
        return _CONTRADICTED * probability
    if match.verbatim:
        return max(probability, _VERBATIM)
    whole = held_by_sentence(match) >= _WHOLE_HELD and pairs_held(match) >= _WHOLE_IN_ORDER
    return max(probability, _WHOLE) if whole else probability


def _why(match: Match, *, supported: bool) -> str:
    if match.verbatim:
        return "the claim stands word for word in the quoted sentence"
    total = len(match.claim.term_set)
    held = f"{match.held_by_nearest} of {total} words are in the quoted sentence"
    if supported:
        return held
    if match.missing:
        return f"{held}; no reference has {_listed(match.missing)}"
    return f"{held}; the others are not near it, or stand in another order"


def _listed(words: Sequence[str], most: int = 4) -> str:
    """The first few words, in quotation marks."""
    shown = ", ".join(f"“{word}”" for word in words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown

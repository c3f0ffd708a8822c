"""Whether a sentence tells as fact what its evidence only plans, alleges or holds possible."""

import re
from collections.abc import Sequence

from rag.answering.language.clauses import clauses
from rag.answering.language.terms import terms, words
from rag.reading.narrative import PAST_FORMS

# What comes after these, up to three words on, had not happened yet, or need not have.
_AHEAD = re.compile(
    r"\b(?:will|shall|would|going\s+to|plan\w*\s+to|(?:is|are|was|were)\s+to"
    r"|(?:due|set|slated|scheduled|expected|planned|hop\w+|want\w*|agreed|intend\w*"
    r"|tr(?:y|ies|ied|ying)|attempt\w*|s(?:eek|ought)\w*|asked|urged|vow\w*|pledg\w*|promis\w*"
    r"|offer\w*|threaten\w*|declin\w*|refus\w*|prepar\w*|poised|ready"
    r"|deal|agreement|bid|effort)\s+to)\s+"
    r"((?:[\w'’-]+\s+){0,2}[\w'’-]+)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:was|were|been)\s+(\w+)", re.IGNORECASE)
_PAST = re.compile(rf"(?:[a-z]+ed|{PAST_FORMS})", re.IGNORECASE)
# Verbs too common to have a stem, in the past and as they stand behind "will".
_LIGHT = {"held": "hold", "took": "take", "taken": "take", "made": "make", "gave": "give"}
_DOUBTS = tuple(
    re.compile(rf"\b(?:{group})\b")  # lower case: "May" is a month
    for group in (
        r"alleg(?:ed|edly|es|ing|ations?)|accus\w+|charged with|suspicion|suspect\w*"
        r"|purport\w*|claim(?:s|ed|ing)?|reportedly|rumou?r\w*|unconfirmed|apparently",
        r"may|might|could|possib\w+|perhaps|likely|probabl\w+|potential\w*|unclear|whether"
        r"|consider(?:s|ed|ing)?|propos\w+|suggest\w*|fear(?:s|ed)?|believ(?:es?|ed)",
        r"(?<!even )[Ii]f|[Uu]nless",
        r"den(?:y|ies|ied)|refus\w+|reject\w+|fail(?:s|ed)?|cancel\w*|postpon\w+|unlikely"
        r"|call(?:s|ed)? off|scrapped|abandon(?:s|ed)|thwart(?:s|ed)|foil(?:s|ed)",
        r"(?:nearly|almost) (?=[a-z]+ed\b)",
    )
)
# Where something is told that may not come about: "If it launches on Monday, ... by Friday".
_SUPPOSES = re.compile(r"\b(?<!even )(?:if|unless)\b|^\W*should\b", re.IGNORECASE)
_WOULD = re.compile(r"\bwould\b")
# What a thing is for, and not what somebody does: "the race to replace him", but "was chosen to".
_FOR = re.compile(r"\b([a-z]+)\s+to\s+([a-z]+)\b", re.IGNORECASE)
_LEADS_TO = re.compile(
    rf"(?:is|are|was|were|be|been|set|due|likely|going|about|ready|next|first|deal|agreement|{_PAST.pattern})",
    re.IGNORECASE,
)


def supposes(text: str) -> bool:
    """Whether what the text tells, or what follows it, depends on what may not come about."""
    return bool(_SUPPOSES.search(text))


def is_doubtful(text: str, told: frozenset[str]) -> bool:
    """Whether the text alleges or supposes what it tells of these terms, or holds it possible.

    What another clause holds possible is no doubt: "after he visited China, which may help".
    """
    alleged, possible = _DOUBTS[:2]
    clause = _clause_telling(told, text)
    doubts = alleged.search(text), possible.search(clause), _WOULD.search(clause)
    return supposes(text) or any(doubts)


def is_only_aimed_at(deed: frozenset[str], text: str) -> bool:
    """Whether the text tells these terms as what a thing is for alone: "candidates to replace"."""
    told = [word for word in words(text) if terms(word) & deed]
    aims = [it for it in _FOR.findall(text) if terms(it[1]) & deed]
    return bool(aims) and len(aims) == len(told) and not any(map(_leads_to, aims))


def _leads_to(aim: tuple[str, str]) -> bool:
    return bool(_LEADS_TO.fullmatch(aim[0]))


def is_stronger(sentence: str, quote: str) -> bool:
    """Whether the sentence leaves out what makes the quote less than a fact."""
    return _tells_as_done(sentence, quote) or _drops_a_doubt(sentence, quote)


def _tells_as_done(sentence: str, quote: str) -> bool:
    """Whether it has in the past what the quote announces: "visited" for "will visit"."""
    quoted = {word.lower() for word in words(quote)}
    past = [word for word in words(sentence) if _PAST.fullmatch(word)]
    passive = set(_PASSIVE.findall(sentence)) - set(_PASSIVE.findall(quote))
    new = _verbs([*(word for word in past if word.lower() not in quoted), *passive])
    return bool(new & _verbs(words(" ".join(_AHEAD.findall(quote)))))


def _verbs(found: Sequence[str]) -> frozenset[str]:
    """The stems of these words, and those common verbs that have none."""
    light = {_LIGHT.get(word.lower(), word.lower()) for word in found}
    return terms(" ".join(found)) | light.intersection(_LIGHT.values())


def _drops_a_doubt(sentence: str, quote: str) -> bool:
    """Whether the part of the quote that it repeats is in doubt there, and not in it."""
    repeated = _clause_telling(terms(sentence), quote)
    return any(doubt.search(repeated) and not doubt.search(sentence) for doubt in _DOUBTS)


def _clause_telling(told: frozenset[str], text: str) -> str:
    """The clause of the text that holds most of these terms."""
    return max(clauses(text), key=lambda clause: len(terms(clause) & told))

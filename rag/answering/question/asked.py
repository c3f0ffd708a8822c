"""Which kind of thing a question asks for: a day, a person, a place, a number, a reason."""

import re
from typing import Literal

from rag.answering.language.terms import ROLES, terms
from rag.reading.sentences import sentence_spans

Asked = Literal["day", "person", "place", "where", "number", "reason", "whether", "other"]
_A_DAY = r"(days?|dates?|time|months?|years?|weeks?|part of the (year|month))"
_A_PLACE = r"(city|cities|country|countries|town|place|state|region|capital|university|venue)"
_A_PERSON = r"(judge|senator|governor|mayor|president|minister|king|actor|actress|player|singer)"
_FORMS: dict[Asked, str] = {
    "day": rf"(when|(what|which) (is |are |were |was )?(the )?{_A_DAY}"
    rf"|what (is|was) the (?P<of>([\w-]+ ){{1,2}}){_A_DAY}|how soon)",
    "number": r"how (many|much|(?P<of>old)|long|often)( times)?",
    "person": rf"(who(?:['’]s)?|whom|whose|(which|what) (?P<of>{_A_PERSON}))",
    "where": r"(where|(what|which) (is|are|was|were) the (location|venue))",
    "place": rf"(what|which) {_A_PLACE}",
    "reason": r"(why|how come|(what|which) (is |are |was |were )?(the )?(reason|cause|purpose)s?)",
}
_ASKED = {kind: re.compile(rf"\b{form}\b", re.IGNORECASE) for kind, form in _FORMS.items()}
_ASKING = re.compile(r"\b(?:who|whom|whose|when|where|what|which|why|how)\b", re.IGNORECASE)
# "Ye, who changed his name, acquires which platform?" does not ask who, nor "When he came, whom
# did he meet?" when.
_RELATIVE = re.compile(
    r",\s+(?:who|whom|whose|when|where)\b"
    r"|^\W*(?:when|where)\s(?!(?:did|do|does|has|have|had|is|are|was|were|will|would|can)\b)"
    r"[^,]*,\s+",
    re.IGNORECASE,
)
# Who or what a name stands for: "Who is Wang Yi?", "What is BRICS?"
_WHAT_IT_IS = re.compile(
    r"\W*(?i:who|what)(?:['’]s|\s(?:is|are|was|were))\s(?:the\s)?([A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*)*)\W*"
)
# Asked by its verb alone: "Did Putin visit Harbin?"
_WHETHER = re.compile(
    r"\W*(?:did|do|does|has|have|had|is|are|was|were|will|would|can|could|should)\b(?! you\b)",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\b(two|both|three|all|one) of (them|these|those)\b", re.IGNORECASE)
_ROLE = re.compile(rf"\b{ROLES}s?\b", re.IGNORECASE)
# What somebody is called before the name: "President Putin" is Putin.
_CALLED = re.compile(rf"\b(?:(?i:{ROLES})\s+)+(?=[A-Z])")
# Only asks: "What sport is he associated with?"
_ASSOCIATED = re.compile(
    r"\b(?:(?:associated|affiliated) with|belong(?:s|ed)? to)\b", re.IGNORECASE
)
# Who is left out of what is asked: no evidence need name them.
_BESIDES = re.compile(
    r"\b(?:besides|apart from|other than|except(?: for)?|in addition to)\s+(?:[A-Z][\w'’-]*\s*)+"
)


def without_address(text: str) -> str:
    """The text without what people are called before the name, and without who is left out."""
    return _CALLED.sub("", _BESIDES.sub(" ", text))


def roles_in(text: str) -> frozenset[str]:
    """The stems of the offices and roles that the text speaks of: "the premier"."""
    return terms(" ".join(match[0] for match in _ROLE.finditer(text)))


def asking_sentence(text: str) -> str:
    """The sentence that asks, where all before it only lead to it.

    "Ash Carter died this week. Which president did he serve under?"
    """
    *before, last = [span.of(text) for span in sentence_spans(text)] or [text]
    leads_to_it = last.endswith("?") and not any(it.endswith("?") for it in before)
    return last if leads_to_it else text


def asked(text: str) -> Asked:
    """The kind of thing it asks for: that of the first of its words that ask."""
    if asks_what_it_is(text):
        return "other"
    if len(_ASKING.findall(text)) > 1:
        text = _RELATIVE.sub(", ", text)
    found = {kind: match.start() for kind, form in _ASKED.items() if (match := form.search(text))}
    otherwise: Asked = "whether" if _WHETHER.match(text) else "other"
    return min(found, key=lambda kind: found[kind], default=otherwise)


def asks_what_it_is(text: str) -> bool:
    """Whether it asks for no more than who or what a name stands for."""
    match = _WHAT_IT_IS.fullmatch(_CALLED.sub("", text))
    return bool(match and not _ROLE.search(match[1]))


def without_asking(text: str) -> str:
    """The text without "which day", "the two of them" and the like: no evidence repeats them.

    Nor what somebody is called before the name, nor who is left out. Of "what is the release date"
    the release stays, and the age of "how old".
    """
    for form in (*_ASKED.values(), _OF_THEM, _ASSOCIATED):
        text = form.sub(lambda match: f" {match.groupdict().get('of') or ''} ", text)
    return without_address(text)

"""What a question asks for, read by code before any model sees it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from rag.answering.period import Period, period_of, without_times
from rag.answering.terms import ROLES, names, terms, words
from rag.domain import Meant, Question
from rag.reading.sentences import sentence_spans

Intent = Literal["next", "last", "past", "any"]
Asked = Literal["day", "person", "place", "where", "number", "reason", "whether", "other"]

_NEXT = re.compile(
    r"\b(next|upcoming|planned|planning|scheduled|expected|will|going to|how soon)\b", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"\b(next|upcoming)\b", re.IGNORECASE)
_THE_NEXT = re.compile(
    r"\bnext\b(?! (week|month|quarter|year|spring|summer|autumn|winter|\w+day))", re.IGNORECASE
)
# A title, whose words ask for nothing: "Welcome to My World".
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
# "When is Putin to visit China", not "What is China's reaction to tariffs".
_IS_TO = re.compile(
    r"(?:^\W*(?:are|is)|\b(?:are|is)(?!\s[\w.-]+['’]s))\s(?:(?!to\b)\S+(?<!ing)\s)*"
    r"to\s(?!(?:the|an?|his|her|its|their|this|that|these|those)\b)(?-i:[a-z])",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(latest|most recent(ly)?|last(?! (week|month|year|night|summer|\w+day)))\b", re.I
)
_PAST = re.compile(r"\b(did|was|were|has|have|had|last)\b", re.IGNORECASE)

_A_DAY = r"(days?|dates?|time|months?|years?|weeks?|part of the (year|month))"
_A_PLACE = r"(city|cities|country|countries|town|place|state|region|capital|university|venue)"
_FORMS: dict[Asked, str] = {
    "day": rf"(when|(what|which) (is |are |were |was )?(the )?{_A_DAY}"
    rf"|what (is|was) the (?P<of>([\w-]+ ){{1,2}}){_A_DAY}|how soon)",
    "number": r"how (many|much|(?P<of>old)|long|often)( times)?",
    "person": r"(who(?:['’]s)?|whom|whose)",
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
_KNOWN_FOR = terms("known")
# "How many" of these is a length of time: "sentenced to nine years".
_A_LENGTH = re.compile(
    r"\bhow (?:long|many (?:more )?(?:second|minute|hour|day|week|month|year|decade)s)\b", re.I
)
_AN_AGE = re.compile(r"\bhow old\b", re.IGNORECASE)
# What happens once; but so many die in this flood, and so many in that.
_ONCE = re.compile(
    r"\b(?:born|die[sd]?|death|birth|found(?:ed|ing)|establish(?:ed|ment)|creat(?:ed|ion)|invented"
    r"|built|formed)\b",
    re.IGNORECASE,
)
# Where a name may be the answer: "Which team", "What is the capital of".
_A_NAME = re.compile(
    r"\b(?:which|what)\s(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|the)\b)[a-z]|\bwhat\s(?:is|was)\sthe\s(?:[a-z]+\s){1,3}of\b",
    re.IGNORECASE,
)
# What is typed into a box to search: "Super Bowl 2021 location".
_KEYWORDS = re.compile(
    r"(?!.*\b(?:what|which|how|about)\b)(.+)\s(dates?|location|venue)\W*", re.IGNORECASE
)
# Asked by its verb alone: "Did Putin visit Harbin?"
_WHETHER = re.compile(
    r"\W*(?:did|do|does|has|have|had|is|are|was|were|will|would|can|could|should)\b(?! you\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|there|then|this|that|these|those)\b"
    r"|^((and|but|so) )?(what about|how about)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(and|but|so|why)\b", re.IGNORECASE)

_OF_THEM = re.compile(r"\b(two|both|three|all|one) of (them|these|those)\b", re.IGNORECASE)
_ROLE = re.compile(rf"\b{ROLES}s?\b", re.IGNORECASE)
# Who was last in Moscow visited it then, and news tells of the visit.
_WAS_THERE = re.compile(r"\b(?:is|are|was|were|be|been)\s(?:.*\s)?in\s+(?:the\s+)?[A-Z]")
_VISIT = terms("visit")
# Who is asked to have done something, and what: "did Putin pay", "will the two leaders sign".
_DOES = re.compile(
    rf"\b(?:did|does|do|will|would)\s+(?:the\s+)?"
    rf"(?:(?:{ROLES}s?|two|both|sides|countries|and|of|[A-Z][\w'’.-]*)\s+)+"
    rf"(?:(?:\w+ly|first|last|next|also|both|once)\s+)?([a-z]+)\b"
)
# No deeds: what somebody is, thinks or calls a thing is told in other words.
_NO_DEED = terms(
    "become remain seem help consider regard think believe know refer describe mean want need like"
)
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
# From so many words on, capitals in all of them are no names but a way to write a line.
_LINE_OF_CAPITALS = 5
_SHORT_WORD = 3


@dataclass(frozen=True)
class Interpretation:
    """A question as the rest of the program understands it.

    ``own`` is the question in words; ``text`` stands alone: a follow-up carries the question it
    refers to in front of it. What is read from it is read once, though every sentence is compared
    with it. ``meant`` are those whom it means by an office, once articles have told who holds it.
    """

    question: Question
    own: str
    text: str
    intent: Intent
    asked: Asked
    meant: tuple[Meant, ...] = ()

    @property
    def as_of(self) -> date:
        """The day the question is asked as of."""
        return self.question.as_of

    @property
    def refers_back(self) -> bool:
        """Whether it is a follow-up that earlier questions are read with."""
        return self.text != self.own

    @cached_property
    def asking(self) -> str:
        """The sentence of it that asks, without what leads to it."""
        return _asking(self.own)

    @property
    def asks_for_announced(self) -> bool:
        """Whether it asks for what comes next, not for what will or is expected to be."""
        return bool(_ANNOUNCED.search(self.asking))

    @property
    def asks_for_first(self) -> bool:
        """Whether it asks for the first of what is ahead: "next", but not "next week"."""
        return bool(_THE_NEXT.search(self.asking))

    @property
    def may_ask_for_name(self) -> bool:
        """Whether the answer may be a name and no more."""
        return self.asked in ("person", "place", "where") or bool(_A_NAME.search(self.asking))

    @property
    def happens_once(self) -> bool:
        """Whether what it asks about happens once, such as a birth or a founding."""
        return self.asked != "number" and bool(_ONCE.search(self.asking))

    @property
    def asks_for_length(self) -> bool:
        """Whether it asks how long something lasts."""
        return bool(_A_LENGTH.search(self.asking))

    @property
    def asks_for_age(self) -> bool:
        """Whether it asks how old somebody or something is."""
        return bool(_AN_AGE.search(self.asking))

    @property
    def asks_of_time(self) -> bool:
        """Whether an answer must hold for its time: a day, a period, the next or the last."""
        is_in_order = self.asks_for_announced or self.intent == "last"
        return self.asked == "day" or is_in_order or self.period is not None

    @cached_property
    def period(self) -> Period | None:
        """The stretch of time it asks about, where its words name one."""
        return period_of(self.asking, self.as_of)

    @cached_property
    def names(self) -> frozenset[str]:
        """The people, places and things it names, lower case."""
        plain = _BESIDES.sub(" ", without_times(self.text, self.as_of))
        return names(_CALLED.sub("", plain))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The stems of everything it is about, without the words that ask.

        With the visit that having been somewhere was, and what a name is known for.
        """
        return terms(_without_asking(self.text)) | (self.topic & (_VISIT | _KNOWN_FOR))

    @cached_property
    def deed(self) -> frozenset[str]:
        """The stem of what somebody is asked to have done: "pay" of "What did Putin pay for?".

        Where it is asked whether something is so, all of the topic.
        """
        if self.asked == "whether":
            return self.topic
        match = _DOES.search(self.asking)
        return (terms(match[1]) & self.topic) - _NO_DEED if match else frozenset()

    @cached_property
    def topic(self) -> frozenset[str]:
        """The stems it is about besides the names: the event, the thing, the property.

        Those of the question itself, and who else it refers back to ("the premier"); of the ones
        it refers back to only where it has none.
        """
        named = terms(" ".join(self.names))
        own, whole = (
            terms(_without_asking(without_times(text, self.as_of))) - named
            for text in (self.own, self.text)
        )
        roles = terms(" ".join(match[0] for match in _ROLE.finditer(self.text)))
        if own:
            return own | (roles & whole)
        if _asks_what_it_is(self.asking):
            return _KNOWN_FOR
        asks_of_being_there = self.intent in ("next", "last") and self.asked == "day"
        if not whole and asks_of_being_there and _WAS_THERE.search(self.asking):
            return _VISIT
        return whole


def interpret(question: Question) -> Interpretation:
    """The question with its intent, the kind of thing asked for, and what it refers back to."""
    own = _in_words(question.text)
    asking = _asking(own)
    text = _standalone(own, [turn.question for turn in question.history])
    return Interpretation(question, own, text, _intent(asking), _asked(asking))


def _asking(text: str) -> str:
    """The sentence that asks, where all before it only lead to it.

    "Ash Carter died this week. Which president did he serve under?"
    """
    *before, last = [span.of(text) for span in sentence_spans(text)] or [text]
    leads_to_it = last.endswith("?") and not any(it.endswith("?") for it in before)
    return last if leads_to_it else text


def _intent(text: str) -> Intent:
    text = _QUOTED.sub("", text)
    if _NEXT.search(text):
        return "next"
    if _LAST.search(text):
        return "last"
    if _IS_TO.search(text):
        return "next"
    return "past" if _PAST.search(text) else "any"


def _asks_what_it_is(text: str) -> bool:
    """Whether it asks for no more than who or what a name stands for."""
    match = _WHAT_IT_IS.fullmatch(_CALLED.sub("", text))
    return bool(match and not _ROLE.search(match[1]))


def _asked(text: str) -> Asked:
    if _asks_what_it_is(text):
        return "other"
    if len(_ASKING.findall(text)) > 1:
        text = _RELATIVE.sub(", ", text)
    found = {kind: match.start() for kind, form in _ASKED.items() if (match := form.search(text))}
    otherwise: Asked = "whether" if _WHETHER.match(text) else "other"
    return min(found, key=lambda kind: found[kind], default=otherwise)


def _without_asking(text: str) -> str:
    """The text without "which day", "the two of them" and the like: no evidence repeats them.

    Nor what somebody is called before the name, nor who is left out. Of "what is the release date"
    the release stays, and the age of "how old".
    """
    for form in (*_ASKED.values(), _OF_THEM, _ASSOCIATED):
        text = form.sub(lambda match: f" {match.groupdict().get('of') or ''} ", text)
    return _CALLED.sub("", _BESIDES.sub(" ", text))


def _standalone(own: str, earlier: Sequence[str]) -> str:
    """The question, led by the earlier ones it cannot be understood without.

    A follow-up either points back ("he", "there"), goes on without saying of what ("and Xi?"),
    or names nothing itself.
    """
    chain = [own]
    for text in reversed(earlier):
        if _stands_alone(chain[0]):
            break
        chain.insert(0, _in_words(text))
    return " ".join(chain)


def _stands_alone(text: str) -> bool:
    named = names(text)
    if not named or _POINTS_BACK.search(text):
        return False
    return not _GOES_ON.match(text) or bool(terms(_without_asking(text)) - terms(" ".join(named)))


def _in_words(text: str) -> str:
    """The text as one would say it: keywords as a question, capitals only where they tell names."""
    keywords = _KEYWORDS.fullmatch(text) if _asked(text) == "other" else None
    if keywords:
        asking = "when" if keywords[2].lower().startswith("date") else "where"
        text = f"{asking} {keywords[1]}"
    return _in_small_letters(text)


def _in_small_letters(text: str) -> str:
    """The text, without its capitals where they tell no names: IN ALL LETTERS, Or In All Words."""
    long_words = [word for word in words(text) if len(word) > _SHORT_WORD]
    in_all_words = len(long_words) >= _LINE_OF_CAPITALS and not any(map(str.islower, long_words))
    return text.lower() if text.isupper() or in_all_words else text

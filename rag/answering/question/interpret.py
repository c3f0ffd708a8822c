"""What a question asks for, read by code before any model sees it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rag.answering.language.terms import ROLES, names, terms
from rag.answering.question.asked import (
    Asked,
    asked,
    asking_sentence,
    asks_what_it_is,
    roles_in,
    without_address,
    without_asking,
)
from rag.answering.question.follow_up import standalone
from rag.answering.question.intent import Intent, asks_for_announced, asks_for_first, intent
from rag.answering.question.period import Period, period_of, without_times
from rag.answering.question.wording import in_words
from rag.domain import Meant, Question

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
        return asking_sentence(self.own)

    @property
    def asks_for_announced(self) -> bool:
        """Whether it asks for what comes next, not for what will or is expected to be."""
        return asks_for_announced(self.asking)

    @property
    def asks_for_first(self) -> bool:
        """Whether it asks for the first of what is ahead: "next", but not "next week"."""
        return asks_for_first(self.asking)

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
        return names(without_address(without_times(self.text, self.as_of)))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The stems of everything it is about, without the words that ask.

        With the visit that having been somewhere was, and what a name is known for.
        """
        return terms(without_asking(self.text)) | (self.topic & (_VISIT | _KNOWN_FOR))

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
            terms(without_asking(without_times(text, self.as_of))) - named
            for text in (self.own, self.text)
        )
        if own:
            return own | (roles_in(self.text) & whole)
        if asks_what_it_is(self.asking):
            return _KNOWN_FOR
        asks_of_being_there = self.intent in ("next", "last") and self.asked == "day"
        if not whole and asks_of_being_there and _WAS_THERE.search(self.asking):
            return _VISIT
        return whole


def interpret(question: Question) -> Interpretation:
    """The question with its intent, the kind of thing asked for, and what it refers back to."""
    own = in_words(question.text)
    asking = asking_sentence(own)
    text = standalone(own, [turn.question for turn in question.history])
    return Interpretation(question, own, text, intent(asking), asked(asking))

"""Who is said to do something: "Putin will visit China" tells of no visit of Xi's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.language.clauses import clause_breaks, clause_start
from rag.answering.language.terms import (
    CALENDAR,
    CALENDAR_NAMES,
    ROLES,
    missing_names,
    same_name,
    terms,
    words,
)
from rag.domain import Evidence, Meant, Span

WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = rf"(?!(?i:{'|'.join(CALENDAR)})\b)(?![a-z])[^\W\d_][\w'’-]*"
_NAME = re.compile(rf"\b{_CAPITALISED}(?: {_CAPITALISED})*")
_ROLES = re.compile(rf"\b{ROLES}\b\s*", re.IGNORECASE)
# Behind any of these nobody is named who does something: "to China", "at the invitation of Xi".
_SO_FAR = 60  # characters: the longest of them, "the", and room
_PLACED = re.compile(
    r"\b(?:to|in|at|from|of|with|for|on|near|into|against|through|via)\s+"
    r"(?:(?:the|an?|this|that)\s+)?$",
    re.IGNORECASE,
)
# "The visit of President of the Russian Federation Vladimir Putin": who acts may come behind.
_OF_WHOM = re.compile(r"\s+(?:of|by)((?:\s+[^\W\d_][\w'’-]*){1,10})")


@dataclass(frozen=True, slots=True)
class Actors:
    """Those who do something (``acting``) among the ``names`` it is about, all lower case.

    Nobody acts where all of them do it together: "the talks of Lavrov and Wang".
    """

    names: frozenset[str]
    acting: frozenset[str]

    def act(self, evidence: Evidence, anchor: Span, in_title: Sequence[Span]) -> bool:
        """Whether nobody else is said to do what the word at ``anchor`` tells.

        Where the sentence does not say who does it, its title may: at ``in_title`` are the words
        that tell it there.
        """
        quote = evidence.quote
        behind = words(match[1]) if (match := _OF_WHOM.match(quote, anchor.end)) else []
        if any(self._is_actor(word) for word in behind):
            return True
        if self.acting and any(self._is_another(word) for word in behind):
            return False
        start = clause_start(quote, anchor.start)
        before = quote[start : anchor.start]
        is_office = any(quote.startswith(it.office) for it in evidence.meant)
        if not (is_office or opens_with_name(evidence)):
            before = before[:1].lower() + before[1:]
        end = next((at for at in clause_breaks(quote) if at > anchor.end), len(quote))
        after = quote[anchor.end : end]
        if not self.acting:
            return self._is_nobody_elses([before, after], evidence.meant)
        acts = self._is_subject(before, evidence.meant)
        if acts is None and not self._is_between_them([before, after], evidence.meant):
            return self._act_in(evidence.article.title, in_title)
        return acts is not False

    def _is_nobody_elses(self, parts: Sequence[str], meant: Sequence[Meant]) -> bool:
        """Whether the first of these parts that names anybody names one of the topic."""
        named = (list(_persons(part, meant)) for part in parts)
        first = next(filter(None, named), [])
        return not first or any(not self._is_another(word) for who in first for word in who)

    def _is_between_them(self, parts: Sequence[str], meant: Sequence[Meant]) -> bool:
        """Whether an actor and all the others are named: "Putin met Wang" is "Wang met Putin"."""
        named = [word for part in parts for who in _persons(part, meant) for word in who]
        others = missing_names(self.names - self.acting, [word.lower() for word in named])
        return not others and any(map(self._is_actor, named))

    def _act_in(self, title: str, anchors: Sequence[Span]) -> bool:
        """Whether a title has nobody else do it."""
        named = (list(_persons(title[: at.start], (), acting=True)) for at in anchors)
        return not any(self._is_of_no_actor(who[-1]) for who in named if who)

    def _is_subject(self, clause: str, meant: Sequence[Meant]) -> bool | None:
        """Whether the last person whom the clause names, or means by an office, is the actor.

        Nobody knows where there is none.
        """
        for who in reversed(list(_persons(clause, meant, acting=True))):
            if any(map(self._is_actor, who)):
                return True
            if all(map(self._is_another, who)):
                return False
        return None

    def _is_of_no_actor(self, who: Sequence[str]) -> bool:
        """Whether it is the name of no actor: of a third, or in full of another of the topic."""
        if any(map(self._is_actor, who)):
            return False
        return len(who) > 1 or self._is_another(who[0])

    def _is_another(self, word: str) -> bool:
        """Whether it is somebody's name, and none of the topic's."""
        ours = self.names | self.acting
        return _is_person(word) and bool(missing_names([word.lower()], ours))

    def _is_actor(self, word: str) -> bool:
        return word[0].isupper() and any(same_name(word.lower(), name) for name in self.acting)


def _is_person(word: str) -> bool:
    """Whether the word could be somebody's name or country."""
    is_content = word[0].isupper() and bool(terms(word))
    return is_content and word.lower() not in CALENDAR_NAMES and not _ROLES.fullmatch(word)


def _persons(text: str, meant: Sequence[Meant], *, acting: bool = False) -> Iterator[list[str]]:
    """The names in it, each in its words; the whole name of whom it means by an office.

    ``acting``: without those behind a preposition.
    """
    position = 0
    for match in _NAME.finditer(text):
        start = match.start()
        if start < position:
            continue
        found = ((text.find(it.office, start, match.end() + len(it.office)), it) for it in meant)
        at, office = next((it for it in found if it[0] >= 0), (start, Meant(match[0], match[0])))
        position = at + len(office.office)
        behind_roles = _ROLES.split(office.who)
        named = [word for word in words(behind_roles[-1] or office.who) if _is_person(word)]
        if named and not (acting and _PLACED.search(text, max(0, start - _SO_FAR), start)):
            yield named


def opens_with_name(evidence: Evidence) -> bool:
    """Whether the first word is written with a capital letter elsewhere in the article too."""
    first = WORD.search(evidence.quote)
    text = evidence.article.text
    return bool(first and re.search(rf"[\w,] {re.escape(first[0])}\b", text))

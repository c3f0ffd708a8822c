"""Which way a clause looks: back at what happened, or ahead at what is planned.

Tense and modality decide how "in July" and "on Friday" are read, as in HeidelTime (Strötgen and
Gertz 2010); a cue counts for the expressions after it, up to the next cue or the sentence's end.
"""

import re
from bisect import bisect_left
from functools import cached_property
from typing import Literal

from rag.domain import Span

Direction = Literal["past", "future", "open"]

_AHEAD = r"""
    (?:will|'ll|’ll|shall|won't|won’t|would|must|should|can|could|may|might|to)
        (?:\s+(?:not|also|then|next|again|soon|likely))? \s+ (?:be|have \s+ been|get)
        (?:\s+[a-z]+ly)? (?:\s+[a-z]+)?
  | (?:will|'ll|’ll|shall|won't|won’t) (?:\s+not)?
  | going \s+ to | about \s+ to | look(?:s|ing)? \s+ (?:forward|ahead)
  | (?:plan|hope|intend|aim|prepar|vow|pledg|threaten)(?:s|es|ned|d|ed|ing)? \s+ (?:to|for)
  | (?:scheduled|expected|due|slated|planned|bound|supposed|poised|likely|ready|timed
      |projected) \s+ (?:to|for|by|on|in|at)
      (?: \s+ be \s+ [a-z]+ed )?
  | (?:is|are|was|were) \s+ (?:due|scheduled|expected|set|planned) | set \s+ (?:to|for)
  | upcoming | forthcoming | coming | next | ahead \s+ of | until | till
  | expires? | expiring | matur(?:es?|ing) | payable | effective | redeemable | deadline
  | begins? | starts? | opens? | takes? \s+ (?:place|effect) | kicks? \s+ off | comes? \s+ into
  | (?:is|are) \s+ to (?=\s) | due
"""
_IRREGULAR = """
    was were had did said told took made came went gave got saw met held left began became found
    kept brought thought bought sold sent spoke wrote won lost led rose fell grew paid put cut hit
    set ran spent built broke chose drew drove felt fought flew forgot froze hung heard hid knew
    laid lay lent let lit meant read rode rang sang sank sat shook shot shut slept slid stood
    stole struck swore swept swam taught tore threw understood woke wore shown known taken given
    been seen done gone born
"""
PAST_FORMS = "|".join(_IRREGULAR.split())
# "The second in two months" counts back, whatever the verb.
_COUNTED_BACK = r"(?:first|second|third|fourth|fifth|[a-z]+est)(?:\s+time)?\s+in"
_BACK = (
    rf"{_COUNTED_BACK}|{PAST_FORMS}|[a-z]+[^\We]ed|agreed"
    r"|(?:has|(?<!could\s)(?<!would\s)(?<!may\s)(?<!might\s)(?<!will\s)have)(?:n't|n’t)?"
)
_CUE = re.compile(rf"\b(?:(?P<ahead>{_AHEAD})|(?P<back>{_BACK}))\b", re.VERBOSE)
_NO_VERB = re.compile(r"(?:hundr|unit|limit|sacr|nak|rugg|wick|accord)ed\b|united|limited")
_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)%\"”’'][a-z0-9)%\"”’'])[.!?][\"”’)]{0,2}\s+(?=[\"“‘(]?[A-Z])|\n\s{0,9}\n|[!?;]\s"
)
_FRONTED = re.compile(
    r"(?:^|[,:;“\"(–—]|\b(?:and|but|that|while|when|as)\b)\s*"
    r"(?:(?:in|on|by|at|from|for|before|after|during|over|late|early|earlier|later|since|until)\s+)*"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:by|until|till|through)\s+$", re.IGNORECASE)
_FRONTED_WITHIN = 24  # characters before the expression that are looked at
_REACH = 300  # characters: a cue further away says nothing


class Narrative:
    """The cues of one text, found once, so that a long text costs no more than its length."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.end() for found in _SENTENCE_END.finditer(self._text)]

    @cached_property
    def _cues(self) -> list[tuple[int, Direction]]:
        return [
            (found.start(), "future" if found["ahead"] else "past")
            for found in _CUE.finditer(self._text)
            if not _NO_VERB.match(found[0])
        ]

    def direction(self, start: int, end: int) -> Direction:
        """Where the clause around these characters looks; "open" where nothing tells."""
        before, after = self._nearest(self.sentence(start, end), start, end)
        if self._is_fronted(start):
            return after or before or "open"
        if before == "past" and _DEADLINE.search(self._text, max(start - 9, 0), start):
            return "open"
        return before or after or "open"

    def sentence_start(self, position: int) -> int:
        """Where the sentence that holds this position begins."""
        index = bisect_left(self._breaks, position + 1)
        return self._breaks[index - 1] if index else 0

    def sentence_number(self, position: int) -> int:
        """How many sentences end before this position."""
        return bisect_left(self._breaks, position + 1)

    def sentence(self, start: int, end: int) -> Span:
        """The sentence around these characters, or as much of it as is near enough to matter."""
        index = bisect_left(self._breaks, end)
        stop = self._breaks[index] if index < len(self._breaks) else len(self._text)
        begin = max(self.sentence_start(start), start - _REACH)
        return Span(begin, min(stop, end + _REACH))

    def _nearest(
        self, sentence: Span, start: int, end: int
    ) -> tuple[Direction | None, Direction | None]:
        """The last cue before these characters and the first one after them."""
        index = bisect_left(self._cues, (start, ""))
        before = self._cues[index - 1] if index else None
        index = bisect_left(self._cues, (end, ""))
        after = self._cues[index] if index < len(self._cues) else None
        return (
            before[1] if before and before[0] >= sentence.start else None,
            after[1] if after and after[0] < sentence.end else None,
        )

    def _is_fronted(self, start: int) -> bool:
        """Whether the expression opens its clause, so that the verb to come governs it."""
        window = max(self.sentence_start(start), start - _FRONTED_WITHIN)
        before = self._text[window:start]
        return not before.strip() or bool(_FRONTED.search(before))

"""Sources that answer differently: each is asked alone, and code compares what they say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rag.answering.dates import are_within, overlap
from rag.answering.evidence import by_article
from rag.answering.interpret import Interpretation
from rag.answering.quotes import quotable, quote
from rag.answering.short import ShortAnswer
from rag.answering.terms import ROLES, figures, missing_names, missing_places, names
from rag.domain import Checked, Evidence, TimeSpan

# So many other sources are asked at most: each costs a reading of its evidence.
_ASKED = 3
# Days further apart than this are of two events, not one that is told differently,
_ONE_EVENT = timedelta(days=31)
# but for what happens once.
_ONCE = re.compile(
    r"\b(?:born|die[sd]?|death|birth|found(?:ed|ing)|establish(?:ed|ment)|creat(?:ed|ion)|invented"
    r"|built|formed)\b",
    re.IGNORECASE,
)
# Of whom and where there can be one alone. Several may attend, be killed or be visited.
_ONE_ANSWER = re.compile(
    r"\b(?:(?:is|was|became) (?:the|a|an)|w[io]ns?|won|elected|appointed|succeed(?:s|ed)?"
    r"|replaced?s?|leads?|led|heads?|headed|found(?:s|ed)|wrote|invented|owns?|bought|born|died"
    r"|located|based|held|take place|took place)\b",
    re.IGNORECASE,
)
# A name of more words is a list or a story, of which another source tells another part.
_NAME = 4
_A_ROLE = re.compile(rf"{ROLES}s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and what it cites: what other sources are compared with."""

    interpretation: Interpretation
    short: ShortAnswer
    cited: Sequence[Evidence]

    def rivals(self, evidence: Sequence[Evidence]) -> list[list[Evidence]]:
        """The evidence of each source that does not hold the answer, best first, a few at most.

        None where time decides between sources (what is next, what was last), and where several
        answers can be true at once.
        """
        is_timeless = self.interpretation.intent in ("any", "past")
        if not self.cited or not is_timeless or not self._is_one_value(self.short):
            return []
        told = {item.article.id for item in self.cited}
        others = by_article(item for item in evidence if item.article.id not in told)
        return [items for items in others if self._differs(items)][:_ASKED]

    def otherwise(self, evidence: Sequence[Evidence], alone: ShortAnswer) -> Checked | None:
        """The sentence of a source that says something else, as the source has it.

        ``alone`` is what the model answered from this source alone.
        """
        if alone.is_silent or not self._is_one_value(alone):
            return None
        if self.interpretation.asked == "day":
            told = alone.telling_its_day(evidence)
            saying = [item for item in told if not overlap(alone.days(item), self._days)]
        elif self._is_same(alone):
            return None
        else:
            saying = [item for item in evidence if _holds(alone, item, self.interpretation)]
        best = next((item for item in saying if quotable(item, self.interpretation)), None)
        return quote(best, self.interpretation) if best else None

    @property
    def _days(self) -> list[TimeSpan]:
        return [span for item in self.cited for span in item.spans]

    @property
    def _happens_once(self) -> bool:
        return bool(_ONCE.search(self.interpretation.question.text))

    def _is_one_value(self, short: ShortAnswer) -> bool:
        """Whether it is something that two sources cannot both have right."""
        match self.interpretation.asked:
            case "day":
                return True
            case "person" | "place" | "where":
                one = _ONE_ANSWER.search(self.interpretation.question.text)
                return bool(one) and 0 < len(self._named(short)) <= _NAME
            case _:
                return bool(figures(short.text))

    def _differs(self, items: Sequence[Evidence]) -> bool:
        """Whether a source seems to say something else: no sentence of it holds the answer."""
        if self.interpretation.asked == "day":
            days = [span for item in items for span in item.spans]
            apart = timedelta.max if self._happens_once else _ONE_EVENT
            return are_within(apart, days, self._days) and not overlap(days, self._days)
        return not any(_holds(self.short, item, self.interpretation) for item in items)

    def _is_same(self, alone: ShortAnswer) -> bool:
        if self.interpretation.asked not in ("person", "place", "where"):
            return bool(figures(alone.text) & figures(self.short.text))
        one, other = self._named(alone), self._named(self.short)
        return not missing_places(one, other) or not missing_places(other, one)

    def _named(self, short: ShortAnswer) -> frozenset[str]:
        """The names in it that the question did not have, and that are no office."""
        new = missing_names(names(short.text), self.interpretation.names)
        return frozenset(name for name in new if not _A_ROLE.fullmatch(name))


def _holds(short: ShortAnswer, evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether the sentence has the words or the figure of a short answer."""
    same_figure = bool(figures(short.text) & figures(evidence.quote))
    return same_figure or short.is_held(evidence, interpretation)

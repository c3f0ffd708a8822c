"""Sources that answer differently: each is asked alone, and code compares what they say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from rag.answering.evidence.about import unnamed
from rag.answering.evidence.incumbents import tells_holder
from rag.answering.evidence.properties import days_of, definition, is_property
from rag.answering.evidence.sentences import by_article
from rag.answering.evidence.topic import Topic
from rag.answering.language.dates import are_within, overlap
from rag.answering.language.modality import supposes
from rag.answering.language.offices import offices_asked_for
from rag.answering.language.terms import (
    figures,
    is_role,
    missing_names,
    missing_places,
    names,
    terms,
)
from rag.answering.question.interpret import Interpretation
from rag.answering.quotes import quotable, quote
from rag.answering.short import ShortAnswer
from rag.answering.timeline.plans import looks_ahead
from rag.domain import Article, Checked, Evidence, TimeSpan
from rag.reading.times import find_times

# So many other sources are asked at most: each costs a reading of its evidence.
_ASKED = 3
# Days further apart than this are of two events, not one that is told differently.
_ONE_EVENT = timedelta(days=31)
# Of whom and where there can be one alone. Several may attend, be killed, be visited or be
# "directed by" one.
_ONE_ANSWER = re.compile(
    r"\b(?:(?:is|was|became) the|w[io]ns?|won|elected|appointed|succeed(?:s|ed)?"
    r"|replaced?s?|leads?|led|heads?|headed|found(?:s|ed)|wrote|invented|directed|recorded"
    r"|composed|owns?|bought|born|died"
    r"|located|based|held|take place|took place)\b(?! by\b)",
    re.IGNORECASE,
)
# Up to here a model that reads one source alone is sure of what it answers.
_SURE = 0.3
# Who won the others: "winners of the past two Stanley Cups", "the defending champion".
_OTHER_EDITIONS = re.compile(
    r"\b(?:(?:past|last|previous)\s+(?:two|three|four|five|\d+)|defending|reigning|back-to-back)\b",
    re.IGNORECASE,
)
# From this share of their words two sentences are one, told twice.
_ALIKE = 0.7
# A name of more words is a list or a story, of which another source tells another part.
_NAME = 4


@dataclass(slots=True)
class Told:
    """The answers told so far and what is cited for them: what other sources are compared with.

    Opens with the answer itself; each source that differs adds what it says.
    """

    interpretation: Interpretation
    answers: list[ShortAnswer]
    cited: list[Evidence]

    def rivals(self, evidence: Sequence[Evidence]) -> Iterator[list[Evidence]]:
        """The evidence of each source that holds none of the answers, best first, a few at most.

        None where time decides between sources (what is next, what was last), and where several
        answers can be true at once.
        """
        is_timeless = self.interpretation.intent in ("any", "past")
        if self.cited and is_timeless and self._is_one_value(self.answers[0]):
            differing = (items for items in by_article(evidence) if self._differs(items))
            yield from islice(differing, _ASKED)

    def otherwise(self, evidence: Sequence[Evidence], alone: ShortAnswer) -> Checked | None:
        """The sentence of a source that says something else, as the source has it.

        ``alone`` is what the model answered from this source alone.
        """
        saying = self._saying(evidence, alone)
        best = next((item for item in saying if self._is_quotable(item)), None)
        best = best or self._in_other_words(saying, alone)
        if best is None:
            return None
        if not alone.is_silent:
            self.answers.append(alone)
        self.cited.append(best)
        return quote(best, self.interpretation)

    def _is_of_one_time(self, article: Article) -> bool:
        """Whether it was published when what is cited was, as far as anybody knows.

        News of another month tells of another election, and gives an office to who held it then.
        When something is, the newest article tells.
        """
        day = article.published.day
        told = [item.article.published.day for item in self.cited]
        is_scheduled = self.interpretation.asked == "day"
        apart = timedelta(0) if is_scheduled else _ONE_EVENT
        return any(not (day and it) or abs(day - it) <= apart for it in told)

    def _is_of_another_time(self, evidence: Evidence) -> bool:
        """Whether the sentence tells of a day far from those of all that is cited.

        Then both may be right: each summit has a place of its own. Of articles that are no news the
        days are those of a work or a life.
        """
        if not _is_news(evidence):
            return False
        days, told = (
            [span for span in spans if span.first_day and span.last_day]
            for spans in (self._days_of([evidence]), self._days)
        )
        return bool(told) and not all(are_within(_ONE_EVENT, [day], told) for day in days)

    def _saying(self, evidence: Sequence[Evidence], alone: ShortAnswer) -> list[Evidence]:
        """The sentences that say something else than is told already."""
        if alone.is_silent:
            return [item for item in evidence if self._defines_otherwise(item)]
        if not self._is_one_value(alone):
            return []
        if self.interpretation.asked == "day":
            its_days = self._at_its_days(evidence)
            told = [it for it in alone.telling_its_day(its_days) if not self._is_ahead(it)]
            told = [it for it in told if not self._repeats(it)]
            return [item for item in told if not overlap(alone.days(item), self._days)]
        if self._is_told(alone) or self._is_in_other_units(alone):
            return []
        held = [item for item in evidence if _holds(alone, item, self.interpretation)]
        if self._is_lasting:
            return held
        return [item for item in held if self._tells(item)]

    def _tells(self, item: Evidence) -> bool:
        """Whether the sentence tells a fact, of the time that the answer is of.

        News tells in the forms for that who holds an office: not by who "lost the governor's race".
        """
        if self._is_of_another_time(item) or supposes(item.quote):
            return False
        if _is_news(item) and _OTHER_EDITIONS.search(item.quote):
            return False
        asks_holder = _is_news(item) and offices_asked_for(self.interpretation.text)
        return not asks_holder or tells_holder(item.quote, self.interpretation)

    def _at_its_days(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The evidence; of events in the news with no other days than those of the event itself.

        "Documents released on Friday told of the search" is no day of the search.
        """
        if self.interpretation.happens_once:
            return list(evidence)
        topic = Topic.of(self.interpretation, self.cited)
        return [
            replace(item, spans=tuple(topic.times_in(item))) if _is_news(item) else item
            for item in evidence
        ]

    def _repeats(self, item: Evidence) -> bool:
        """Whether it says what is cited in nearly the same words: then "Tuesday" is one Tuesday.

        A page that is worked on for days keeps the date of the first.
        """
        return any(_likeness(item.quote, it.quote) >= _ALIKE for it in self.cited)

    def _is_ahead(self, item: Evidence) -> bool:
        """Whether it announces what the question asks of as past."""
        return self.interpretation.intent == "past" and looks_ahead(item)

    def _is_quotable(self, item: Evidence) -> bool:
        """Whether it may stand as the answer: of what is not lasting in its own words."""
        topic = self.interpretation.topic
        in_words = self._is_lasting or 2 * len(topic & terms(item.quote)) > len(topic)
        return in_words and quotable(item, self.interpretation)

    def _in_other_words(self, saying: Sequence[Evidence], alone: ShortAnswer) -> Evidence | None:
        """The first that says all of it, though not in the question's words.

        Only where the model is sure, and the article opens with what is asked about.
        """
        if alone.unknown > _SURE:
            return None
        about = (item for item in saying if self._defined_in(item.article))
        return next((item for item in about if _says(alone, item, self.interpretation)), None)

    @property
    def _in_words(self) -> list[ShortAnswer]:
        """The answers for which the model found words."""
        return [answer for answer in self.answers if answer.told(self.interpretation)]

    @property
    def _days(self) -> list[TimeSpan]:
        return self._days_of(self.cited)

    def _days_of(self, evidence: Iterable[Evidence]) -> list[TimeSpan]:
        return [span for item in evidence for span in days_of(item, self.interpretation)]

    @property
    def _is_lasting(self) -> bool:
        """Whether what is asked for is the same whenever it is told: a birth, a genre, a day."""
        asked = self.interpretation
        if asked.asked == "day":
            return asked.intent == "past"
        return self._property or asked.happens_once

    @property
    def _property(self) -> bool:
        """Whether a property of something is asked for: its medium, somebody's profession."""
        return is_property(self.interpretation)

    def _is_one_value(self, short: ShortAnswer) -> bool:
        """Whether it is something that two sources cannot both have right."""
        match self.interpretation.asked:
            case "day":
                return True
            case "person" | "place" | "where":
                return self._is_one_name(short)
            case _:
                is_value = bool(figures(short.text)) or self._property
                return is_value or self._is_one_name(short)

    def _is_one_name(self, short: ShortAnswer) -> bool:
        asked = self.interpretation
        is_one = asked.may_ask_for_name and _ONE_ANSWER.search(asked.asking)
        return bool(is_one) and 0 < len(self._named(short)) <= _NAME

    def _differs(self, items: Sequence[Evidence]) -> bool:
        """Whether a source seems to say something else: no sentence of it holds an answer."""
        if items[0].article.id in {item.article.id for item in self.cited}:
            return False
        if not (self._is_lasting or self._is_of_one_time(items[0].article)):
            return False
        if self.interpretation.asked == "day":
            days = self._days_of(items)
            is_far = self.interpretation.happens_once or self._are_of_two(items)
            apart = timedelta.max if is_far else _ONE_EVENT
            return are_within(apart, days, self._days) and not overlap(days, self._days)
        if self._property and not self._in_words:
            return any(map(self._defines_otherwise, items))
        return not any(
            _holds(answer, item, self.interpretation) for answer in self.answers for item in items
        )

    def _are_of_two(self, items: Sequence[Evidence]) -> bool:
        """Whether the sources tell of two things of one name, each having one of its own."""
        articles = {item.article for item in (*items, *self.cited)}
        return all(self._defined_in(article) for article in articles)

    def _defined_in(self, article: Article) -> frozenset[str]:
        return definition(article.text, self.interpretation)

    def _defines_otherwise(self, item: Evidence) -> bool:
        """Whether it opens its article with what the thing is, and none that is cited says so."""
        if not self._property or item.start:
            return False
        said = definition(item.quote, self.interpretation)
        cited = [self._defined_in(it.article) for it in self.cited]
        return bool(said) and all(it - said and said - it for it in cited)

    def _is_in_other_units(self, alone: ShortAnswer) -> bool:
        """Whether it tells a length of time in other units: "45 days" beside "six weeks"."""
        if not self.interpretation.asks_for_length:
            return False
        return not _units(alone.text) & _units(" ".join(it.text for it in self.answers))

    def _is_told(self, alone: ShortAnswer) -> bool:
        """Whether an answer or, where the model had none, what is cited says the same."""
        if not self._in_words:
            return any(_holds(alone, item, self.interpretation) for item in self.cited)
        return any(self._is_same(alone, answer) for answer in self._in_words)

    def _is_same(self, one: ShortAnswer, other: ShortAnswer) -> bool:
        if self._property and not (one.is_number and other.is_number):
            return bool(one.told(self.interpretation) & other.told(self.interpretation))
        if not (self._is_one_name(one) and self._is_one_name(other)):
            return bool(figures(one.text) & figures(other.text))
        named, others = self._named(one), self._named(other)
        return not missing_places(named, others) or not missing_places(others, named)

    def _named(self, short: ShortAnswer) -> frozenset[str]:
        """The names in it that the question did not have, and that are no office."""
        new = missing_names(names(short.text), self.interpretation.names)
        return frozenset(name for name in new if not is_role(name))


def _likeness(one: str, other: str) -> float:
    """The share of their words, of both together, that two sentences have in common."""
    mine, theirs = terms(one), terms(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _is_news(evidence: Evidence) -> bool:
    """Whether its article has a date: a page without one may be of any time."""
    return evidence.article.published.day is not None


def _units(text: str) -> frozenset[str]:
    """The units of the lengths of time that it tells: "Y" of "nine years"."""
    return frozenset(span.timex[-1:] for span in find_times(text, None) if span.kind == "DURATION")


def _says(short: ShortAnswer, evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether the sentence has all the words of a short answer, and what is asked about by name."""
    says_all = short.told(interpretation) and short.is_in(evidence.quote, interpretation, share=1)
    return bool(says_all) and not unnamed(evidence, interpretation)


def _holds(short: ShortAnswer, evidence: Evidence, interpretation: Interpretation) -> bool:
    """Whether the sentence has the words of a short answer, or a figure of it.

    Of a number that is told, the figure: "180 million euros" has most words of "210 million euros".
    """
    if figures(short.text) & figures(evidence.quote):
        return True
    return not short.is_number and short.is_held(evidence, interpretation)

"""Whom a sentence means by an office: "Moscow's top diplomat" is who its article says that is."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from rag.answering.about import is_named
from rag.answering.offices import offices_asked_for
from rag.answering.titles import Office, holders_in, offices_in, shared_in
from rag.domain import Article, Meant

# Who may be meant by the leader of a country.
_LEADERS = frozenset({"leader", "president", "prime minister", "chancellor", "king"})
# Of a long article so many characters are read: enough to have met whom it tells of.
_READ = 20_000


@dataclass(frozen=True)
class Holders:
    """Who holds which office, as these articles tell it: nobody where they tell it of several."""

    articles: Sequence[Article]

    def holder(self, office: Office) -> str | None:
        """Who holds it, as named first; the leader may be told as president alone."""
        theirs = [(held, who) for held, who in self._held if held.is_of(office.of)]
        same = [who for held, who in theirs if held.name == office.name]
        if not same and office.name == "leader":
            same = [who for held, who in theirs if held.name in _LEADERS]
        return same[0] if same and all(_is_one(same[0], who) for who in same) else None

    def asked_about(self, text: str) -> tuple[Meant, ...]:
        """Whom a question means by an office and does not name; of "who is president?" nobody."""
        if offices_asked_for(text):
            return ()
        found = self._meant(offices_in(text))
        return tuple(item for item in found if not is_named(item.who, text))

    def meant_in(self, sentence: str) -> tuple[Meant, ...]:
        """Whom it means by the offices in it."""
        shared = (office for name in shared_in(sentence) for office in self._both(name))
        return tuple(self._meant([*offices_in(sentence), *shared]))

    def _meant(self, offices: Iterable[Office]) -> Iterator[Meant]:
        found = ((office, self.holder(office)) for office in offices)
        return (Meant(office.told, who) for office, who in found if who)

    def _both(self, name: str) -> Sequence[Office]:
        """The offices of this name, where there are two: those of "the two leaders"."""
        match list(islice(self._of_each(_LEADERS if name == "leader" else {name}), 3)):
            case [one, other]:
                return one, other
        return ()

    def _of_each(self, kinds: Set[str]) -> Iterator[Office]:
        """The first office of these kinds of each whose it is."""
        found: list[Office] = []
        for held, _ in self._held:
            if held.name in kinds and not any(held.is_of(other.of) for other in found):
                found.append(held)
                yield held

    @cached_property
    def _held(self) -> list[tuple[Office, str]]:
        texts = (article.headed_text[:_READ] for article in self.articles)
        return [found for text in texts for found in holders_in(text)]


def _is_one(one: str, other: str) -> bool:
    """Whether both are names of one person."""
    return is_named(one, other) or is_named(other, one)

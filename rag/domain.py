"""The vocabulary of the program: each word here is one idea, and the rest of the code speaks it.

Offsets are character positions, half open: ``text[start:end]`` is the quoted text.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

Basis = Literal["stated", "metadata", "inferred", "unknown"]
Status = Literal["answered", "stale", "abstained"]
Reason = Literal["no_evidence", "unsupported", "past_only", "conflict"]
Verdict = Literal["supported", "quoted"]
TimexKind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Published:
    """The day an article was published, and why we believe it.

    ``earliest`` and ``latest`` bound the day where it is not known exactly; either may be
    ``None`` (no bound). For a day that is known they equal it.
    """

    day: date | None
    basis: Basis
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def on(cls, day: date, basis: Basis) -> Self:
        """The publication date known to be exactly ``day``."""
        return cls(day, basis, day, day)

    @classmethod
    def unknown(cls) -> Self:
        """No publication date: never treated as today."""
        return cls(None, "unknown")

    @property
    def visible_from(self) -> date | None:
        """The first day an answer may use the article; ``None`` is every day.

        For an inferred date it is the best day. A text that was updated after its stated day
        counts from the later one; one that has no date at all, from the earliest it can be.
        """
        if self.basis == "inferred":
            return self.day
        return self.latest or self.earliest

    @property
    def updated(self) -> date | None:
        """The later day on which the text shows it was worked on, beside the day it states."""
        is_later = self.basis in ("stated", "metadata") and self.latest != self.day
        return self.latest if is_later else None

    def exists_on(self, as_of: date) -> bool:
        """Whether the article may be used for an answer as of that day."""
        return self.visible_from is None or self.visible_from <= as_of


@dataclass(frozen=True, slots=True)
class Article:
    """One article as stored: what ``rag show`` prints and every offset refers to."""

    id: str
    title: str
    text: str
    published: Published
    source: str | None = None
    url: str | None = None

    @property
    def headed_text(self) -> str:
        """The text under its title."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk the embedder can see whole; ``text == article.text[start:end]``."""

    id: str
    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression resolved to days: ``start``/``end`` are its characters in the text.

    ``first_day`` and ``last_day`` are inclusive; either is ``None`` where the expression has no
    such bound or could not be resolved. ``timex`` is its TIMEX3 value, such as ``2025-08``, and
    ``kind`` its TIMEX3 type.
    """

    text: str
    start: int
    end: int
    first_day: date | None
    last_day: date | None
    timex: str
    kind: TimexKind = "DATE"

    @property
    def is_now(self) -> bool:
        """Whether it is "now" or the like: when it was written, not when what it tells was."""
        return self.timex == "PRESENT_REF"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question already asked in this conversation, and the answer that was shown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as of which day, after which earlier turns."""

    text: str
    as_of: date
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """An office in the words that tell it ("Moscow's top diplomat"), and who is meant by it."""

    office: str
    who: str

    def __str__(self) -> str:
        return f"{self.office}: {self.who}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of one article, and how well it matches the question.

    ``context`` is what it is read with: the title, and where it has a word that points back the
    sentence before, and whom that means by an office. ``score`` is comparable within one question
    only; ``spans`` are the days the sentence speaks of, their offsets relative to the article's
    text. ``copies`` are the articles that only repeat this one, by date: all are one source.
    ``meant`` are those who stand in it by their offices.
    """

    article: Article
    start: int
    end: int
    context: str
    score: float
    spans: tuple[TimeSpan, ...] = ()
    copies: tuple[str, ...] = ()
    meant: tuple[Meant, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence as the article has it."""
        return self.article.text[self.start : self.end]

    @property
    def in_full(self) -> str:
        """The sentence behind those whom it means by their offices."""
        return "\n".join([*map(str, self.meant), self.quote])

    @property
    def as_read(self) -> str:
        """The same behind its context."""
        return f"{self.context}\n{self.in_full}"

    @property
    def untitled(self) -> str:
        """The same without the title."""
        return self.as_read.removeprefix(self.article.title)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, dated quote, ``article.text[start:end]``; ``updated`` as ``Published`` has it.

    ``copies`` are the articles that only repeat this one, by date; ``meant`` are those who stand
    in the quote by their offices.
    """

    number: int
    article: str
    title: str
    source: str | None
    published: date | None
    published_basis: Basis
    quote: str
    start: int
    end: int
    updated: date | None = None
    copies: tuple[str, ...] = ()
    meant: tuple[Meant, ...] = ()

    @property
    def dated(self) -> Published:
        """The date of its article as far as a citation tells it."""
        latest = self.updated or self.published
        return Published(self.published, self.published_basis, self.published, latest)

    @classmethod
    def of(cls, evidence: Evidence, number: int) -> Self:
        """The citation that quotes this evidence."""
        article = evidence.article
        return cls(
            number,
            article.id,
            article.title,
            article.source,
            article.published.day,
            article.published.basis,
            evidence.quote,
            evidence.start,
            evidence.end,
            article.published.updated,
            evidence.copies,
            evidence.meant,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, the citations that back it, and how it was kept."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that may be said, with the evidence that backs it."""

    text: str
    evidence: Evidence
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Rejected:
    """A drafted sentence that was not said: what came nearest to it, and the checks it failed."""

    text: str
    nearest: Evidence
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles could be used, and the first and last day they were published."""

    articles: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model drafted: backend (``ollama``, ``embedded`` or ``none``), name, digest."""

    backend: str
    name: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds and tokens of one answer."""

    load_s: float = 0.0
    retrieve_s: float = 0.0
    first_token_s: float = 0.0
    total_s: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: a cited answer, or an abstention with the nearest evidence.

    Every claim has a citation and every citation is used by a claim; an abstention has
    neither, and its ``text`` is the sentence shown instead. ``verifier`` is the model that had to
    agree with what was drafted, where one was named; ``rejected`` is what was drafted in vain;
    ``read_as`` is the question where it was read in another spelling.
    """

    question: str
    as_of: date
    status: Status
    reason: Reason | None
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    coverage: Coverage
    model: ModelIdentity
    timings: Timings = Timings()
    verifier: ModelIdentity | None = None
    rejected: tuple[Rejected, ...] = ()
    read_as: str | None = None

"""Verified sentences become an answer: citations numbered by code, never by the model."""

from collections.abc import Callable, Sequence
from datetime import date

from rag.answering.language.dates import full_date
from rag.answering.selection.chosen import Selection
from rag.domain import (
    Answer,
    Checked,
    Citation,
    Claim,
    Coverage,
    Evidence,
    ModelIdentity,
    Question,
    Reason,
    Rejected,
    Status,
)

CANNOT_ANSWER = "The articles do not say."
SPEAKS_AGAINST = "What comes nearest speaks against it."
THEY_DIFFER = "The articles give different answers."
_NEAREST = 3


class Composer:
    """Gathers the sentences of one answer and the evidence each one cites."""

    def __init__(
        self, question: Question, coverage: Coverage, show: Callable[[Claim], None]
    ) -> None:
        self._question = question
        self._coverage = coverage
        self._show = show
        self._cited: list[Evidence] = []
        self._claims: list[Claim] = []
        self._rejected: list[Rejected] = []
        self._differ = False

    @property
    def cited(self) -> Sequence[Evidence]:
        """What the sentences said so far rest on."""
        return tuple(self._cited)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self._claims

    @property
    def nearest_to_rejected(self) -> Evidence | None:
        """The evidence nearest to what was drafted in vain: to the sentence that failed least."""
        best = min(self._rejected, key=lambda item: len(item.failed), default=None)
        return best.nearest if best else None

    def add(self, checked: Checked | Rejected | None) -> None:
        """Say this sentence; one that did not pass, or was said before, is left out."""
        if isinstance(checked, Rejected):
            if all(checked.text != item.text for item in self._rejected):
                self._rejected.append(checked)
            return
        if checked is None or any(claim.text == checked.text for claim in self._claims):
            return
        claim = Claim(checked.text, (self._number(checked.evidence),), checked.verdict)
        self._claims.append(claim)
        self._show(claim)

    def contrast(self, checked: Checked) -> None:
        """Say this too, which is another answer than the one before."""
        self.add(checked)
        self._differ = True

    def answer(
        self,
        selection: Selection,
        ranked: Sequence[Evidence],
        against: Evidence | None,
        model: ModelIdentity,
    ) -> Answer:
        """What has been said, as an answer; nothing said is an abstention.

        Then ``against``, where it denies what the question presumes, is the nearest evidence.
        """
        told: Status = "stale" if selection.status == "stale" else "answered"
        status: Status = "abstained" if self.is_empty else told
        reason = self._reason(selection)
        first = [against] if against else []
        others = [item for item in ranked if item is not against]
        nearest = [*first, *others][:_NEAREST] if self.is_empty else ()
        return Answer(
            question=self._question.text,
            as_of=self._question.as_of,
            status=status,
            reason=reason,
            text=self._text(status, reason, corrected=against is not None),
            claims=tuple(self._claims),
            citations=_numbered(self._cited),
            nearest=_numbered(nearest),
            coverage=self._coverage,
            model=model,
            rejected=tuple(self._rejected),
        )

    def _number(self, evidence: Evidence) -> int:
        places = [(cited.article.id, cited.start) for cited in self._cited]
        if (evidence.article.id, evidence.start) not in places:
            self._cited.append(evidence)
            return len(self._cited)
        return places.index((evidence.article.id, evidence.start)) + 1

    def _reason(self, selection: Selection) -> Reason | None:
        if self.is_empty:
            return selection.reason or "unsupported"
        return "conflict" if self._differ else None

    def _text(self, status: Status, reason: Reason | None, *, corrected: bool) -> str:
        if status == "abstained":
            said = abstention(reason, self._question.as_of, self._coverage)
            return f"{said} {SPEAKS_AGAINST}" if corrected else said
        said = " ".join(cited_text(claim) for claim in self._claims)
        if reason == "conflict":
            return f"{said} {THEY_DIFFER}"
        return f"{said} {staleness(self._question.as_of)}" if status == "stale" else said


def cited_text(claim: Claim) -> str:
    """The sentence with its citation numbers behind it."""
    return claim.text + "".join(f" [{number}]" for number in claim.citations)


def staleness(as_of: date) -> str:
    """The sentence that follows a plan whose day has passed."""
    return f"By {full_date(as_of)} that time has passed, and the articles report nothing newer."


def abstention(reason: Reason | None, as_of: date, coverage: Coverage) -> str:
    """The sentence shown where nothing could be answered, with what was there to search."""
    if reason == "past_only":
        return f"{CANNOT_ANSWER} They report nothing of the kind after {full_date(as_of)}."
    if coverage.first_day and coverage.last_day:
        span = f"{full_date(coverage.first_day)} to {full_date(coverage.last_day)}"
        return f"{CANNOT_ANSWER} They cover {span}."
    return CANNOT_ANSWER


def _numbered(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    return tuple(Citation.of(item, number) for number, item in enumerate(evidence, start=1))

"""What an ingest did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rag.index.catalog import Catalog
from rag.index.records import Headline


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Articles by what became of them, the totals now, and what the user should know.

    ``inferred`` are the articles of this ingest whose date was inferred from their text.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    articles: int
    passages: int
    problems: tuple[str, ...] = ()
    inferred: tuple[Headline, ...] = ()

    @classmethod
    def between(
        cls, before: Mapping[str, str], catalog: Catalog, problems: Sequence[str]
    ) -> "IngestReport":
        """What turned articles of these digests into what the catalog holds now."""
        after = catalog.digests()
        kept = before.keys() & after.keys()
        same = {name for name in kept if before[name] == after[name]}
        contents = catalog.contents()
        return cls(
            added=len(after) - len(kept),
            changed=len(kept) - len(same),
            unchanged=len(same),
            removed=len(before) - len(kept),
            articles=contents.articles,
            passages=contents.passages,
            problems=tuple(problems),
            inferred=tuple(
                item
                for item in catalog.articles()
                if item.published.basis == "inferred" and item.id not in same
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """The report as ``rag ingest --json`` prints it."""
        inferred = [_dates(item) for item in self.inferred]
        return asdict(self) | {"problems": list(self.problems), "inferred": inferred}


def _dates(item: Headline) -> dict[str, str | None]:
    published = item.published
    days = {"published": published.day, "earliest": published.earliest, "latest": published.latest}
    words = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"article": item.id, **words}

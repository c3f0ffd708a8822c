"""How answers, evidence, articles and progress look in a terminal or a pipe.

Answers go to stdout, everything else to stderr. A pipe gets the same words without colour and
without line breaks of ours.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.status import Status
from rich.text import Text

from rag.answering.compose import cited_text
from rag.answering.language.dates import full_date
from rag.domain import Answer, Article, Citation, Claim, Evidence, Published, Question, Span
from rag.index.report import IngestReport
from rag.terminal.clean import clean, one_line, to_json

Advance = Callable[[str, int, int], None]
_INFERRED_SHOWN = 10
_COPIES_SHOWN = 5
# A quote within marks of ours that begins or ends with marks of its own.
_MARKED_TWICE = re.compile(r'^“([“„«"].*|.*[”»"])”')


class Display:
    """Prints to stdout and stderr, wrapped to the window where there is one."""

    def __init__(self) -> None:
        self.out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
        self.err = Console(highlight=False, stderr=True, soft_wrap=not sys.stderr.isatty())
        self._spinner: Status | None = None

    def claim(self, claim: Claim) -> None:
        """One verified sentence of an answer, as soon as it is known."""
        self._still()
        style = "bold" if claim.verdict == "supported" else "italic"
        self.out.print(Text(_quoted_once(one_line(cited_text(claim))), style=style))

    def rest(self, answer: Answer) -> None:
        """What follows the claims: the status, then the sources or the nearest evidence."""
        said = " ".join(cited_text(claim) for claim in answer.claims)
        if closing := answer.text.removeprefix(said).strip():
            self.out.print(Text(one_line(closing), style="yellow"))
        if answer.read_as:
            self.out.print(Text(f"Read as: {one_line(answer.read_as)}", style="dim"))
        if answer.citations:
            self.citations(answer.citations)
        elif answer.nearest:
            self.out.print(Text("\nThe nearest they come:", style="dim"))
            self.citations(answer.nearest)

    def citations(self, citations: Sequence[Citation]) -> None:
        """Numbered quotes, each under its article and date."""
        for citation in citations:
            self.out.print()
            self.out.print(Text.assemble((f"[{citation.number}] ", "bold"), _source(citation)))
            if citation.copies:
                self.out.print(Text(_also_in(citation.copies), style="dim"))
            quote = Text(_quoted_once(f"“{one_line(citation.quote)}”"), style="italic")
            if citation.meant:
                meant = "; ".join(one_line(str(item)) for item in citation.meant)
                quote.append(f"\n{meant}", style="not italic dim")
            self.out.print(Padding(quote, (0, 0, 0, 4)) if self.out.is_terminal else quote)

    def evidence(self, evidence: Sequence[Evidence]) -> None:
        """Evidence alone, best first."""
        self.citations([Citation.of(item, number) for number, item in enumerate(evidence, 1)])

    def article(self, article: Article, cited: Sequence[tuple[int, Span]]) -> None:
        """The whole article, the cited spans marked with their numbers."""
        self.out.print(Text(one_line(article.title), style="bold"))
        details = [dated(article.published), article.source, article.url, article.id]
        self.out.print(Text(" · ".join(one_line(item) for item in details if item), style="dim"))
        self.out.print()
        self.out.print(_marked(article.text, cited))

    def ingested(self, report: IngestReport) -> None:
        """What an ingest did, the dates it inferred and the files it could not read."""
        self.line(
            f"{report.articles} articles in the index: {report.added} added, "
            f"{report.changed} changed, {report.removed} removed, {report.unchanged} unchanged."
        )
        for headline in report.inferred[:_INFERRED_SHOWN]:
            self.line(f"  {headline.id}: {_inferred(headline.published)}, from what the text says")
        if (more := len(report.inferred) - _INFERRED_SHOWN) > 0:
            self.line(f"  and {more} more dates inferred; all of them with --json or rag status")
        for problem in report.problems:
            self.note(f"Not read: {problem}")

    def heading(self, question: Question, *, first: bool) -> None:
        """The day of one of several answers."""
        space = "" if first else "\n"
        self.out.print(Text(f"{space}As of {full_date(question.as_of)}", style="underline"))

    def json(self, value: object) -> None:
        """A value for another program, on one line."""
        sys.stdout.write(to_json(value) + "\n")
        sys.stdout.flush()

    def line(self, text: str) -> None:
        """A plain line on stdout."""
        self.out.print(Text(clean(text)))

    def note(self, text: str) -> None:
        """A line on stderr for the person at the terminal."""
        self.err.print(Text(clean(text), style="dim"))

    def error(self, text: str) -> None:
        """What went wrong and the next command, on stderr."""
        self.err.print(Text.assemble(("rag: ", "bold red"), clean(text)))

    @contextmanager
    def busy(self, text: str) -> Iterator[None]:
        """Show that work is going on, where somebody watches, until the first claim."""
        if self.err.is_terminal:
            self._spinner = self.err.status(text)
            self._spinner.start()
        try:
            yield
        finally:
            self._still()

    def _still(self) -> None:
        if self._spinner:
            self._spinner.stop()
            self._spinner = None

    @contextmanager
    def progress(self) -> Iterator[Advance]:
        """A progress bar where somebody watches; yields ``advance(label, done, total)``."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
        )
        tasks: dict[str, TaskID] = {}
        with Progress(*columns, console=self.err, disable=not self.err.is_terminal) as bars:

            def advance(label: str, done: int, total: int) -> None:
                if label not in tasks:
                    tasks[label] = bars.add_task(clean(label), total=total)
                bars.update(tasks[label], completed=done, total=total)

            yield advance


def dated(published: Published) -> str:
    """The publication date and why it is believed, in words."""
    if published.day is None:
        return "date unknown"
    day = full_date(published.day)
    if published.updated:
        return f"{day}, updated {full_date(published.updated)} or later"
    return f"{day} (inferred)" if published.basis == "inferred" else day


def _inferred(published: Published) -> str:
    """The best day, and the days between which it lies where there are several."""
    first, last = published.earliest, published.latest
    if first is None or last is None or first == last:
        return dated(published)
    return f"{dated(published)}, {full_date(first)} to {full_date(last)}"


def _source(citation: Citation) -> Text:
    details = [dated(citation.dated), citation.source, citation.article]
    return Text.assemble(
        one_line(citation.title),
        (" · " + " · ".join(one_line(item) for item in details if item), "dim"),
    )


def _also_in(copies: Sequence[str]) -> str:
    """The articles that only repeat the cited one, the first of them by name."""
    shown = ", ".join(one_line(name) for name in copies[:_COPIES_SHOWN])
    more = len(copies) - _COPIES_SHOWN
    return f"also in: {shown} and {more} more" if more > 0 else f"also in: {shown}"


def _quoted_once(text: str) -> str:
    """The text without the marks of ours around a quote that has its own: it stays verbatim."""
    return _MARKED_TWICE.sub(r"\1", text)


def _marked(text: str, cited: Sequence[tuple[int, Span]]) -> Text:
    marked, position = Text(), 0
    for number, span in sorted(cited, key=lambda item: item[1].start):
        marked.append(clean(text[position : span.start]))
        marked.append(clean(span.of(text)), style="reverse")
        marked.append(f" [{number}]", style="bold")
        position = span.end
    return marked.append(clean(text[position:]))

"""The ``rag`` command: each function is one command, errors become exit codes here and once."""

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from rag import __version__
from rag.errors import RagError
from rag.terminal.options import AsJson, AsOf, CheckedBy, Home, LinesFile, Model, QuestionText
from rag.terminal.unread import ending_unread

_EPILOG = """
Exit codes: 0 answered or stale; 1 abstained; 2 wrong usage; 3 no index or a broken one;
4 model unavailable; 5 time-out; 130 interrupted; 141 nobody reads on.
"""

_SELDOM = 100_000

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=_EPILOG,
    help="Ask a folder of news articles. Every sentence of an answer is quoted and dated.",
)


def main() -> None:
    """Run the command line; every error of ours ends it with its own exit code.

    Garbage is collected seldom, and not at all on the way out: over the modules that Chroma
    brings both take longer than a search does.
    """
    gc.set_threshold(_SELDOM)
    try:
        with ending_unread("stdout"), ending_unread("stderr"):
            _run()
    finally:
        gc.freeze()


def _run() -> None:
    try:
        app(prog_name="rag")
    except RagError as error:
        from rag.terminal.display import Display

        Display().error(str(error))
        sys.exit(error.exit_code)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def rag(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version")
    ] = False,
) -> None:
    """Ask a folder of news articles. Every sentence of an answer is quoted and dated."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", show_default=False)],
    home: Home = None,
    rebuild: Annotated[bool, typer.Option(help="Make the whole index anew")] = False,
    json: AsJson = False,
) -> None:
    """Make the index true to these files and folders."""
    from rag.terminal import commands

    commands.ingest(paths, commands.Session.start(home=home), rebuild=rebuild, as_json=json)


@app.command()
def ask(
    question: QuestionText,
    as_of: Annotated[
        list[str], typer.Option(metavar="DAY", help="Answer as of this day; may be given again")
    ] = ["today"],  # noqa: B006 - typer reads it, nobody changes it
    model: Model = None,
    verifier: CheckedBy = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Answer one question, streamed, with its sources."""
    from rag.terminal import commands

    session = commands.Session.start(home=home, model=model, verifier=verifier)
    raise typer.Exit(commands.ask(question, as_of, session, as_json=json))


@app.command()
def search(
    question: QuestionText,
    as_of: AsOf = "today",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many")] = 10,
    articles: Annotated[bool, typer.Option(help="At most one entry an article")] = False,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Show the evidence alone, best first, without a language model."""
    from rag.terminal import commands

    session = commands.Session.start(home=home)
    wanted = commands.Wanted(limit, articles)
    raise typer.Exit(commands.search(question, as_of, wanted, session, as_json=json))


@app.command()
def timeline(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", show_default=False)],
    as_of: AsOf = "today",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many, the last")] = 20,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as a page with a picture here")
    ] = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Show what is told of a topic, in the order of its days."""
    from rag.terminal import commands
    from rag.terminal.timeline import TimelineOutput

    session, output = commands.Session.start(home=home), TimelineOutput(limit, html, json)
    raise typer.Exit(commands.timeline(topic, as_of, output, session))


@app.command()
def chat(
    as_of: AsOf = "today",
    model: Model = None,
    verifier: CheckedBy = None,
    home: Home = None,
) -> None:
    """Ask in a conversation; follow-up questions are understood."""
    from rag.terminal import commands

    session = commands.Session.start(home=home, model=model, verifier=verifier)
    commands.chat(as_of, session)


@app.command()
def batch(
    file: LinesFile,
    as_of: AsOf = "today",
    model: Model = None,
    verifier: CheckedBy = None,
    home: Home = None,
) -> None:
    """Answer a file of questions: one JSON answer a line, in order."""
    from rag.terminal import commands

    session = commands.Session.start(home=home, model=model, verifier=verifier)
    raise typer.Exit(commands.batch(file, as_of, session))


@app.command()
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", show_default=False)],
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Show one article as stored, what the last answer cited marked."""
    from rag.terminal import commands

    commands.show(article, commands.Session.start(home=home), as_json=json)


@app.command()
def times(
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day the text was published")
    ] = None,
) -> None:
    """Show which days the text on standard input speaks of."""
    from rag.terminal.times import show_times

    show_times(published)


@app.command()
def verify(file: LinesFile) -> None:
    """Say of each claim in a file whether its references support it."""
    from rag.terminal.verify import verify_file

    verify_file(file)


@app.command()
def status(home: Home = None, json: AsJson = False) -> None:
    """Show what is indexed."""
    from rag.terminal import commands

    commands.status(commands.Session.start(home=home), as_json=json)


@app.command("eval")
def evaluate(  # noqa: PLR0913, PLR0917 - each is an option
    sets: Annotated[
        list[str] | None, typer.Argument(metavar="SET", help="Or all; none lists them")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder of the public sets")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most so many of each set")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A fixed part of the seeds set")] = False,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Answer with LlamaIndex's quick start as well")
    ] = False,
    baseline_from: Annotated[
        Path | None, typer.Option(metavar="RUN", help="The same, with the answers of that run")
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit 1 where a threshold is missed")
    ] = False,
    run: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep or resume the run here")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(metavar="RUN_A RUN_B", help="Compare two runs")
    ] = None,
    model: Model = None,
    verifier: CheckedBy = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Measure how well questions are answered, with gates and a report."""
    from rag.evaluation.manifest import Request
    from rag.terminal import commands, evaluate

    session = commands.Session.start(home=home, model=model, verifier=verifier)
    if compare:
        evaluate.compare(compare, session, as_json=json)
    elif not sets and not (gate or baseline or baseline_from or quick or run):
        evaluate.list_sets(data, session, as_json=json)
    else:
        with_baseline = baseline or baseline_from is not None
        request = Request(tuple(sets or ()), data, limit, quick, with_baseline, baseline_from)
        output = evaluate.Output(run, gate, json)
        raise typer.Exit(evaluate.evaluate(request, output, session))


@app.command()
def pull() -> None:
    """Fetch the model weights, each checked against its digest."""
    from rag.terminal import commands

    commands.pull(commands.Session.start())


@app.command()
def doctor(home: Home = None) -> None:
    """Say what is wrong here, and the command that fixes it."""
    from rag.terminal import commands, doctor

    raise typer.Exit(doctor.examine(commands.Session.start(home=home)))

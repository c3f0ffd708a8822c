"""What several commands take alike."""

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where the index is. Default: the nearest .rag")
]
Model = Annotated[
    str | None, typer.Option(metavar="SPEC", help="ollama:NAME, embedded, none or auto")
]
CheckedBy = Annotated[
    str | None, typer.Option("--verifier", metavar="SPEC", help="A second opinion: ollama:NAME")
]
AsOf = Annotated[
    str, typer.Option(metavar="DAY", help="Answer as of this day, such as 2025-04-01, or today")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs")]
QuestionText = Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)]
LinesFile = Annotated[str, typer.Argument(metavar="FILE.jsonl", help="Or - for standard input")]

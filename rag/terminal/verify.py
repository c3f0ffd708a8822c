"""What ``rag verify`` does: one claim with its references a line in, one verdict a line out."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rag.answering.grounding import Support, check_claim
from rag.errors import UsageError
from rag.terminal.clean import to_json
from rag.terminal.lines import Reply, opened_lines, replies


def verify_file(file: str) -> None:
    """Write the verdict on each line before the next is read."""
    with opened_lines(file) as lines:
        for verdict in verdicts(lines):
            sys.stdout.write(to_json(verdict.record) + "\n")
            sys.stdout.flush()


def verdicts(lines: Iterable[str]) -> Iterator[Reply]:
    """A verdict for each line in order; a line that fails gives its id and the error."""
    return replies(lines, _verdict)


def _verdict(record: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {"id": record.get("id"), **asdict(_support(record, number))}


def _support(record: Mapping[str, Any], number: int) -> Support:
    claim, references = record.get("claim"), record.get("references")
    if not isinstance(claim, str):
        raise UsageError(f'Line {number} has no claim. Write {{"claim": "..."}}.')
    if not isinstance(references, list) or not all(isinstance(text, str) for text in references):
        raise UsageError(
            f"Line {number}: 'references' is not a list of texts. "
            'Write {"references": ["..."]}.'
        )
    return check_claim(claim, references)

"""JSON Lines: one article a line (RFC 8259, so in UTF-8)."""

import codecs
import json
from collections.abc import Iterator

from rag.domain import Article
from rag.errors import ReadingError
from rag.reading.characters import decoded, one_line
from rag.reading.contents import Contents

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_json_lines(data: bytes, name: str, where: str) -> Iterator[Article | ReadingError]:
    """The article of each line that is not blank, or what is wrong with that line.

    A line is an object with ``text``, and ``title``, ``date``, ``url``, ``source`` and ``id``
    where known; ``name:LINE`` is the id of a line without one.
    """
    first_lines: dict[str, int] = {}
    for number, line in _lines(data, where):
        place = f"{where}, line {number}"
        try:
            article = _article(line, f"{name}:{number}", place)
        except ReadingError as error:
            yield error
            continue
        first = first_lines.setdefault(article.id, number)
        yield article if first == number else _duplicate(article.id, first, place)


def _lines(data: bytes, where: str) -> Iterator[tuple[int, bytes]]:
    if data.startswith(_UTF_16):
        data = decoded(data, where).encode()
    if b"\0" in data:
        raise ReadingError(f"{where}: not text. Save it as JSON Lines in UTF-8, or leave it out.")
    # As bytes, for in a str splitlines would also end a line at U+2028, which JSON may hold.
    lines = data.removeprefix(codecs.BOM_UTF8).splitlines()
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _article(line: bytes, default_id: str, place: str) -> Article:
    fields = _object(line, place)
    text = fields.get("text")
    if not isinstance(text, str):
        raise ReadingError(f"{place}: no 'text', or one that is not a string. Correct the line.")
    contents = Contents(
        text, fields.get("title"), fields.get("date"), fields.get("source"), fields.get("url")
    )
    return contents.article(one_line(fields.get("id")) or default_id, place)


def _object(line: bytes, place: str) -> dict[str, object]:
    try:
        fields = json.loads(line.decode())
    except json.JSONDecodeError as error:
        reason = f"{error.msg}, column {error.colno}"
        raise ReadingError(f"{place}: not valid JSON ({reason}). Correct the line.") from error
    # Bytes that are no UTF-8, numbers of thousands of digits, nesting beyond the stack.
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"{place}: not readable JSON ({error}). Correct the line.") from error
    if not isinstance(fields, dict):
        raise ReadingError(f"{place}: not a JSON object. Correct the line.")
    return fields


def _duplicate(id: str, first: int, place: str) -> ReadingError:  # noqa: A002
    return ReadingError(f"{place}: the id '{id}' is that of line {first}. Give each its own.")

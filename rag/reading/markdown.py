"""Markdown files, with the YAML front matter that site generators use."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from rag.errors import ReadingError
from rag.reading.characters import decoded, normalised
from rag.reading.contents import Contents

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE, _BLOCK = "\n", "\n\n"
_WORDS = frozenset({"text", "code_inline", "code_block", "fence"})
_ENDINGS = {
    "softbreak": _LINE,
    "hardbreak": _LINE,
    "heading_close": _BLOCK,
    "paragraph_close": _BLOCK,
    "code_block": _BLOCK,
    "fence": _BLOCK,
    "html_block": _BLOCK,
    "th_close": "\t",
    "td_close": "\t",
    "tr_close": _LINE,
    "table_close": _LINE,
}


def read_markdown(data: bytes, where: str) -> Contents:
    """Text as its reader sees it; title, date, source and url of front matter.

    Without a title there it is that of the heading the text opens with. Raises
    ``ReadingError`` where the front matter is no valid YAML.
    """
    fields, text = _front_matter(normalised(decoded(data, where)), where)
    tokens = _parsed(text)
    title = fields.get("title") or _heading(tokens)
    seen = _as_seen(tokens)
    return Contents(seen, title, fields.get("date"), fields.get("source"), fields.get("url"))


def _parsed(text: str) -> "Sequence[Token]":
    from markdown_it import MarkdownIt  # a tenth of a second, and only for a Markdown file

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _heading(tokens: "Sequence[Token]") -> str | None:
    """The heading that the text opens with."""
    opens_with_one = tokens and tokens[0].type == "heading_open"
    return _as_seen(tokens[1:2]) if opens_with_one else None


def _as_seen(tokens: "Sequence[Token]") -> str:
    """Words without marks, addresses and pictures, a blank line between blocks."""
    return "".join(_seen(token) + _ENDINGS.get(token.type, "") for token in tokens)


def _seen(token: "Token") -> str:
    if token.type == "inline":
        return _as_seen(token.children or ())
    if token.type == "list_item_open" and token.info:
        # A year that opens a paragraph ("1945. That was ...") is the number of a list in Markdown.
        return f"{token.info}{token.markup} "
    if token.type == "html_block":
        return str(Markup(token.content).striptags())
    if token.type == "html_inline":
        return _LINE if token.content.startswith("<br") else ""
    return token.content.strip(_LINE) if token.type in _WORDS else ""


def _front_matter(text: str, where: str) -> tuple[dict[str, object], str]:
    import frontmatter  # with PyYAML, needed by no other command than ingest
    from frontmatter.default_handlers import YAMLHandler

    yaml = YAMLHandler()
    if not yaml.detect(text):
        return {}, text
    try:
        fields, content = frontmatter.parse(text, handler=yaml)
    # PyYAML raises its own errors, ValueError for 2024-13-45, RecursionError for deep nesting.
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ReadingError(
            f"{where}: malformed front matter ({reason}). "
            "Correct the YAML; a value that contains a colon needs quotes."
        ) from error
    # Rules of dashes around words that are no fields are part of the article.
    return (fields, content) if fields else ({}, text)

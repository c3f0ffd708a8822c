"""Markdown files, with the YAML front matter that site generators use."""

import re

from rag.errors import ReadingError
from rag.reading.characters import decoded, normalised
from rag.reading.contents import Contents

_HEADING = re.compile(r"#+[ \t]+(.+)")


def read_markdown(data: bytes, where: str) -> Contents:
    """Text without front matter; title, date, source and url from it, or title from a heading.

    Raises ``ReadingError`` where the front matter is no valid YAML.
    """
    fields, text = _front_matter(normalised(decoded(data, where)), where)
    heading = _HEADING.match(text)
    title = fields.get("title") or (heading and heading.group(1))
    return Contents(text, title, fields.get("date"), fields.get("source"), fields.get("url"))


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

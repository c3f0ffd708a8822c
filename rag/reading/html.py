"""Web pages: the article without its surroundings."""

import re
from typing import TYPE_CHECKING

from rag.errors import ReadingError
from rag.reading.characters import decoded
from rag.reading.contents import Contents

if TYPE_CHECKING:
    from trafilatura.settings import Document

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I)
_DECLARED_WITHIN = 4_096
# Not the extensive search, which takes any day in the story or the footer for the date.
_DATES = {"original_date": True, "extensive_search": False}


def read_html(data: bytes, where: str) -> Contents:
    """The article of a page with its title, date, site name and canonical address.

    Extraction is trafilatura's (Barbaresi 2021). Raises ``ReadingError`` where a page has no
    article.
    """
    charset = _CHARSET.search(data[:_DECLARED_WITHIN])
    page = _extracted(decoded(data, where, charset and charset.group(1).decode("ascii")), where)
    return Contents(page.text or "", page.title, page.date, page.sitename, page.url)


def _extracted(html: str, where: str) -> "Document":
    from trafilatura import bare_extraction  # 0.2 s, and only for a web page
    from trafilatura.settings import Document

    try:
        page = bare_extraction(
            html, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    # On a damaged page lxml and the extractors raise whatever they stumble over.
    except Exception as error:
        raise ReadingError(
            f"{where}: a page that cannot be read ({error}). Save it again, or leave it out."
        ) from error
    if not isinstance(page, Document):
        raise ReadingError(
            f"{where}: a page with no article. Save the page whole, or leave it out."
        )
    return page

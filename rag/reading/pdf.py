"""PDF files that hold text."""

import io
import logging

from rag.errors import ReadingError
from rag.reading.contents import Contents

# pypdf remarks on flaws that it can work around; without a handler they would reach the terminal.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(data: bytes, where: str) -> Contents:
    """The text of all pages, and the title. When the file was made is no publication date.

    Raises ``ReadingError`` where the file is damaged, encrypted, or holds only images.
    """
    contents = _extracted(data, where)
    if not contents.text.strip():
        raise ReadingError(
            f"{where}: a PDF with no text, perhaps scanned. Run text recognition on it "
            "(for instance ocrmypdf), or leave it out."
        )
    return contents


def _extracted(data: bytes, where: str) -> Contents:
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        text = "\n".join(page.extract_text() for page in reader.pages)
        return Contents(text, reader.metadata.title if reader.metadata else None)
    # A file encrypted with AES and no password needs a package that we do not install.
    except (FileNotDecryptedError, DependencyError) as error:
        raise ReadingError(
            f"{where}: an encrypted PDF. Save it without encryption, or leave it out."
        ) from error
    # On a damaged file pypdf raises whatever it stumbles over, KeyError and RecursionError too.
    except Exception as error:
        raise ReadingError(
            f"{where}: a damaged PDF ({error}). Export it again, or leave it out."
        ) from error

"""Bytes become clean characters: what is stored, quoted and shown holds nothing invisible."""

import re
import unicodedata

from rag.errors import ReadingError

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# C0 but tab and line feed, DEL and C1; soft hyphens, zero-width and bidirectional controls,
# invisible operators, annotation marks and tags; surrogates, which no UTF-8 file can hold; what
# only chooses or joins shapes, or is a letter without one: any of them can hide words in words.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_NUL = re.compile("\0")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GAP = re.compile(r"\n{4,}")


def decoded(data: bytes, where: str, declared: str | None = None) -> str:
    """The text of a file in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252.

    A ``declared`` encoding is tried before the last of these. Raises ``ReadingError`` for what
    is no text: a NUL in Unicode, or any control character in an encoding that, like
    Windows-1252, makes letters of almost any bytes.
    """
    unicode = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    for encoding in filter(None, (unicode, declared, "cp1252")):
        text = _decoded_as(encoding, data)
        betrays_binary = _NUL if encoding == unicode else _CONTROL
        if text is not None and not betrays_binary.search(text):
            return text
    raise ReadingError(f"{where}: not text. Save it as UTF-8, or leave it out.")


def normalised(text: str) -> str:
    """The text as it is stored, which every offset refers to.

    Line ends become line feeds, invisible characters go, and so does white space at the end of
    lines and around the text; three or more blank lines become one; composed as Unicode NFC.
    """
    visible = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    composed = unicodedata.normalize("NFC", visible)
    lines = "\n".join(line.rstrip() for line in composed.split("\n"))
    return _GAP.sub("\n\n", lines).strip()


def one_line(value: object) -> str | None:
    """A title, a source or an address on one line; ``None`` where there are no words."""
    if not isinstance(value, str | int | float):
        return None
    return " ".join(normalised(str(value)).split()) or None


def printable(name: str) -> str:
    r"""A file's name that can be stored and shown: what cannot be printed is escaped (``\x1b``)."""
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in name)


def _decoded_as(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None

"""Text of others (articles, models) made safe to print."""

import json
import re
from typing import Any

# Control characters but line feed and tab (terminal escapes begin with one), line and paragraph
# separators, the marks that turn the reading direction or are not seen at all, and halves of
# surrogate pairs, which cannot be written.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def clean(text: str) -> str:
    """The text without anything a terminal would obey instead of show."""
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    """The text cleaned, all white space single spaces."""
    return " ".join(clean(text).split())


def to_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON, unsafe characters escaped rather than removed."""
    return _UNSAFE.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"

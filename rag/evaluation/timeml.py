"""News annotated in TimeML 1.2.1: its text, its day and the time expressions marked in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rag.evaluation.timexes import SCORED, Timex

_DAY = len("1998-01-08")


@dataclass(frozen=True, slots=True)
class TimeMl:
    """One document; the offsets of ``timexes`` refer to its ``text``."""

    text: str
    created: date
    timexes: tuple[Timex, ...]

    @classmethod
    def of(cls, xml: str) -> Self:
        """The document. Raises ``ValueError`` or ``KeyError`` where it is not as TimeML has it."""
        root = _root(xml)
        body = _part(root, "TEXT")
        created = _part(root, "DCT/TIMEX3").attrib["value"]
        return cls(_text(body), date.fromisoformat(created[:_DAY]), tuple(_timexes(body, 0)))


def _root(xml: str) -> Element:
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise ValueError(f"'timeml' is not XML ({error})") from error


def _part(root: Element, path: str) -> Element:
    part = root.find(path)
    if part is None:
        raise ValueError(f"'timeml' has no {path}")
    return part


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _timexes(element: Element, start: int) -> Iterator[Timex]:
    """Those that are scored; ``start`` is where the element's text begins in the document's."""
    place = start + len(element.text or "")
    for child in element:
        text = _text(child)
        if child.tag == "TIMEX3" and child.attrib["type"] in SCORED:
            yield Timex(text, place, place + len(text), child.attrib["value"])
        yield from _timexes(child, place)
        place += len(text) + len(child.tail or "")

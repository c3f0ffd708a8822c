"""Numbers, counts and units of time as English writes them: "forty-two", "a few", "3rd"."""

from rag.reading.days import Unit

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, start=1)}
DECADES = {word.removesuffix("y") + "ies": 20 + 10 * i for i, word in enumerate(TENS)}
_NUMBERS = {
    **{word: number for number, word in enumerate(ONES)},
    **{word: 20 + 10 * i for i, word in enumerate(TENS)},
    **ORDINALS,
}
_UNITS: dict[str, Unit] = {
    "day": "day",
    "week": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "centurie": "century",
}
_LETTERS = {
    "day": "D",
    "week": "W",
    "weekend": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "centurie": "C",
}
_CENTURIES = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}


def number_of(words: str) -> int:
    """The number that digits ("3rd") or words ("forty-two", "eighth") stand for."""
    if digits := "".join(filter(str.isdigit, words)):
        return int(digits)
    return sum(_NUMBERS.get(word, 0) for word in words.lower().replace("-", " ").split())


def spoken_year(words: str) -> int:
    """The year of "nineteen ninety-six" or "two thousand and four"."""
    first, *rest = words.lower().replace("-", " ").split()
    if first == "two":
        return 2000 + number_of(" ".join(rest[1:]))
    return _CENTURIES[first] + number_of(" ".join(rest))


def unit_of(word: str) -> Unit | None:
    """The unit of the calendar that "weeks" counts; ``None`` for hours and minutes."""
    return _UNITS.get(word.lower().rstrip("s"))


def count_of(parts: dict[str, str]) -> int:
    """How many units: the number given, or one for "a year"."""
    return number_of(parts["count"].split(".")[0]) if "count" in parts else 1


def duration(parts: dict[str, str]) -> str:
    """The TIMEX3 value of a length of time: ``P3M``, ``PXY`` for "a few years"."""
    unit = parts["unit"].lower().rstrip("s")
    count = "X" if "few" in parts else str(count_of(parts))
    if unit in ("hour", "minute"):
        return f"PT{count}{unit[0].upper()}"
    return f"P{count}{_LETTERS.get(unit, 'X')}"

"""What a text speaks of: its stemmed content words, its names and its numbers."""

import re
from calendar import day_name, month_name
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from rag.answering.language.countries import COUNTRIES
from rag.reading.numerals import ONES, ORDINALS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_COMPASS = re.compile(r"(?:(?:north|south)(?:east|west)?|east|west)(?:ern)?", re.IGNORECASE)
# Countries that news abbreviates, in one word each.
_ABBREVIATED = {
    "America": re.compile(r"\b(?:U\.S\.(?:A\.)?|USA?|United States(?: of America)?)(?!\w)"),
    "Britain": re.compile(r"\b(?:U\.K\.|UK|United Kingdom)(?!\w)"),
}

# Function words, words that ask, and words that only say that something is news or is wanted:
# they say nothing about what a text is about.
_STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been before being between both but by can
    could did do does done for from get gets got give had has have having he her hers him his how i
    if in into is it its itself just list many may me might more most much must my name next no not
    now of off on one only or other our out over own please said say says shall she should since so
    some such tell than that the their them then there these they this those through to too under
    until up upcoming us very was we were what when where which while who whom whose why will with
    would yes you your last latest recent recently planned planning scheduled expected another st nd
    rd th happen happened happens hold held take took taken takes place call called make made
    describe describes described according hello hi hey thanks
    """.split()  # noqa: SIM905 - a wall of quotes would be harder to read
)

_AUXILIARIES = frozenset("is are was were has have had will would".split())  # noqa: SIM905

# The days of the week and the months: capitals that name nobody.
CALENDAR = (*day_name, *month_name[1:])
CALENDAR_NAMES = frozenset(map(str.lower, CALENDAR))

# Words for an office: they name somebody without a name.
ROLES = r"(?:president|premier|prime|minister|foreign|leader|chancellor|secretary|king|chief|head)"
_ROLE = re.compile(rf"{ROLES}s?", re.IGNORECASE)

# What news tells of most, in the words it is told with: a question may use another of them.
_SAME_EVENT = (
    "visit trip travel tour journey go goes went gone come came arrive arrival",
    "meet met meeting talk summit gather gathering",
    "receive host welcome",
    "invade invasion",
    "die dead death kill fatal",
    "win won winner victory beat defeat",
    "lose lost loss",
    "injure injured injury hurt wound wounded",
    "close closed closing closure shut end ended ending finish conclude",
    "start begin began begun open launch",
    "agree agreement deal accord",
    "relation relationship tie",
    "establish founded founder create creator set",
    "discover discovery find",
    "marry marriage wed wedding",
    "resign resignation quit",
    "say said tell told speak spoke spoken",
    "announce announcement unveil reveal",
    "rise rose grow grew",
    "fall fell",
    "buy bought",
    "sell sold",
    "celebrate mark commemorate",
    "old age",
    "build built construct erect",
    # Who does it: the ending is not one that a stemmer takes off.
    "direct director",
    "produce producer",
    "write wrote written writer author",
    "sing sang sung singer",
    "own owner",
    "invent invention inventor",
    "develop developer",
    "design designer",
)

# Verbs whose past a stemmer does not know: "How much did he pay?", "He paid 5 euros".
_IRREGULAR = (
    "pay paid",
    "lead led",
    "leave left",
    "fight fought",
    "shoot shot",
    "steal stole stolen",
    "break broke broken",
    "choose chose chosen",
    "drive drove driven",
    "fly flew flown",
    "run ran",
    "teach taught",
    "catch caught",
    "think thought",
    "bring brought",
    "seek sought",
    "send sent",
    "spend spent",
    "lend lent",
    "bear bore",
    "wear wore worn",
    "throw threw thrown",
    "draw drew drawn",
    "see saw seen",
    "hear heard",
    "feel felt",
    "keep kept",
    "strike struck",
    "sink sank sunk",
    "swim swam swum",
    "shake shook shaken",
    "freeze froze frozen",
    "forbid forbade forbidden",
    "withdraw withdrew withdrawn",
    "swear swore sworn",
    "eat ate eaten",
    "drink drank drunk",
    "ride rode ridden",
    "hide hid hidden",
    "stand stood",
    "feed fed",
    "flee fled",
    "kneel knelt",
    "bite bit bitten",
    "blow blew blown",
    "dig dug",
    "forget forgot forgotten",
    "forgive forgave forgiven",
    "hang hung",
    "lay laid",
    "overthrow overthrew overthrown",
    "ring rang rung",
    "show shown",
    "sleep slept",
    "slide slid",
    "stick stuck",
    "sweep swept",
    "swing swung",
    "tear tore torn",
    "undergo underwent undergone",
    "wake woke woken",
)

# Two names are forms of one ("China", "Chinese") when they open alike, all but the last letter
# of the shorter, and differ by an ending no longer than "-ese".
_NAME_PREFIX = 4
_NAME_ENDING = 3


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    prefix = max(_NAME_PREFIX, len(shorter) - 1)
    return one[:prefix] == other[:prefix] and len(longer) - len(shorter) <= _NAME_ENDING


# By word, since texts are compared so: "South Africa" is "africa" here.
_IN_A_WORD = [(item, item.names[0].split()[-1].lower()) for item in COUNTRIES]
# Who is in Beijing is in China, and news says "Moscow" for Russia. Not the other way round.
_COUNTRY = {
    capital.lower(): name
    for item, name in _IN_A_WORD
    for capital in item.capitals
    if " " not in capital
}
# What is of a country, where its name does not tell (else "Russian" is seen to be of Russia).
_COUNTRY_OF = {
    people.lower(): name
    for item, name in _IN_A_WORD
    for people in item.people
    if " " not in people and not _alike(people.lower(), name)
}
_STEMMER = Stemmer.Stemmer("english")


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(_COUNTRY_OF.get(word, word)))


_EVENTS = {
    _stem(word): _stem(group.split()[0])
    for group in (*_SAME_EVENT, *_IRREGULAR)
    for word in group.split()
}
# "The fourth season" is "season 4".
_SPELLED = {word: str(number) for word, number in ORDINALS.items()} | {
    word: str(number) for number, word in enumerate(ONES[2:], start=2)
}
# A stemmer takes what was found for what was founded; that is meant behind "did" and "to".
_WRITTEN = _SPELLED | {"found": "find"}
_TO_FOUND = re.compile(r"\b((?:did|does|will|to)\s(?:[\w'’-]+\s){0,4}?)found\b", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words and numbers of a text as written, possessive endings taken off.

    But for countries of more names than one: "U.S." and "United States" are "America".
    """
    if "U" in text:
        for name, written in _ABBREVIATED.items():
            text = written.sub(name, text)
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]


def terms(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning, words for the same kind of event made one."""
    if "found" in text:
        text = _TO_FOUND.sub(r"\1establish", text)
    lowered = (word.lower() for word in words(text))
    plain = (_WRITTEN.get(word, word) for word in lowered if not _says_nothing(word))
    return frozenset(_EVENTS.get(stem, stem) for stem in map(_stem, plain))


def _says_nothing(word: str) -> bool:
    return word in _STOP_WORDS or word.endswith(("n't", "n’t"))


def is_role(word: str) -> bool:
    """Whether the word is one for an office: "minister", "Presidents"."""
    return bool(_ROLE.fullmatch(word))


def is_prose(text: str) -> bool:
    """Whether it writes words in small letters: in a headline a verb looks like a name."""
    small = [word for word in words(text) if word.islower()]
    return not _AUXILIARIES.isdisjoint(small) or bool(terms(" ".join(small)))


def names(text: str) -> frozenset[str]:
    """The capitalised words that are not function words, and points of the compass; lower case.

    "Northeast China" is another place than China, however it is written.
    """
    found = (word for word in words(text) if word[0].isupper() or _COMPASS.fullmatch(word))
    return frozenset(lowered for word in found if (lowered := word.lower()) not in _STOP_WORDS)


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, thousands separators taken off ("75th" is 75)."""
    return frozenset(match.replace(",", "") for match in NUMBER.findall(text))


def in_digits(text: str) -> str:
    """The text with the numbers it spells out in digits, but for "one"."""
    return re.sub(r"[A-Za-z]+", lambda word: _SPELLED.get(word[0].lower(), word[0]), text)


def figures(text: str) -> frozenset[str]:
    """The numbers of a text, those it spells out among them ("twelve", "second").

    But for "one" and "first", which most often count nothing.
    """
    spelled = (_SPELLED.get(word.lower(), "1") for word in words(text))
    return numbers(text) | (frozenset(spelled) - {"1"})


def same_name(one: str, other: str) -> bool:
    """Whether two names are forms of one: equal, or alike but for a short ending."""
    return one == other or _stem(one) == _stem(other) or _alike(one, other)


def missing_names(wanted: Iterable[str], text_names: Iterable[str]) -> frozenset[str]:
    """The wanted names of which the other text has no form."""
    present = tuple(text_names)
    return frozenset(
        name for name in wanted if not any(same_name(name, other) for other in present)
    )


def missing_places(wanted: Iterable[str], text_names: Iterable[str]) -> frozenset[str]:
    """The wanted names of which the text has no form, nor that country's capital.

    Enough to be about what is asked; not enough for a sentence to say one for the other.
    """
    held = tuple(text_names)
    return missing_names(wanted, [*held, *map(country, held)])


def country(name: str) -> str:
    """The country that news means by its capital, lower case; any other name as it is."""
    return _COUNTRY.get(name, name)


def missing_from(text: str, wanted: Iterable[str]) -> frozenset[str]:
    """The wanted names that the text does not have, as a place or in small letters either.

    A question may write large what news writes small: "the Best Picture", "Season 11".
    """
    stems = frozenset(_stem(word.lower()) for word in words(text))
    return missing_places([name for name in wanted if _stem(name) not in stems], names(text))

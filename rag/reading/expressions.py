"""The grammar: what an English time expression looks like, one rule for each kind of it.

A blank in a rule stands for any white space, and case is ignored. The kinds follow TIMEX3
(TimeML 1.2.1) and HeidelTime (Strötgen and Gertz 2010); ``absolute`` and ``relative`` tell what
each means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.reading.days import MONTHS, SEASONS, WEEKDAYS, alternatives
from rag.reading.numerals import DECADES, ONES, ORDINALS, TENS

# A verb, or a word of another language, unless it has a capital: "may", "march", "mar".
_TWO_FACED = {name: MONTHS[name] for name in ("march", "may", "mar")}
_PLAIN = {name: month for name, month in MONTHS.items() if name not in _TWO_FACED}
_FULL = {name: month for name, month in _PLAIN.items() if len(name) > len("sept")}
_SHORT = {name: month for name, month in _PLAIN.items() if name not in _FULL}
_FULL |= {"june": 6, "july": 7}


def _after(words: str) -> str:
    """Only behind one of these words."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words.split()) + ")"


def _not_after(words: str) -> str:
    return "".join(rf"(?<!\b{word}\s)" for word in words.split())


_LONE = r"(?![\w%]|[.,:/]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:]|[.,]\d)"
_YEAR = rf"(?:1\d|20|21)\d\d{_LONE}"
# Not in "Mar-a-Lago" or "Jan-Lennard", but in "June-to-August" and "March-May".
_NO_NAME = rf"(?!-(?!(?:to|through|{alternatives(MONTHS)})\b)[^\W\d_])"
_MONTH = (
    rf"(?:(?:{alternatives(_FULL)})\b|(?:{alternatives(_SHORT)})\b\.?"
    rf"|(?-i:March|MARCH|May|MAY)\b|(?-i:Mar|MAR)\b\.?){_NO_NAME}"
)
_WEEKDAY = rf"(?:{'|'.join(name for name in WEEKDAYS if name.endswith('day'))})\b"
_SHORT_WEEKDAY = r"(?-i:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\b\.?"
_ON_WEEKDAY = rf"(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}),? (?:the )?)?"
_SEASON = alternatives(SEASONS)
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade)\b"
_UNITS = (
    r"(?P<unit>(?:minute|hour|day|week|weekend|month|quarter|year|decade|century|centurie)s?)\b"
)
_TENS = rf"(?:{'|'.join(TENS)})"
_ONES = rf"(?:{'|'.join(reversed(ONES))})"
_NUMBER = rf"(?P<count>\d{{1,4}}(?:\.\d)?|{_TENS}(?:[- ]{_ONES})?|{_ONES})"
_FEW = r"(?P<few>(?:a )?(?:few|couple of|couple)|several|many)"
_ROUGHLY = (
    r"(?:nearly|almost|about|around|roughly|some|over|just|under|barely|only|at least|up to"
    r"|more than|less than|fewer than|just over|just under)"
)
_SPOKEN = (
    rf"(?P<spoken>(?:nineteen|eighteen|twenty) {_TENS}(?:[- ]{_ONES})?"
    rf"|two thousand(?: (?:and )?{_ONES})?\b)"
)
_YEAR_REF = r"(?P<year_ref>this|last|next|that|the same|the previous|the following) year\b"
_OF_YEAR = rf"(?:,? (?P<year>{_YEAR})|(?: of| in)? {_YEAR_REF})"
_TO = r"(?: (?:to|and|through|until|till|or|&) (?:the )?|(?: )?[-–—](?: )?)"
_PART_OF_DAY = r"(?P<daypart>morning|afternoon|evening|night|noon)\b"
_ZONE = r"(?:GMT|UTC|[ECMP][SD]?T|BST|CES?T|IST|(?:local|Moscow|Beijing) time)\b"
_ORDINAL = r"(?P<number>first|second|third|fourth|1st|2nd|3rd|4th)"
_WHICH_DAY = r"(?P<which>this past|this coming|this|last|next|(?:the )?(?:previous|following))"
_WHICH = (
    r"(?P<which>this past|this coming|this|last|next|past|coming|current|present|latest|previous"
    r"|following|same)"
)
_LEADS_TO_YEAR = (
    "in of since until till by from through during for before after early late end around to"
)
_LEADS_TO_MONTH = f"{_LEADS_TO_YEAR} mid last next this"
_COUNTED = (  # what a number that is no year counts
    r"(?! (?:[a-z]+ )?(?:people|men|women|children|miles|km|kilomet\w+|feet|met(?:er|re)s|troops"
    r"|shares|points|tons|tonnes|dollars|percent|per cent|votes|soldiers|cases|deaths|jobs|homes"
    r"|workers|employees|students|hours|times)\b)"
)

# The part of a period that is meant; it may stand before every rule below.
_PART = (
    r"(?:(?:the )?(?:very )?(?:(?P<part>early|earlier|late|later|mid)(?: in| on)?[ -](?:the )?"
    r"|(?P<part_of>middle|beginning|start|end|close|rest|remainder) of (?:the )?))?"
)

_RULES = {
    # days
    "iso": r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T\d\d:\d\d[:.\dZ+]*)?(?![-\w])",
    "numeric": (r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?![/.]?\w)"),
    "bracketed": (
        rf"(?:{_WEEKDAY}|{_SHORT_WEEKDAY}) \("
        rf"(?P<month>{_MONTH}) (?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?\)"
    ),
    "month_day": (
        rf"{_ON_WEEKDAY}(?P<month>{_MONTH}) (?P<day>{_DAY})"
        rf"(?:{_TO}(?P<to>{_DAY})(?! {_MONTH}))?{_OF_YEAR}?"
    ),
    "month_ordinal": (
        rf"{_ON_WEEKDAY}(?P<month>{_MONTH}) (?:the )?(?P<day>{alternatives(ORDINALS)})\b"
    ),
    "day_month": (
        rf"{_ON_WEEKDAY}(?P<day>{_DAY})(?:{_TO}(?P<to>{_DAY}))?(?: of)? (?P<month>{_MONTH})"
        rf"{_OF_YEAR}?"
    ),
    # months and seasons
    "lower_month": (
        rf"(?:{_after('in of since early late mid')}(?P<month>may|march)|"
        rf"(?P<day>{_DAY}) (?:of )?(?:may|march)) (?P<year>{_YEAR})"
    ),
    "month_year": rf"(?P<month>{_MONTH}){_OF_YEAR}",
    "month_spoken_year": rf"(?P<month>{_MONTH}) {_SPOKEN}",
    "month_ref": rf"{_WHICH_DAY} (?P<month>{_MONTH})(?! \d)",
    "month": rf"(?:{_after(_LEADS_TO_MONTH)}|(?<=mid-))(?P<month>{_MONTH})(?! \d)",
    "bare_month": (rf"(?P<month>(?-i:{'|'.join(map(str.capitalize, _FULL))}))\b(?! (?-i:[A-Z]))"),
    "season_year": rf"(?:the )?(?P<season>{_SEASON})(?:(?: of)? (?P<year>{_YEAR})| of {_SPOKEN})",
    "season": (
        rf"{_WHICH_DAY} (?P<season>{_SEASON})\b(?! of)"
        r"|the (?P<bare>spring|summer|autumn|winter)\b(?! of)"
    ),
    # quarters and halves
    "quarter": (
        rf"(?:(?:the|its|their) )?(?:(?P<year>{_YEAR}) |(?P<year_ref>this|last|next) year['’]s )?"
        rf"(?:fiscal[ -])?{_ORDINAL}[ -]quarter\b(?:(?: of)?(?: fiscal)?(?: year)?"
        rf" (?P<year_after>{_YEAR})|(?: of)? (?P<ref_after>this|last|next|that) year)?"
    ),
    "short_quarter": (
        rf"(?:(?P<year>{_YEAR})[- ]?)?(?-i:Q)(?P<number>[1-4])\b(?:[ /-](?P<year_after>{_YEAR}))?"
    ),
    "half": (
        r"(?:the )?(?P<number>first|second|last|latter) half of (?:(?:fiscal )?"
        rf"(?P<year>{_YEAR})|(?P<year_ref>this|last|next|that|the) year\b)"
    ),
    "comparison": (
        rf"(?:(?:the|an?) )?(?:(?:comparable|corresponding) )?year-(?:ago|earlier)(?: {_ORDINAL})?"
        r"(?:[ -](?:quarter|period))?\b"
        r"|the (?:corresponding|same|comparable) (?:quarter|period) (?:an? year (?:ago|earlier)"
        r"|last year)|(?:the quarter )?an? year (?:ago|earlier)\b"
    ),
    "period_of": rf"(?:the )?(?P<year>{_YEAR}) (?:quarter|period)\b",
    "the_quarter": r"(?:the (?:latest |current |same )?|this )(?:quarter|period)\b(?! of)",
    # years and longer
    "fiscal": rf"(?:the )?(?:fiscal|financial)(?: year)? (?P<year>{_YEAR})",
    "years": rf"(?P<year>(?:19|20)\d\d)[-–—/](?P<to>\d\d)(?![-–—/]\d){_LONE}",
    "years_in_full": (
        rf"(?P<year>(?:1[5-9]|20)\d\d)[-–—](?P<to>(?:1[5-9]|20)\d\d)(?![-–—/]\d){_LONE}"
    ),
    "decade": (
        r"(?:the )?(?:(?P<decade>(?:1\d|20)\d0)['’]?s|['’‘](?P<short>\d0)s)\b"
        rf"|the (?P<word>{'|'.join(DECADES)})\b"
    ),
    "century": (
        r"(?:the )?(?:(?P<number>\d{1,2})(?:st|nd|rd|th)"
        rf"|(?P<word>{alternatives(ORDINALS)}|twenty[- ]first))[ -]century\b"
    ),
    "spoken_year": rf"(?:the year )?{_SPOKEN}(?! {_UNITS})",
    "year": rf"(?:the )?year (?P<year>{_YEAR})",
    "led_year": rf"{_after(_LEADS_TO_YEAR)}(?P<year>{_YEAR}){_COUNTED}",
    "life_year": (r"(?:(?<=\()(?=1\d\d\d [-–—])|(?<=[-–—]\s)(?=1\d\d\d\)))(?P<year>1[5-8]\d\d)"),
    "rough_year": rf"{_after('about circa born')}(?P<year>1[5-8]\d\d)(?=[,;.)]|$)",
    "bare_year": rf"(?P<year>(?:19|20)\d\d){_LONE}(?![-–]\d){_COUNTED}",
    # counted from the day of publication, or from the day last spoken of
    "ago": (
        rf"(?:{_ROUGHLY} )?(?:{_NUMBER}|{_FEW}|(?P<one>an?))[ -]{_UNITS}(?: or (?:so|more|two))?"
        r" (?P<way>ago|earlier|later|from now|from today)\b"
    ),
    "window": (
        rf"(?:the )?(?P<way>last|past|next|coming|previous|following|first) (?:{_NUMBER}|{_FEW})"
        rf" {_UNITS}"
    ),
    "within": (rf"{_after('in within')}(?:{_ROUGHLY} )?(?:{_NUMBER}|{_FEW}|(?P<one>an?)) {_UNITS}"),
    "length": (
        rf"(?:(?:{_ROUGHLY} )?(?:{_NUMBER}|{_FEW})|{_after('for than nearly about')}(?P<one>an?))"
        rf"(?: more)?[ -]{_UNITS}(?![- ]old)"
    ),
    "repeated": (
        rf"(?:every|each)(?: other)? (?:(?P<weekday>{_WEEKDAY})|(?P<month>{_MONTH})|{_UNITS})"
        rf"|{_after('on')}(?P<weekdays>{_WEEKDAY[:-2]}s)\b"
    ),
    # pointing from the day of publication
    "day_beyond": r"the day (?P<way>before yesterday|after tomorrow)",
    "named_day": rf"(?<!USA\s)(?P<day>today|yesterday|tomorrow)\b(?: {_PART_OF_DAY})?",
    "night": r"(?P<word>tonight|last night|overnight)\b",
    "this_part": r"this (?:past )?(?P<daypart>morning|afternoon|evening)\b",
    "weekday": (
        rf"(?:{_WHICH_DAY} )?{_not_after('Bloody Black Super Good Easter Cyber Palm Ash')}"
        rf"(?P<weekday>{_WEEKDAY}|(?-i:Tues|Thurs|Weds)\.)(?! (?:Times|Telegraph|Mirror|Mail))"
        rf"(?: {_PART_OF_DAY})?"
    ),
    "weekend": rf"(?:{_WHICH_DAY}|(?P<the>the)) weekend\b",
    "deictic": rf"(?:the )?{_WHICH}(?: (?:fiscal|full|calendar))? {_UNIT}",
    "that": rf"that {_UNIT}",
    "year_end": r"(?:the )?year(?:['’]s)?[- ]end\b|the turn of the year\b|the full year\b",
    "whole": rf"(?:the )?(?:fiscal )?{_UNIT}",
    # naming no day
    "present": (
        r"(?:right )?now\b|currently\b|at present\b|presently\b|nowadays\b|these days\b"
        r"|at the moment\b|current\b"
    ),
    "past": (
        r"(?:more |most )?recently\b|past years\b|the (?:recent |distant )?past\b(?! \w+ed\b)"
        r"|recent\b(?: (?:years|months|weeks|days|decades)(?: and (?:months|years))?\b)?"
    ),
    "future": (
        r"(?<!as\s)soon\b(?! after)|shortly\b(?! (?:after|before))"
        r"|the (?:near |foreseeable )?future\b|a later date\b|the (?:near|short)[- ]term\b"
        r"|(?:the )?coming (?:days|weeks|months|years|quarters|decades)\b"
    ),
    # times of day
    "clock": (
        r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?(?: )?(?P<half>[ap])\.?m\b\.?"
        rf"|(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?= {_ZONE})"
        rf"|(?P<word>noon|midnight)\b)(?: {_ZONE})?"
    ),
    "part_of_day": r"(?:the |mid[ -]?)(?P<daypart>morning|afternoon|evening)\b",
}

# Every rule opens with one of these words or a digit, perhaps after an article: words that open
# none, which are nine in ten, are passed over without trying the rules.
_DIGITS = (
    r"(?:\d{4}(?!\d)|\d{1,4}(?:\.\d)?(?: |-)?[a-z]|\d{1,2}[/.:]\d"
    r"|\d{1,2}(?: )?[-–—](?: )?\d{1,2} [a-z])"
)
_OPENING = (
    rf"(?:(?:the|an?|its|their|very|{_ROUGHLY}) ){{0,3}}(?:{_DIGITS}|['’‘]\d0s|Q[1-4]"
    rf"|(?:{alternatives(MONTHS)}|{alternatives(WEEKDAYS)}|{_SEASON}|{_TENS}|{_ONES}"
    rf"|{alternatives(ORDINALS)}|{'|'.join(DECADES)}"
    r"|early|earlier|late|later|mid|mid(?:morning|afternoon)|middle|beginning|start|end|close|rest"
    r"|remainder|last|latter|latest|next|this|past|coming|current|present|previous|following|same"
    r"|that|every|each|few|several|many|couple|year|fiscal|financial|comparable|corresponding"
    r"|minute|hour|day|week|weekend|month|quarter|period|decade|century|today|yesterday|tomorrow"
    r"|tonight|overnight|now|right|currently|presently|nowadays|these|at|more|most|recently|recent"
    r"|distant|soon|shortly|near|foreseeable|future|short|turn|full|noon|midnight|morning"
    r"|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|afternoon|evening)\b)"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A stretch of text that looks like a time: the rule it matched, its parts, its place."""

    rule: str
    parts: dict[str, str]
    start: int
    end: int


def find_expressions(text: str) -> Iterator[Expression]:
    """The expressions of the text in order; where two rules match, the earlier rule wins."""
    for found in _ANY.finditer(text):
        rule = str(found.lastgroup)
        inner = _COMPILED[rule].match(text, found.start())
        if inner:
            parts = {
                name.removesuffix("_of"): words
                for name, words in inner.groupdict().items()
                if words
            }
            yield Expression(rule, parts, *inner.span())


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s{1,9}"), re.I)


_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_COMPILED = {name: _compiled(f"{_PART}(?:{rule})") for name, rule in _RULES.items()}
_ANY = _compiled(
    rf"(?<![\w$€£#])(?=[\w'’‘])(?={_OPENING}){_GROUP_NAME.sub('(?:', _PART)}(?:"
    + "|".join(f"(?P<{name}>{_GROUP_NAME.sub('(?:', rule)})" for name, rule in _RULES.items())
    + ")"
)

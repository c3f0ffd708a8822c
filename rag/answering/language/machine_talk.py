"""Sentences that are told to a reader: what is addressed to a program is no news, and no evidence.

Articles are data. Whether a model would obey an order that stands in one is not left to the
model: it does not get to see it, and nothing of it is quoted.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rag.domain import Article, Span

# No reader reads a sentence of this length, and no prompt has room for it.
_LONGEST = 2_000
_BLANK_LINE = re.compile(r"\n\s*\n")


def told_to_readers(article: Article, sentences: Iterable[Span]) -> Iterator[Span]:
    """The sentences that may be evidence, in their order.

    Left out is machine talk, with what follows it up to a blank line (an order is often spread
    over sentences), all of an article whose title is machine talk, and what is far too long.
    """
    if is_machine_talk(article.title):
        return
    talk_ended: int | None = None
    for span in sentences:
        goes_on = talk_ended is not None and not _BLANK_LINE.search(
            article.text, talk_ended, span.start
        )
        if goes_on or is_machine_talk(span.of(article.text)):
            talk_ended = span.end
        elif span.end - span.start <= _LONGEST:
            yield span


def is_machine_talk(text: str) -> bool:
    """Whether the text speaks to a language model or another program, or poses as its output.

    Careful not to take news for it: "told residents to ignore previous instructions" is a
    report, and so is an order in quotation marks that somebody is said to have written.
    """
    text = text[:_LONGEST]
    seen = _as_seen(text)
    if _MARK.search(seen) or (not text.isascii() and _FOREIGN.search(text)):
        return True
    said = _without_reported(seen)
    if not _TELLING.isdisjoint(_WORD.findall(said)):
        return bool(_ADDRESS.search(said)) or any(map(_opens_with_order, _CLAUSE_END.split(said)))
    return False


# Letters that look like Latin ones, beside the full-width, mathematical and circled ones that
# Unicode itself makes plain. For looking only: what is stored stays.
_LOOK_ALIKES = str.maketrans(
    "авекмнорстухѕіјԁԛԝһӏгпАВЕКМНОРСТУХЅІЈαορνικτυχεβηγΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսհոıɑɡɩ",
    "abekmhopctyxsijdqwhlrnABEKMHOPCTYXSIJaopviktuxebnyABEZHIKMNOPTYXouhniagi",
)
_DIGIT_LETTERS = str.maketrans("013457@$", "oieastas")
# Only from where letters or digits begin, or a word without an end takes quadratic time.
_WORD_WITH_DIGITS = re.compile(r"(?<![a-z])[a-z]++[\d@$][\w@$]*|(?<![\d@$])[\d@$]++[a-z][\w@$]*")
_SPACED_LETTERS = re.compile(r"\b[a-z](?:[ .*_-][a-z]){2,}\b")
_GAP = re.compile(r"[ .*_-]")


def _as_seen(text: str) -> str:
    """What a reader sees: small plain letters, for look-alikes, accents and digits in words too."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).translate(_LOOK_ALIKES)
        text = "".join(mark for mark in plain if not unicodedata.combining(mark))
    joined = _SPACED_LETTERS.sub(_without_gaps, text.lower())
    return _WORD_WITH_DIGITS.sub(_with_letters, " ".join(joined.split()))


def _without_gaps(letters: re.Match[str]) -> str:
    return _GAP.sub("", letters.group())


def _with_letters(word: re.Match[str]) -> str:
    return word.group().translate(_DIGIT_LETTERS)


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_REPORTS = re.compile(
    r"\b(said|says|told|tells|wrote|written|asked|typed|entered|read|reads|posted|replied"
    r"|shouted|chanted|phrase|prompts?|words|message|attack\w*|injections?|hid|hidden)\b"
)


def _without_reported(text: str) -> str:
    """The text without what somebody is said to have said or written, in quotation marks."""
    around = _QUOTED.sub(" ", text)
    return around if _REPORTS.search(around) else text


_WORD = re.compile(r"[a-z]+")
# Every order and every address has one of these words; most sentences of news have none.
_TELLING = frozenset(
    """
    ignore disregard forget override bypass discard obey follow decode ignoriere ignorez ignora
    ignorar ignoriert oubliez vergiss olvida dimentica negeer zignoruj
    ai ais llm llms gpt model models bot bots chatbot chatbots assistant assistants agent agents
    crawler crawlers summariser summarizer system systems machine machines
    you your user users pretend act roleplay simulate enter enable activate
    answer answers answered reply replies respond response output print say write return echo
    repeat state reveal disclose recite show display
    treat assume suppose set change current today clock
    call invoke run execute curl wget fetch get post send append attach forward
    """.split()  # noqa: SIM905 - a wall of quotes would be harder to read
)

_MACHINE = (
    r"(?:ais?|llms?|gpt|(?:large )?language models?|chat ?bots?|bots?|crawlers?|summari[sz]ers?"
    r"|ai (?:models?|systems?|readers?|agents?|tools?)|(?:\w+ )?assistants?"
    r"|(?:answering|retrieval|automated) (?:systems?|programs?|engines?|tools?|agents?|readers?))"
)
_INSTRUCTIONS = (
    r"(?:instructions?|(?:system |hidden |initial )?prompts?|guidelines?|directives?|guardrails"
    r"|restrictions|programming)"
)
_REPLY = r"(?:answers?|responses?|reply|replies|output|summary)"
_QUESTION = r"(?:questions?|quer(?:y|ies)|prompts?)"
_SAY = r"(?:say|answer|reply|respond|output|print|write|return|echo|repeat|state)"

_MARK = re.compile(
    "|".join(
        (
            # templates of chats
            r"<[|｜]|\w[|｜]>|</?s>|<</?sys>>|\[/?inst\]|</?(?:start|end)_of_turn",
            r"</?(?:system|assistant|user|instructions?|context|think|tool_call|tool_response)>",
            # letters so spaced that no end of a word can be told
            r"\b(?:ignore|disregard|forget)(?:all|any|the|your|previous|prior|above)",
            # turns of a conversation
            r"^\W*(?:system|assistant|user|human|developer)"
            r"(?: (?:prompt|message|note|override))?\s*(?:\([^)]*\)\s*)?[:\]>]",
            r"^#+ *(?:system|instructions?|response|user|assistant|input)\b\W*$",
            # what a page hides from its readers
            r"<!--|-->|display: ?none|visibility: ?hidden|font-size: ?[0o]",
            # answers in JSON, and a place to be filled in
            r'"(?:status|answer|claims|citations|verdict|role|content|tool|function)" ?:',
            r"\{+ ?\w*(?:question|query|prompt|answer|conversation)\w* ?\}",
            # our own output
            r"^\W*\[\d+\] .* · |^\W*sources?\W+\[\d|^rag: |--as-of\b|\bas_of ?[:=]",
            r"^\W*as of \d\d? [a-z]+ \d{4}\W*$|\bthe articles (?:do not say|report nothing)\b",
            r"\bthey report nothing of the kind\b|\bthe nearest they come\b",
        )
    )
)

# The same order in languages of other letters, before look-alikes are taken for Latin.
_FOREIGN = re.compile(
    r"игнорир\w*.{0,40}(инструкци|указани)|забудь.{0,40}инструкци"
    r"|(忽略|无视|無視|忘记).{0,20}(指令|指示|说明|提示|规则)|(指示|命令|指令).{0,12}無視"
    r"|تجاهل.{0,40}(التعليمات|الأوامر)|(지시|지침|명령).{0,12}무시",
    re.IGNORECASE,
)

# Said to a model wherever it stands in a sentence.
_ADDRESS = re.compile(
    "|".join(
        (
            r"(?<!to )(?<!not )\b(?:ignore|disregard|forget) (?:all|any|every|your) "
            rf"(?:(?:of|the|your|previous|prior|above|earlier|other|and) )*{_INSTRUCTIONS}",
            rf"\b(?:note|notice|message|instructions?|attention|reminder|request) (?:to|for)"
            rf" (?:the |any |all |every )*{_MACHINE}"
            r"(?= ?[:,.;(—–\]-]| ?$| reading| that| answering)",
            rf"^\W*(?:attention|dear|hey|hello|hi)\W+(?:all |any |every )?{_MACHINE}\b",
            rf"\b{_MACHINE} (?:reading|processing|parsing|summari[sz]ing) this\b",
            rf"^\W*{_MACHINE} ?[:,] (?:please|you|do|when|if|ignore|{_SAY}|the {_REPLY})\b",
            rf"\bif you are an? (?:\w+ )?{_MACHINE}\b",
            rf"\byou are (?:now )?(?:an? )?(?:\w+ )?(?:{_MACHINE}|dan|jailbroken|in \w+ mode)\b",
            r"\bfrom now on,? (?:you (?:will |must )?)?(?:only |always )*"
            rf"(?:{_SAY}|act|speak|refer)\b",
            rf"^\W*(?:(?:please|now|then|just) )*{_SAY} (?:that|with (?:the|only|nothing))\b",
            r"\b(?:begin|start|end|finish|preface|open|close|append|add|include|insert|put|mention)"
            rf"\b.{{0,60}}\b(?:your|every|each) (?:\w+ )?{_REPLY}\b",
            rf"\byour (?:\w+ )?{_REPLY} (?:must|should|shall|has to|is to)\b",
            r"\byour (?:new )?(?:task is|instructions (?:are|have)|(?:system |hidden )prompt)\b",
            rf"\b(?:any|every|each|this|user'?s?) (?:\w+ )?{_QUESTION}\b.{{0,60}}"
            r"\b(?:must|should|shall|is to) be answered\b",
            rf"\b(?:correct|approved|required|expected|official|only|right|valid) {_REPLY} "
            rf"(?:to|for) (?:this|that|any|every|all|your|the user'?s) (?:\w+ )?{_QUESTION}",
            r"\b(?:when|if|whenever) (?:(?:you|anyone|someone|a user|users|the user) )?(?:are )?"
            rf"ask(?:s|ed)?\b.{{0,80}}?, ?(?:you (?:must|should) |please |always |only )*{_SAY}\b",
            r"\b(?:fetch|post|send|append|attach|encode)\b.{0,60}"
            r"\b(?:the user'?s?|the conversation|(?:the|this|your) (?:prompt|query|chat)"
            r"|(?:the|this|their) question\b.{0,40}(?:http|address|url|link|server))",
            r"\bdecode\b.{0,60}\b(?:follow|obey|execute|instructions?|answer|reply|do what)\b",
            r"\b(?:follow|obey|execute)\b.{0,40}\b(?:decoded|encoded|base ?6[4a]|rot-?(?:13|ie))\b",
            r"\b(?:z?ignor\w*|negeer|vergiss|oubliez|olvida|dimentica)\b.{0,60}\b(?:anweisungen"
            r"|instrucciones|instrucoes|instructies|instrukcje|istruzioni|consignes"
            r"|instructions (?:precedentes|anterieures))\b",
            r"\b(?:current|system|as-of) (?:date|day) is (?:now )?(?:\d|[a-z]+ \d)",
        )
    )
)

# Orders, which open a part of a sentence; "told them to ignore it" has none.
_CLAUSE_END = re.compile(r"(?:[.:;!?,()\[\]{}>*#|=\"“”‘’—–]|'(?!s\b)| - )+\s*")
_OPENING = re.compile(
    r"(?:(?:please|kindly|now|then|instead|always|only|simply|just|also|finally|immediately"
    rf"|(?:you|{_MACHINE}) (?:must|should|shall|will|are to|have to)) )*"
)
_ORDER = re.compile(
    "|".join(
        (
            r"(?:ignore|disregard|forget|override|bypass|discard|do not (?:follow|obey)) "
            r"(?:(?:all|any|every|everything|of|the|these|your|and|other) )*"
            r"(?:(?:previous|prior|above|earlier|preceding|original|system)(?: and \w+)? "
            rf"{_INSTRUCTIONS}|above\b|preceding\b|{_INSTRUCTIONS} (?:above|before|you)"
            r"|(?:articles?|text|excerpts?|sources?|context) above"
            r"|(?:other|remaining) (?:articles|excerpts|sources))",
            r"new (?:instructions?|prompt)$",
            rf"{_SAY} (?:(?:back|only|exactly|just|verbatim|always|with|in|it|the) )*"
            r"(?:only|exactly|nothing|verbatim|(?:single |exact |secret |following )?"
            r"(?:words?|phrase|string|code|sentence|token) (?!of\b)|everything (?:above|before))",
            rf"(?:reveal|disclose|recite|show|display|translate|copy|list|{_SAY}) "
            rf"(?:me |us |back |out )?(?:your|all|the) (?:\w+ )?{_INSTRUCTIONS}\b",
            r"(?:tell|inform|answer|give|show|ask|warn) (?:the|your|every|each) user\b",
            r"pretend (?:that )?you (?:are|have)|act as an?\b|roleplay as|simulate a",
            r"(?:enter|enable|activate) (?:\w+ )?(?:developer|debug|god|admin|dan) mode",
            r"(?:treat|consider|regard) (?:today|the current (?:date|day)|now) as\b",
            r"(?:assume|pretend|suppose|set|change) (?:that )?(?:today|the (?:current|system) "
            r"(?:date|day|clock)|as of)\b|today is \d{4}",
            r"(?:call|invoke|run|execute|use) (?:the|this|your) (?:\w+ )?(?:function|api|plugin"
            r"|webhook|shell|\w+_\w+)\b|(?:call|invoke|run) (?:the|this|your) (?:\w+ )?tool\b",
            r"(?:curl|wget) ",
        )
    )
)


def _opens_with_order(clause: str) -> bool:
    opening = _OPENING.match(clause)
    return bool(opening and _ORDER.match(clause, opening.end()))

"""Whom an office means is told by the articles, and by nobody else."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from rag.answering.evidence.meant import Holders
from rag.answering.evidence.sentences import rank_evidence
from rag.answering.language.titles import offices_in
from rag.answering.question.interpret import interpret
from rag.domain import Article, Evidence, Meant, Published, Question
from tests.fakes_index import FakeEmbedder

NEWS = (
    "Russian President Vladimir Putin will meet Chinese President Xi Jinping in July. "
    "Russia's top diplomat Sergei Lavrov met [Chinese Foreign Minister] Wang Yi on Monday. "
)
LAVROV_LEFT = "Moscow's top diplomat left Lavrov's house."
MOSCOW = Meant("Moscow's top diplomat", "Sergei Lavrov")


def article(text: str) -> Article:
    return Article("news", "News", text, Published.on(date(2024, 5, 21), "stated"))


def meant(sentence: str, text: str = NEWS) -> dict[str, str]:
    return {item.office: item.who for item in Holders([article(text)]).meant_in(sentence)}


def unnamed(text: str) -> list[str]:
    held = [it for it in offices_in(text) if it.is_held and it.is_whole]
    return [it.told for it in held if it.of and not it.who]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Moscow's top diplomat spoke.", ["Moscow's top diplomat"]),
        ("The Russian president left.", ["Russian president"]),
        ("On Monday the US secretary of state left.", ["US secretary of state"]),
        ("the president of the Russian Federation left", ["president of the Russian Federation"]),
        ("The leaders of Russia and China met.", ["leader of Russia", "leader of China"]),
        ("the French and German leaders met", ["French leader", "German leader"]),
        ("South Korea's defence minister spoke.", ["South Korea's defence minister"]),
        ("In Beijing, the Russian president spoke.", ["Russian president"]),
        ("The president spoke.", []),
        ("Nobody is president here.", []),
        ("He met Russian leaders.", []),  # which of them is not told
        ("The leaders of Russia met.", []),
        ("Russian President Vladimir Putin spoke.", []),  # who is named is not looked for
        ("The Russian president, Boris Yeltsin, spoke.", []),
        ("Yeltsin, the Russian president, spoke.", []),
        ("The Russian president at the time spoke.", []),
        # Who does not hold it, or not when it is told
        ("The former Russian president died.", []),
        ("The former two-time Russian president died.", []),
        ("The acting Russian president died.", []),
        ("The deputy Russian foreign minister spoke.", []),
        ("Russia's deputy foreign minister spoke.", []),
        ("The US vice president spoke.", []),
        ("Russia's next president will decide.", []),
        ("The next Russian president will decide.", []),
        # Who holds it is told, or anybody might
        ("Medvedev was the Russian president.", []),
        ("He wanted to become Russian president.", []),
        ("She ran for Russian president.", []),
        ("Who was the Russian president?", []),
        ("Which Russian president visited China?", []),
        # Of what is no country
        ("Dynamo Kyiv's president spoke.", []),
        ("The Harvard president spoke.", []),
        ("The Madrid president spoke.", []),
        ("The Latin American leader spoke.", []),
    ],
)
def test_an_office_that_stands_for_its_holder_is_found(text: str, found: list[str]) -> None:
    assert unnamed(text) == found


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Russia", "Russian", True),
        ("the United States", "US", True),
        ("Britain", "British", True),
        ("Dominican Republic", "Czech Republic", False),
        ("Niger", "Nigerian", False),
        ("Guinea", "Equatorial Guinea", False),
        ("North Korea", "South Korean", False),
    ],
)
def test_a_country_is_known_by_all_of_its_name(one: str, other: str, is_one: bool) -> None:
    [of_one] = offices_in(f"The president of {one} spoke.")
    [of_other] = offices_in(f"The president of {other} spoke.")
    assert of_one.of
    assert of_other.of
    assert (of_one.of == of_other.of) is is_one


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("French President Emmanuel Macron said so.", "Emmanuel Macron"),
        ("But French president Emmanuel Macron said so.", "Emmanuel Macron"),
        ("On Monday French President Emmanuel Macron said so.", "Emmanuel Macron"),
        ("Indian Prime Minister Narendra Modi Monday said so.", "Narendra Modi"),
        ("French President Emmanuel Macron China visit begins.", "Emmanuel Macron"),
        ("Dutch Prime Minister Jan de Vries's visit begins.", "Jan de Vries"),
        ("US Defense Secretary J. D. Vance spoke.", "J. D. Vance"),
        ("Prime Minister Narendra Modi said so.", "Narendra Modi"),
        ("Spanish King Felipe VI spoke.", "Felipe VI"),
    ],
)
def test_who_is_named_behind_an_office_holds_it(text: str, who: str) -> None:
    assert [(it.who, it.is_held) for it in offices_in(text)] == [(who, True)]


@pytest.mark.parametrize(
    "text",
    [
        "After talks with Xi Jinping, the Russian president, who had arrived on Monday, left.",
        "He told the Russian president Ukraine would never give in.",
        "The president of France, Germany's chancellor and others spoke.",
        "In the visit to China\nPresident\nVladimir Putin spoke.",  # a line ends between the two
        "Former US President Bill Clinton spoke.",
        "Then-British Prime Minister Theresa May spoke.",
        "Then British Prime Minister Theresa May spoke.",
        "Former two-term US President Bill Clinton spoke.",
        "Acting Ukrainian Defence Minister Ivan Petrov spoke.",
        "Shadow UK Foreign Secretary David Lammy spoke.",
        "Deputy Russian Foreign Minister Andrei Rudenko spoke.",
        "Russian Deputy Foreign Minister Andrei Rudenko spoke.",
        "US Vice President Kamala Harris spoke.",
        "US President-elect Donald Trump spoke.",
        "Real Madrid President Florentino Perez spoke.",
        "French President Says He Will Not Visit Beijing This Year",
    ],
)
def test_anybody_else_holds_no_office(text: str) -> None:
    assert not [it.who for it in offices_in(text) if it.is_held and it.is_whole and it.who]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Moscow's top diplomat left.", {"Moscow's top diplomat": "Sergei Lavrov"}),
        ("China's foreign minister left.", {"China's foreign minister": "Wang Yi"}),
        ("The Chinese leader left.", {"Chinese leader": "Xi Jinping"}),
        ("In 2024 the Chinese president left.", {"Chinese president": "Xi Jinping"}),
        ("In 1999 the Chinese president left.", {}),
        ("The French president left.", {}),
        ("The two leaders met.", {}),  # which two is told by no office
    ],
)
def test_whom_a_sentence_means_its_article_tells(sentence: str, told: dict[str, str]) -> None:
    assert meant(sentence) == told


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("US President Joe Biden left. US President Biden spoke.", "Joe Biden"),
        ("US President Biden left. On Monday US President Joe Biden spoke.", "Joe Biden"),
        ("US President Joe Biden left. Later US President Donald Trump spoke.", None),
        ("US President Joe Biden left. Later US President Trump spoke.", None),
        ("US President Joe Smith left. Later US President Ann Smith spoke.", None),
        ("US President Biden left.", None),  # a name of one word may be anything
        ("US President Joe Biden left. In 2017 US President Donald Trump spoke.", "Joe Biden"),
        ("US President Hails Progress\nUS President Joe Biden left.", "Joe Biden"),
        ("US Vice President Kamala Harris left.", None),
    ],
)
def test_where_an_article_tells_of_two_nobody_is_meant(text: str, who: str | None) -> None:
    assert meant("The American president left.", text).get("American president") == who


def test_a_headline_tells_of_nobody() -> None:
    untitled = replace(article("It rained all day."), title="US President Joe Biden spoke")
    assert not Holders([untitled]).meant_in("The US president left.")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Israeli President Isaac Herzog spoke.", None),
        ("Israeli Prime Minister Ann Lee met President Isaac Herzog.", "Ann Lee"),
        ("Israeli leader Ann Lee spoke.", "Ann Lee"),
        ("Israeli leader Ann Lee met Israeli Prime Minister David Levi.", "Ann Lee"),
        ("Chinese President Xi Jinping met Chinese Premier Li Qiang.", "Xi Jinping"),
        ("Chinese Premier Li Qiang spoke.", None),
        ("German President Frank Berg met German Chancellor Ann Lee.", "Ann Lee"),
        ("British Chancellor Ann Lee spoke.", None),
        ("Iranian President Ali Nouri met Supreme Leader Reza Amini.", None),
        ("Polish President Jan Nowak spoke.", None),  # news calls the prime minister so, too
    ],
)
def test_a_leader_is_who_leads_the_country(text: str, who: str | None) -> None:
    country, *_ = text.split()
    assert meant(f"The {country} leader left.", text).get(f"{country} leader") == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("When will the Russian president visit China?", ["Vladimir Putin"]),
        ("When will the Russian president, Vladimir Putin, visit China?", []),
        ("Who is the Russian president?", []),
        ("Who was the Russian president in 1999?", []),
        ("When did the Russian president visit China in 2019?", []),
        ("When did Putin become president of Russia?", []),
        ("When will the leaders of Russia and China meet?", ["Vladimir Putin", "Xi Jinping"]),
        ("When will Putin meet the Russian president?", []),
    ],
)
def test_a_question_means_those_whom_the_articles_tell(text: str, who: list[str]) -> None:
    asked = Holders([article(NEWS)]).asked_about(text)
    assert sorted(item.who for item in asked) == who


def test_a_sentence_is_read_with_those_it_means() -> None:
    text = f"{NEWS}Moscow's top diplomat left. He will be back."
    [left, back] = evidence("Did Lavrov leave?", text)[2:]
    assert (left.quote, left.meant) == ("Moscow's top diplomat left.", (MOSCOW,))
    assert left.as_read.splitlines() == ["News", str(MOSCOW), left.quote]
    assert back.as_read.splitlines() == ["News", left.quote, str(MOSCOW), back.quote]
    assert back.meant == ()
    [named, unnamed] = evidence(
        "Did Lavrov leave?", f"{NEWS}Moscow's top diplomat left. The crowd left."
    )[2:]
    assert named.score > unnamed.score


def test_who_is_named_is_read_with_the_office_that_is_asked_about() -> None:
    president = Meant("Russian president", "Vladimir Putin")
    text = "Putin will visit China. Sergei Lavrov will not. Vladimir Medinsky may."
    found = evidence("When will the Russian president visit China?", text, president)
    assert [item.meant for item in found] == [(president,), (), ()]


def test_who_is_meant_by_sentence_and_question_alike_is_told_once() -> None:
    [left] = evidence("Did Moscow's top diplomat leave?", f"{NEWS}{LAVROV_LEFT}", MOSCOW)[2:]
    assert left.meant == (MOSCOW,)


def evidence(asked: str, text: str, *who: Meant) -> list[Evidence]:
    interpretation = replace(interpret(Question(asked, date(2024, 6, 1))), meant=who)
    ranked = rank_evidence(interpretation, [article(text)], FakeEmbedder())
    return sorted(ranked, key=lambda item: item.start)


def test_long_lines_of_offices_take_no_longer_than_their_length() -> None:
    started = process_time()
    for line in ("Foreign Minister " * 20_000, "Xi " * 50_000, "China's top " * 30_000):
        offices_in(line)
    assert process_time() - started < 10


@pytest.mark.parametrize("word", ["X", "Aa-", "A'a", "Minister"])
def test_a_word_without_an_end_takes_no_longer_than_its_length(word: str) -> None:
    line = f"{word * 20_000} president spoke."
    started = process_time()
    offices_in(line)
    assert process_time() - started < 2

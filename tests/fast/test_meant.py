"""Whom an office means is told by the articles, and by nobody else."""

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from rag.answering.evidence import rank_evidence
from rag.answering.interpret import interpret
from rag.answering.meant import Holders
from rag.answering.titles import holders_in, offices_in, shared_in
from rag.domain import Article, Evidence, Meant, Published, Question
from tests.fakes_index import FakeEmbedder

NEWS = (
    "Russian President Vladimir Putin will meet his Chinese counterpart Xi Jinping in July. "
    "Russia's top diplomat Sergei Lavrov met [Chinese Foreign Minister] Wang Yi on Monday. "
)
MOSCOW = Meant("Moscow's top diplomat", "Sergei Lavrov")


def article(text: str) -> Article:
    return Article("news", "News", text, Published.on(date(2024, 5, 21), "stated"))


def meant(sentence: str, text: str = NEWS) -> dict[str, str]:
    return {item.office: item.who for item in Holders([article(text)]).meant_in(sentence)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Moscow's top diplomat spoke.", ["Moscow's top diplomat"]),
        ("The Russian president left.", ["Russian president"]),
        ("the president of the Russian Federation left", ["president of Russian Federation"]),
        ("The leaders of Russia and China met.", ["leader of China", "leader of Russia"]),
        ("the French and German leaders met", ["French leader", "German leader"]),
        ("The U.S. Secretary of State left.", ["U.S. Secretary of State"]),
        ("South Korea's defence minister spoke.", ["South Korea's defence minister"]),
        ("He met Russian leaders.", []),  # no more than one of them is told apart
        ("The former Russian president died.", []),
        ("Russia's next president will decide.", []),
        ("Russian President Vladimir Putin spoke.", []),  # who is named is not looked for
        ("The president spoke.", []),
        ("Nobody is president here.", []),
    ],
)
def test_an_office_that_stands_for_its_holder_is_found(text: str, found: list[str]) -> None:
    assert sorted(office.told for office in offices_in(text)) == sorted(found)


def test_a_counterpart_has_the_office_told_before() -> None:
    held = [(office.name, sorted(office.of), who) for office, who in holders_in(NEWS)]
    assert ("president", ["chinese"], "Xi Jinping") in held
    assert ("foreign minister", ["russia"], "Sergei Lavrov") in held
    assert ("foreign minister", ["chinese"], "Wang Yi") in held
    assert not holders_in("His Chinese counterpart Xi Jinping left.")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Emmanuel Macron, the French president, spoke.", "Emmanuel Macron"),
        ("President of the Russian Federation Vladimir Putin spoke.", "Vladimir Putin"),
        ("Tesla chief executive Elon Musk spoke.", "Elon Musk"),
        ("Commission President Ursula von der Leyen spoke.", "Ursula von der Leyen"),
        ("Indian Prime Minister Narendra Modi Monday spoke.", "Narendra Modi"),
        ("French President Emmanuel Macron. Germany agreed.", "Emmanuel Macron"),
        ("US Vice President J. D. Vance's plane left.", "J. D. Vance"),
        ("NATO Secretary General Mark Rutte spoke.", "Mark Rutte"),
    ],
)
def test_who_holds_an_office_is_told_before_it_or_behind_it(text: str, who: str) -> None:
    assert [name for _, name in holders_in(text)] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Former US President Bill Clinton spoke.",
        "In the visit to China\nPresident Vladimir Putin spoke.",  # a line ends between the two
        "Shadow UK Foreign Secretary David Lammy spoke.",
        "then-British Prime Minister Theresa May spoke",
    ],
)
def test_who_does_not_hold_it_is_told_by_nobody(text: str) -> None:
    assert not holders_in(text)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Moscow's top diplomat left.", {"Moscow's top diplomat": "Sergei Lavrov"}),
        ("China's foreign minister left.", {"China's foreign minister": "Wang Yi"}),
        ("The Chinese leader left.", {"Chinese leader": "Xi Jinping"}),
        (
            "The two leaders met.",
            {"Russian President": "Vladimir Putin", "Chinese president": "Xi Jinping"},
        ),
        ("The French president left.", {}),
        ("Russia's deputy foreign minister left.", {}),
    ],
)
def test_whom_a_sentence_means_its_article_tells(sentence: str, told: dict[str, str]) -> None:
    assert meant(sentence) == told


def test_where_the_articles_tell_of_two_nobody_is_meant() -> None:
    both = "US President Joe Biden left. Later US President Donald Trump spoke."
    assert meant("The US president left.", both) == {}
    in_full = "US President Joe Biden left. Later US President Biden spoke."
    assert meant("The U.S. president left.", in_full) == {"U.S. president": "Joe Biden"}


def test_a_name_may_have_a_hyphen() -> None:
    korea = "South Korean President Moon Jae-in left. North Korean leader Kim Jong Un spoke."
    assert meant("South Korea's leader left.", korea) == {"South Korea's leader": "Moon Jae-in"}


def test_a_first_name_alone_makes_nobody_the_same() -> None:
    two = "Russian Minister Sergei Lavrov left. Russian Minister Sergei Shoigu spoke."
    assert meant("The Russian minister left.", two) == {}


def test_two_leaders_are_nobody_where_there_are_three() -> None:
    assert shared_in("The two leaders met.") == ["leader"]
    assert meant("The two leaders met.", f"{NEWS}French President Emmanuel Macron spoke.") == {}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("When will the Russian president visit China?", ["Vladimir Putin"]),
        ("Who is the Russian president?", []),
        ("When did Putin become president of Russia?", []),
        ("When will the leaders of Russia and China meet?", ["Vladimir Putin", "Xi Jinping"]),
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


def evidence(asked: str, text: str, *who: Meant) -> list[Evidence]:
    interpretation = replace(interpret(Question(asked, date(2024, 6, 1))), meant=who)
    ranked = rank_evidence(interpretation, [article(text)], FakeEmbedder())
    return sorted(ranked, key=lambda item: item.start)


def test_long_lines_of_offices_take_no_longer_than_their_length() -> None:
    started = perf_counter()
    for line in ("Foreign Minister " * 20_000, "Xi " * 50_000, "China's top " * 30_000):
        holders_in(line)
        offices_in(line)
    assert perf_counter() - started < 10


@pytest.mark.parametrize("word", ["X", "Aa-", "A'a", "Minister"])
def test_a_word_without_an_end_takes_no_longer_than_its_length(word: str) -> None:
    line = f"{word * 20_000} president spoke."
    started = perf_counter()
    holders_in(line)
    offices_in(line)
    assert perf_counter() - started < 2

"""Sources that answer differently are told as such; what only adds to an answer is not."""

from datetime import date

import pytest

from rag.answering.assistant import Assistant
from rag.answering.conflict import Told
from rag.answering.evidence.retrieve import Retriever
from rag.answering.question.interpret import interpret
from rag.answering.short import ShortAnswer
from rag.domain import Answer, Article, Evidence, Published, Question
from rag.index.store import Index
from tests.fakes import FakeChat
from tests.fakes_index import FakeEmbedder


def article(name: str, text: str, day: int = 3) -> Article:
    return Article(name, text.partition(".")[0], text, Published.on(date(2024, 5, day), "stated"))


def ask(question: str, draft: str, *articles: Article, short_answers: tuple[str, ...]) -> Answer:
    """The answer over these articles; asked for a few words, the model says what it finds."""
    embedder = FakeEmbedder()
    chat = FakeChat(short_answer="unknown", short_answers=short_answers).enqueue(draft)
    retriever = Retriever(Index.in_memory(articles, embedder), embedder)
    return Assistant(retriever, chat).ask(Question(question, date(2024, 6, 1)))


TWELVE = article("agency.txt", "The Kabul bombing killed 12 people, police said.")
FIFTEEN = article("paper.txt", "The Kabul bombing killed 15 people, doctors told the paper.", 4)
HOW_MANY = "How many people did the Kabul bombing kill?"


def test_both_statements_are_told_with_both_sources() -> None:
    answer = ask(
        HOW_MANY, "The Kabul bombing killed 12 people.", TWELVE, FIFTEEN, short_answers=("12", "15")
    )
    assert (answer.status, answer.reason) == ("answered", "conflict")
    assert answer.text.endswith("The articles give different answers.")
    assert [claim.verdict for claim in answer.claims] == ["supported", "quoted"]
    assert {item.article: item.published for item in answer.citations} == {
        "agency.txt": date(2024, 5, 3),
        "paper.txt": date(2024, 5, 4),
    }


def test_figures_differ_though_all_else_is_the_same() -> None:
    city = article("city.txt", "The bridge of Linz cost 180 million euros, the city said.")
    court = article("court.txt", "The bridge of Linz cost 210 million euros, a court said.", 4)
    answer = ask(
        "How much did the bridge of Linz cost?",
        "The bridge of Linz cost 180 million euros.",
        city,
        court,
        short_answers=("180 million euros", "210 million euros"),
    )
    assert answer.reason == "conflict"


def test_so_do_figures_where_what_they_count_is_a_property() -> None:
    answer = ask(
        "What is the population of Orrock?",
        "The population of Orrock is 837.",
        article("city.txt", "The population of Orrock is 837 people, the census says."),
        article("town.txt", "The population of Orrock is 2,764 people, the census says.", 4),
        short_answers=("837 people", "2,764 people"),
    )
    assert answer.reason == "conflict"


def test_sources_that_say_the_same_do_not_differ() -> None:
    also = article("radio.txt", "The Kabul bombing killed 12 people, the radio reports.", 4)
    answer = ask(
        HOW_MANY, "The Kabul bombing killed 12 people.", TWELVE, also, short_answers=("12",)
    )
    assert (answer.status, answer.reason, len(answer.claims)) == ("answered", None, 1)


def test_a_source_that_is_silent_when_asked_alone_does_not_differ() -> None:
    answer = ask(
        HOW_MANY, "The Kabul bombing killed 12 people.", TWELVE, FIFTEEN, short_answers=("12",)
    )
    assert (answer.status, answer.reason) == ("answered", None)


def test_a_copy_is_no_second_source() -> None:
    """The later one with another figure would be a new edition, not a copy."""
    text = "The Kabul bombing killed 12 people. " + "Shops stayed shut all day. " * 20
    answer = ask(
        HOW_MANY,
        "The Kabul bombing killed 12 people.",
        article("a.txt", text),
        article("b.txt", text, 4),
        short_answers=("12", "15"),
    )
    assert answer.reason is None
    assert answer.citations[0].copies == ("b.txt",)


@pytest.mark.parametrize(
    ("other", "reason"),
    [("June 7, 2023", "conflict"), ("June 5, 2023", None), ("June 5, 1999", None)],
)
def test_days_differ_where_they_may_be_of_one_event(other: str, reason: str | None) -> None:
    first = article("agency.txt", "The Kakhovka dam burst on June 5, 2023, officials said.")
    second = article("paper.txt", f"The Kakhovka dam burst on {other}, the paper wrote.", 4)
    answer = ask(
        "When did the Kakhovka dam burst?",
        "The Kakhovka dam burst on June 5, 2023.",
        first,
        second,
        short_answers=(other, "June 5, 2023"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


@pytest.mark.parametrize(("verb", "reason"), [("founded", "conflict"), ("beaten", None)])
def test_what_happens_once_has_one_day_however_far_another_lies(
    verb: str, reason: str | None
) -> None:
    answer = ask(
        f"When was the Malmo club {verb}?",
        f"The Malmo club was {verb} on 5 June 1904.",
        article("agency.txt", f"The Malmo club was {verb} on 5 June 1904, the city says."),
        article("paper.txt", f"The Malmo club was {verb} on 9 May 1921, the paper wrote.", 4),
        short_answers=("5 June 1904", "9 May 1921"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


def test_reasons_may_all_be_true() -> None:
    answer = ask(
        "Why did the Kakhovka dam burst?",
        "The Kakhovka dam burst after shelling.",
        article("agency.txt", "The Kakhovka dam burst after shelling."),
        article("paper.txt", "The Kakhovka dam burst since nobody had mended it.", 4),
        short_answers=("shelling", "mended"),
    )
    assert answer.reason is None


def test_what_is_next_is_what_the_newest_says() -> None:
    answer = ask(
        "Which city will Xi visit next?",
        "Xi will visit Lima next.",
        article("old.txt", "Xi will visit Rome, officials said.", 1),
        article("new.txt", "Xi will visit Lima next, officials said.", 5),
        short_answers=("Lima", "Rome"),
    )
    assert answer.reason is None


WON = article("agency.txt", "Anna Novak won the election, officials said.")
WON_TOO = article("paper.txt", "Ivan Petrov won the election, the paper wrote.", 4)


def test_of_which_there_is_one_two_names_differ() -> None:
    answer = ask(
        "Which team is the holder of the cup?",
        "The team that is the holder of the cup is Northbank.",
        article("agency.txt", "The team that is the holder of the cup is Northbank."),
        article("paper.txt", "The team that is the holder of the cup is Southbank.", 4),
        short_answers=("Northbank", "Southbank"),
    )
    assert answer.reason == "conflict"


def test_of_one_winner_two_names_differ() -> None:
    answer = ask(
        "Who won the election?",
        "Anna Novak won the election.",
        WON,
        WON_TOO,
        short_answers=("Anna Novak", "Ivan Petrov"),
    )
    assert answer.reason == "conflict"


@pytest.mark.parametrize(
    ("question", "first", "second", "short_answers"),
    [
        (
            "What did Putin and Xi discuss?",
            "Putin and Xi discussed trade.",
            "Putin and Xi discussed energy.",
            ("trade", "energy"),
        ),
        (
            "Who attended the BRICS summit?",
            "Modi attended the BRICS summit.",
            "Erdogan attended the BRICS summit.",
            ("Modi", "Erdogan"),
        ),
        (
            HOW_MANY,
            "The Kabul bombing killed 12 people.",
            "Twelve people died when the Kabul bombing killed shoppers.",
            ("12", "Twelve"),
        ),
        (
            "Where was the summit held?",
            "The summit was held in Beijing.",
            "The summit was held in China, the paper wrote.",
            ("Beijing", "China"),
        ),
    ],
)
def test_what_can_all_be_true_is_no_conflict(
    question: str, first: str, second: str, short_answers: tuple[str, ...]
) -> None:
    sources = article("agency.txt", first), article("paper.txt", second, 4)
    assert ask(question, first, *sources, short_answers=short_answers).reason is None


def test_a_source_that_tells_the_same_day_too_does_not_differ() -> None:
    first = article("agency.txt", "Putin visited China on May 16, 2023, officials said.")
    second = article(
        "paper.txt",
        "Putin visited China on May 16, 2023. On May 18, 2023, Kyiv condemned how Putin visited "
        "China.",
        4,
    )
    answer = ask(
        "When did Putin visit China?",
        "Putin visited China on May 16, 2023.",
        first,
        second,
        short_answers=("May 16, 2023",),
    )
    assert answer.reason is None


JUDGE = article("agency.txt", "Ian Murray (2 July 1910 – 18 December 1982) was a British judge.")
COOK = article("paper.txt", "Ian Murray (5 May 1951 – 3 March 2020) was a Canadian cook.", 4)
ALSO_A_COOK = article("radio.txt", "Ian Murray is a cook to the queen.", 5)
BORN_THEN = article("radio.txt", "Ian Murray (5 May 1951 – 3 March 2020) was a writer.", 5)
ALSO_A_JUDGE = article("radio.txt", "Ian Murray is a Scottish judge and poet.", 5)


def test_two_of_one_name_are_told_apart() -> None:
    answer = ask(
        "What is the profession of Ian Murray?",
        "Ian Murray was a judge.",
        JUDGE,
        COOK,
        short_answers=("judge", "cook"),
    )
    assert answer.reason == "conflict"
    assert [claim.verdict for claim in answer.claims] == ["quoted", "quoted"]


def test_of_two_lives_the_births_are_compared() -> None:
    """The years they both lived in are no day in common."""
    answer = ask(
        "When was Ian Murray born?",
        "Ian Murray was born in 1910.",
        JUDGE,
        COOK,
        short_answers=("2 July 1910", "5 May 1951"),
    )
    assert answer.reason == "conflict"


@pytest.mark.parametrize(
    ("question", "draft", "third", "short_answers"),
    [
        (
            "What is the profession of Ian Murray?",
            "Ian Murray was a judge.",
            ALSO_A_COOK,
            ("judge", "cook"),
        ),
        (
            "When was Ian Murray born?",
            "Ian Murray was born in 1910.",
            BORN_THEN,
            ("2 July 1910", "5 May 1951"),
        ),
    ],
)
def test_what_one_source_has_told_already_no_other_is_asked_for(
    question: str, draft: str, third: Article, short_answers: tuple[str, ...]
) -> None:
    answer = ask(question, draft, JUDGE, COOK, third, short_answers=short_answers)
    assert len(answer.citations) == 2


def test_a_property_that_is_told_in_part_is_no_other() -> None:
    answer = ask(
        "What is the profession of Ian Murray?",
        "Ian Murray was a British judge.",
        article("agency.txt", "Ian Murray was a senior British appeal judge."),
        ALSO_A_JUDGE,
        short_answers=("senior British appeal judge", "Scottish judge"),
    )
    assert answer.reason is None


def test_a_source_that_ranks_far_below_the_best_is_asked_too() -> None:
    beside = article(
        "paper.txt",
        "Kabul bombing shocks the world. Among much else that two doctors told the readers of this "
        "paper on a long evening by the sea they said that fifteen people were killed.",
        4,
    )
    answer = ask(
        HOW_MANY,
        "The Kabul bombing killed 12 people.",
        TWELVE,
        beside,
        short_answers=("12", "fifteen"),
    )
    assert answer.reason == "conflict"


FILM = article("film.txt", "Manic (2017 film) Manic is a Canadian documentary by Kalina Bertin.")
DRAMA = article(
    "drama.txt", "Manic (2001 film) Manic is a 2001 American drama film by Jordan Melamed.", 4
)
ALSO_A_DRAMA = article(
    "also.txt", "Manic (2001 film) Manic is an American drama film written by Ann Lee.", 5
)
WHAT_GENRE = "What is the genre of Manic?"


def test_where_the_model_has_no_word_for_it_what_each_thing_is_said_to_be_is_compared() -> None:
    answer = ask(WHAT_GENRE, "Manic is a documentary.", FILM, DRAMA, ALSO_A_DRAMA, short_answers=())
    assert answer.reason == "conflict"
    assert [item.article for item in answer.citations] == ["film.txt", "also.txt"]


def test_what_is_said_to_be_the_same_in_more_words_does_not_differ() -> None:
    answer = ask(WHAT_GENRE, "Manic is a drama.", DRAMA, ALSO_A_DRAMA, short_answers=())
    assert (answer.status, answer.reason) == ("answered", None)


def test_only_what_an_article_opens_with_says_what_it_is_about() -> None:
    second = article("paper.txt", "Cinemas are full. Manic is a story that sells tickets.", 4)
    answer = ask(WHAT_GENRE, "Manic is a documentary.", FILM, second, short_answers=())
    assert (answer.status, answer.reason) == ("answered", None)


MURPHY = article("one.txt", "The artist of the album Holy Smoke is Peter Murphy, critics say.")
DEBUT = article("two.txt", "Holy Smoke is the debut album from singer Gin Wigmore.", 4)
MENTION = article("two.txt", "Fans love the album. The album Holy Smoke moved Gin Wigmore.", 4)


@pytest.mark.parametrize(("other", "reason"), [(DEBUT, "conflict"), (MENTION, None)])
def test_an_article_on_the_thing_itself_may_tell_it_in_other_words(
    other: Article, reason: str | None
) -> None:
    answer = ask(
        "Who is the artist of the album Holy Smoke?",
        "The artist of the album Holy Smoke is Peter Murphy.",
        MURPHY,
        other,
        short_answers=("Peter Murphy", "Gin Wigmore"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


def test_what_the_model_has_no_word_for_keeps_no_other_source_from_being_asked() -> None:
    poet = article("poet.txt", "Ian Murray is a Welsh poet.", 5)
    answer = ask(
        "What is the profession of Ian Murray?",
        "Ian Murray was a judge.",
        JUDGE,
        COOK,
        poet,
        short_answers=("judge", "unknown", "poet"),
    )
    assert len(answer.citations) == 3


def test_a_day_is_not_told_by_what_an_article_opens_with() -> None:
    answer = ask(
        "When was Ian Murray born?",
        "Ian Murray was born in 1910.",
        JUDGE,
        COOK,
        short_answers=("2 July 1910",),
    )
    assert answer.reason is None


def opening(source: Article) -> Evidence:
    end = source.text.index(".") + 1
    return Evidence(source, 0, end, source.title, 0.8)


def told_otherwise(
    question: str, first: ShortAnswer, cited: Article, alone: ShortAnswer, other: Article
) -> bool:
    told = Told(interpret(Question(question, date(2024, 6, 1))), [first], [opening(cited)])
    return told.otherwise([opening(other)], alone) is not None


def test_what_the_quote_says_already_is_nothing_else() -> None:
    unknown, documentary = ShortAnswer("unknown", 0.7), ShortAnswer("documentary")
    drama = ShortAnswer("drama")
    also = article("also.txt", "Manic (2001 film) Manic is an American drama and documentary.")
    assert not told_otherwise(WHAT_GENRE, unknown, FILM, documentary, also)
    assert told_otherwise(WHAT_GENRE, unknown, FILM, drama, also)


@pytest.mark.parametrize(
    ("kind", "differs"), [("American drama film", True), ("third studio album", False)]
)
def test_what_an_article_opens_with_must_be_what_is_asked_about(kind: str, differs: bool) -> None:
    """An album is no film, and tells the genre of none."""
    asked, unknown = "What is the genre of the film Manic?", ShortAnswer("unknown", 0.7)
    other = article("other.txt", f"Manic (2001) Manic is the {kind}.")
    assert told_otherwise(asked, unknown, FILM, unknown, other) == differs


@pytest.mark.parametrize(
    ("alone", "doubt", "differs"),
    [
        ("Gin Wigmore", 0.1, True),
        ("Gin Wigmore", 0.4, False),
        ("Gin Wigmore, Ann Lee", 0.1, False),
    ],
)
def test_in_other_words_only_what_the_model_is_sure_of_is_told_and_all_of_it(
    alone: str, doubt: float, differs: bool
) -> None:
    asked = "Who is the artist of the album Holy Smoke?"
    debut = article("two.txt", "Holy Smoke is the debut from singer Gin Wigmore.", 4)
    murphy, other = ShortAnswer("Peter Murphy"), ShortAnswer(alone, doubt)
    assert told_otherwise(asked, murphy, MURPHY, other, debut) == differs


def test_in_other_words_it_is_told_of_what_is_named() -> None:
    text = "Holy Smoke is the debut from a singer. Gin Wigmore was born in Kabul."
    other = article("two.txt", text, 4)
    asked = interpret(Question("Who is the artist of the album Holy Smoke?", date(2024, 6, 1)))
    told = Told(asked, [ShortAnswer("Peter Murphy")], [opening(MURPHY)])
    beside = Evidence(other, text.index("Gin"), len(text), "", 0.8)
    assert told.otherwise([beside], ShortAnswer("Gin Wigmore")) is None


@pytest.mark.parametrize("deed", ["released", "raised", "launched", "adopted"])
def test_what_is_done_again_has_more_days_than_one(deed: str) -> None:
    first = article("agency.txt", f"Hamas hostages were {deed} on November 24, 2023.")
    second = article("paper.txt", f"Hamas hostages were {deed} on February 12, 2024.", 4)
    answer = ask(
        f"When were the Hamas hostages {deed}?",
        f"Hamas hostages were {deed} on November 24, 2023.",
        first,
        second,
        short_answers=("November 24, 2023", "February 12, 2024"),
    )
    assert (answer.status, answer.reason) == ("answered", None)


SCHOOL = "{} is a {}. South Hills School moved in {}."


@pytest.mark.parametrize(
    ("opens_with", "reason"), [("South Hills School", "conflict"), ("Provo", None)]
)
def test_of_two_things_of_one_name_each_has_its_own_day(
    opens_with: str, reason: str | None
) -> None:
    answer = ask(
        "When did South Hills School move?",
        "South Hills School moved in August 1998.",
        article("texas.txt", SCHOOL.format("South Hills School", "school in Texas", "August 1998")),
        article("utah.txt", SCHOOL.format(opens_with, "college in Utah", "May 1964"), 4),
        short_answers=("August 1998", "May 1964"),
    )
    assert answer.reason == reason


JOHANNESBURG = "The BRICS summit was held in Johannesburg in August 2023."


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("The BRICS summit was held in Kazan in June 2022.", None),
        ("The BRICS summit was held in Kazan in August 2023.", "conflict"),
        ("The BRICS summit was held in Kazan.", "conflict"),
    ],
)
def test_what_was_at_another_time_is_no_conflict(other: str, reason: str | None) -> None:
    sources = article("one.txt", JOHANNESBURG), article("other.txt", other, 4)
    question, short_answers = "Where was the BRICS summit held?", ("Johannesburg", "Kazan")
    answer = ask(question, JOHANNESBURG, *sources, short_answers=short_answers)
    assert (answer.status, answer.reason) == ("answered", reason)
    assert len(answer.citations) == (2 if reason else 1)


@pytest.mark.parametrize(
    ("deed", "published", "reason"),
    [
        ("won the election", date(2024, 5, 20), "conflict"),
        ("won the election", date(2022, 5, 20), None),
        ("founded the club", date(2022, 5, 20), "conflict"),
    ],
)
def test_news_of_another_year_tells_of_another_election_but_of_the_same_founding(
    deed: str, published: date, reason: str | None
) -> None:
    text = f"Ivan Petrov {deed}, the paper wrote."
    other = Article("paper.txt", "Ivan Petrov", text, Published.on(published, "stated"))
    answer = ask(
        f"Who {deed}?",
        f"Anna Novak {deed}.",
        article("agency.txt", f"Anna Novak {deed}, officials said."),
        other,
        short_answers=("Anna Novak", "Ivan Petrov"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


def test_of_what_happens_once_other_times_differ_too() -> None:
    one = "Anna Novak founded the club of Malmo in May 1904."
    other = article("other.txt", "Ivan Petrov founded the club of Malmo in May 1921.", 4)
    answer = ask(
        "Who founded the club of Malmo?",
        one,
        article("one.txt", one),
        other,
        short_answers=("Anna Novak", "Ivan Petrov"),
    )
    assert answer.reason == "conflict"


@pytest.mark.parametrize(
    ("question", "sentence", "values", "reason"),
    [
        ("Who is Wang Yi?", "Wang Yi is a seasoned {}.", ("diplomat", "minister"), None),
        ("What is BRICS?", "BRICS is a {} of states.", ("bloc", "forum"), None),
        (
            "Which film was directed by Nolan?",
            "The film {} was directed by Nolan.",
            ("Dunkirk", "Tenet"),
            None,
        ),
        (
            "Which country is a member of BRICS?",
            "The country {} is a member of BRICS.",
            ("Brazil", "India"),
            None,
        ),
        (
            "Who directed the film Dunkirk?",
            "{} directed the film Dunkirk.",
            ("Nolan", "Spielberg"),
            "conflict",
        ),
    ],
)
def test_only_what_is_one_alone_is_a_conflict(
    question: str, sentence: str, values: tuple[str, str], reason: str | None
) -> None:
    one, other = map(sentence.format, values)
    sources = article("one.txt", one), article("other.txt", other, 4)
    answer = ask(question, one, *sources, short_answers=values)
    assert (answer.status, answer.reason) == ("answered", reason)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("Ivan Petrov won the election, the paper wrote.", "conflict"),
        ("If Ivan Petrov won the election, he would stay.", None),
        ("Should Ivan Petrov have won the election, he would stay.", None),
    ],
)
def test_what_may_not_come_about_contradicts_nothing(other: str, reason: str | None) -> None:
    answer = ask(
        "Who won the election?",
        "Anna Novak won the election.",
        WON,
        article("paper.txt", other, 4),
        short_answers=("Anna Novak", "Ivan Petrov"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


@pytest.mark.parametrize(
    ("other", "reason"),
    [("Ivan Petrov won the race.", "conflict"), ("Ivan Petrov won in Ohio too.", None)],
)
def test_what_only_a_title_tells_contradicts_nothing(other: str, reason: str | None) -> None:
    source = Article("b.txt", "The Ohio race", other, Published.on(date(2024, 5, 4), "stated"))
    answer = ask(
        "Who won the Ohio race?",
        "Anna Novak won the Ohio race.",
        article("a.txt", "Anna Novak won the Ohio race, officials said."),
        source,
        short_answers=("Anna Novak", "Ivan Petrov"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


@pytest.mark.parametrize(("tense", "reason"), [("is", None), ("was", "conflict")])
def test_when_something_is_the_newest_article_tells_and_nobody_contradicts_it(
    tense: str, reason: str | None
) -> None:
    answer = ask(
        f"When {tense} the trial of Griner?",
        "The trial of Griner ended on 4 May 2024.",
        article("agency.txt", "The trial of Griner ended on 4 May 2024.", 5),
        article("paper.txt", "The trial of Griner went on, on 26 April 2024.", 1),
        short_answers=("4 May 2024", "26 April 2024"),
    )
    assert (answer.status, answer.reason) == ("answered", reason)


def test_how_old_somebody_died_is_no_matter_of_another_year() -> None:
    father = "When her father died, Queen Elizabeth was 25 years old."
    then = Article("then.txt", "Reign", father, Published.on(date(2022, 2, 5), "stated"))
    answer = ask(
        "How old was Queen Elizabeth when she died?",
        "Queen Elizabeth died at the age of 96.",
        article("agency.txt", "Queen Elizabeth died at the age of 96."),
        then,
        short_answers=("96", "25"),
    )
    assert (answer.status, answer.reason) == ("answered", None)


def test_of_what_is_no_news_the_years_are_those_of_the_works() -> None:
    texts = (
        "Bryan Forbes is the director of the film Deadfall, released in May 1968.",
        "Ann Lee is the director of the film Deadfall, released in June 1993.",
    )
    sources = [Article(text, "Deadfall", text, Published.unknown()) for text in texts]
    answer = ask(
        "Who is the director of the film Deadfall?",
        "Bryan Forbes is the director of the film Deadfall.",
        *sources,
        short_answers=("Bryan Forbes", "Ann Lee"),
    )
    assert answer.reason == "conflict"


@pytest.mark.parametrize(
    ("question", "one", "other", "short_answers", "reason"),
    [
        (
            "Who is the governor of Georgia?",
            "Brian Kemp is the governor of Georgia.",
            "Stacey Abrams lost the race to be governor of Georgia.",
            ("Brian Kemp", "Stacey Abrams"),
            None,
        ),
        (
            "Who is the governor of Georgia?",
            "Brian Kemp is the governor of Georgia.",
            "Stacey Abrams is the governor of Georgia.",
            ("Brian Kemp", "Stacey Abrams"),
            "conflict",
        ),
        (
            "Who won the Stanley Cup?",
            "The Avalanche won the Stanley Cup.",
            "The Lightning, winners of the past two Stanley Cups, levelled the game.",
            ("Avalanche", "Lightning"),
            None,
        ),
        (
            "When did the storm hit Florida?",
            "The storm hit Florida on 28 April 2024.",
            "The storm is expected to hit Florida on 25 April 2024.",
            ("28 April 2024", "25 April 2024"),
            None,
        ),
        (
            "How long did Queen Elizabeth reign?",
            "Queen Elizabeth reigned for 70 years.",
            "Queen Elizabeth reigned for seven decades.",
            ("70 years", "seven decades"),
            None,
        ),
        (
            "How long did Queen Elizabeth reign?",
            "Queen Elizabeth reigned for 70 years.",
            "Queen Elizabeth reigned for 65 years.",
            ("70 years", "65 years"),
            "conflict",
        ),
    ],
)
def test_what_only_seems_to_differ_is_no_conflict(
    question: str, one: str, other: str, short_answers: tuple[str, str], reason: str | None
) -> None:
    sources = article("one.txt", one), article("other.txt", other)
    answer = ask(question, one, *sources, short_answers=short_answers)
    assert (answer.status, answer.reason) == ("answered", reason)


def test_one_sentence_in_two_articles_tells_of_one_day() -> None:
    told = "Pelosi landed in Taiwan on Tuesday, a sign of support despite threats from China."
    again = "Pelosi landed in Taiwan Tuesday evening, a sign of support despite threats from China."
    more = "Her plane had circled for an hour. A crowd waited at the gate with flags and flowers."
    sources = article("one.txt", told, 9), article("other.txt", f"{again} {more}", 3)
    draft = "Pelosi landed in Taiwan on Tuesday."
    answer = ask(
        "When did Pelosi land in Taiwan?",
        draft,
        *sources,
        short_answers=("Tuesday", "Tuesday evening"),
    )
    assert (answer.status, answer.reason) == ("answered", None)


def test_the_day_of_something_else_in_the_sentence_contradicts_nothing() -> None:
    answer = ask(
        "When did the FBI search the house?",
        "The FBI searched the house on 8 May 2024.",
        article("one.txt", "The FBI searched the house on 8 May 2024.", 9),
        article(
            "b.txt", "Papers released on 12 May 2024 told of how the FBI searched the house.", 13
        ),
        short_answers=("8 May 2024", "12 May 2024"),
    )
    assert (answer.status, answer.reason) == ("answered", None)

"""A sentence of the draft is kept only with evidence that says it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.answering.evidence.kinds import holds_kind
from rag.answering.evidence.sentences import sentences
from rag.answering.question.interpret import Interpretation, interpret
from rag.answering.quotes import first_quote, quotable, quote
from rag.answering.short import ShortAnswer
from rag.answering.verify import CHECKS, Comparison, check_sentence
from rag.domain import Article, Checked, Evidence, Meant, Published, Question, Rejected
from rag.reading.times import find_times

DAY = date(2024, 5, 15)
SEEDS = Path(__file__).parents[2] / "seeds"
TITLE = "Putin to visit China this week"


def asked(text: str) -> Interpretation:
    return interpret(Question(text, DAY))


def evidence(text: str) -> Evidence:
    published = date(2024, 5, 14)
    article = Article("a.txt", TITLE, text, Published.on(published, "stated"))
    return Evidence(article, 0, len(text), TITLE, 0.9, tuple(find_times(text, published)))


HARBIN = evidence("The Russian president will also visit the city of Harbin in northeast China.")
DAYS = evidence("The Kremlin said that the state visit is scheduled for May 16 and 17.")
PREMIER = evidence("The Russian leader will also hold talks with Chinese Premier Li Qiang.")
ALL = (HARBIN, DAYS, PREMIER)


@pytest.mark.parametrize(
    ("question", "sentence", "backing"),
    [
        ("Which city will Putin visit?", "Putin will visit Harbin.", HARBIN),
        ("When will Putin visit China?", "The visit is scheduled for May 16 and 17.", DAYS),
        ("When will Putin visit China?", "Putin will visit China on May 16 and 17, 2024.", DAYS),
        ("Who is the premier?", "The Chinese premier is Li Qiang.", PREMIER),
    ],
)
def test_a_supported_sentence_cites_what_says_it(
    question: str, sentence: str, backing: Evidence
) -> None:
    checked = check_sentence(sentence, asked(question), ALL)
    assert isinstance(checked, Checked)
    assert (checked.evidence, checked.verdict, checked.text) == (backing, "supported", sentence)


WHICH = "Which city will Putin visit?"


@pytest.mark.parametrize(
    ("question", "sentence", "check"),
    [
        (WHICH, "Putin will visit Shanghai.", "names"),
        ("When will Putin visit?", "The visit is on May 18.", "days"),
        ("When will Putin visit?", "The visit is scheduled for May 2025.", "days"),
        ("When will Putin visit?", "Putin will visit China.", "kind"),
        ("When is the visit?", "The state visit is scheduled for this week.", "days"),
        ("Why was it cancelled?", "The state visit was cancelled.", "topic"),
        ("Who is the Chinese premier?", "It is the Chinese premier.", "kind"),
        ("How many cities?", "He will visit the city of Harbin.", "kind"),
        ("How many cities?", "He will visit 3 cities in northeast China.", "numbers"),
        ("Which city?", "Harbin was bombed by rebels yesterday night.", "words"),
        # all the words that it has in common with the evidence are of the question
        (WHICH, "Putin will visit a smoggy city.", "words"),
        (WHICH, "He will visit Harbin, see a.example/pay.", "addresses"),
        (WHICH, "The Russian president visited Harbin.", "modality"),
        ("Which city?", "He will not visit the city of Harbin.", "contradiction"),
    ],
)
def test_a_sentence_that_no_evidence_says_is_dropped(
    question: str, sentence: str, check: str
) -> None:
    rejected = check_sentence(sentence, asked(question), ALL)
    assert isinstance(rejected, Rejected)
    assert check in rejected.failed


@pytest.mark.parametrize(
    ("sentence", "quote", "check"),
    [
        ("Berg was killed.", "Anna Berg's husband was killed on Monday.", "names"),
        ("Berg died in May 1685.", "Berg's father died in May 1685.", "names"),
        ("Berg was hurt.", "Two people were hurt in Berg's old house on Monday.", "names"),
        ("Ana won the Tour.", "Ana won stage 13 of the Tour on Monday.", "names"),
        ("Ana bought Kestrel.", "Ana bought a stake in Kestrel.", "names"),
        ("Ana and Berg visit each other.", "Ana, in turn, will visit Berg.", "names"),
        ("Moscow is visiting China.", "Moscow's top diplomat is visiting China.", "names"),
        ("5 people died.", "Fewer than 5 people died.", "numbers"),
        ("The war began in 2022.", "The war began before 2022.", "days"),
        ("The work ends on May 20.", "The work ends by May 20.", "days"),
        ("It was founded in 1975.", "It was founded in 1973 and hired a chief in 1975.", "days"),
        ("It hired a chief in 1973.", "It was founded in 1973 and hired a chief in 1975.", "days"),
    ],
)
def test_what_qualifies_the_quote_is_not_left_out(sentence: str, quote: str, check: str) -> None:
    rejected = check_sentence(sentence, asked("Who, when and how many?"), [evidence(quote)])
    assert isinstance(rejected, Rejected)
    assert check in rejected.failed
    assert isinstance(check_sentence(quote, asked("Tell me."), [evidence(quote)]), Checked)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It hired a chief in 1975.", "It was founded in 1973 and hired a chief in 1975."),
        ("It met in 1973 and in 1975.", "It met in 1973 and in 1975."),
        ("It met in 1975.", "It met in 1973 and then in 1975."),
        ("The talks begin on May 20.", "The talks, first held in 2019, begin on May 20."),
        ("The show closes on May 20.", "The show opens on May 16 and closes on May 20."),
    ],
)
def test_a_sentence_of_several_times_backs_each_of_them(sentence: str, quote: str) -> None:
    checked = check_sentence(sentence, asked("Tell me."), [evidence(quote)])
    assert isinstance(checked, Checked)
    assert checked.verdict == "supported"


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_what_an_article_says_it_supports(path: Path) -> None:
    text = path.read_text("utf-8")
    article = Article(path.name, text.partition("\n")[0], text, Published.on(DAY, "stated"))
    compared = [
        Comparison(item.quote, item, asked("Tell me."), ShortAnswer("it"))
        for item in sentences(article)
    ]
    assert compared
    # What answers a question is another matter: these compare the sentence with the quote alone.
    of_the_question = {"kind", "topic", "short answer"}
    assert [it.sentence for it in compared if set(it.failed) - of_the_question] == []


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Putin met Xi in Beijing.", "Putin met Xi in Beijing's Great Hall of the People."),
        ("She won in Harbin.", "She's Norwegian and won in Harbin."),
        ("They agreed on Thursday in Sochi.", "At Thursday's summit in Sochi they agreed."),
        ("Putin spoke after the summit on Thursday.", "Putin spoke after Thursday's summit."),
        ("Trade rose 5 percent.", "Trade rose 5 percent over 2023."),
        ("Ana won the Tour.", "Ana won the Tour after she won stage 13 of the Tour."),
        ("Ana won a stage of the Tour.", "Ana won stage 13 of the Tour."),
        ("Furna was shaken.", "Parts of Furna were shaken."),
    ],
)
def test_what_a_place_or_a_day_has_is_nobodys(sentence: str, quote: str) -> None:
    checked = check_sentence(sentence, asked("Tell me."), [evidence(quote)], ShortAnswer("it"))
    assert isinstance(checked, Checked)


def test_what_somebody_owns_and_does_is_told_of_them() -> None:
    visit = evidence("Xi's visit to Russia begins on May 20.")
    told = check_sentence("Xi will visit Russia on May 20.", asked("When does it begin?"), [visit])
    assert isinstance(told, Checked)


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        ("Who was president before Xi?", "Xi Jinping was president.", False),
        ("Who is the Chinese premier?", "The Chinese Premier is Li Qiang.", True),
        ("Who is the Chinese premier?", "Chinese Premier Li Qiang.", True),
        ("Whom will Putin meet?", "Vladimir Putin will meet Xi Jinping.", True),
        ("Whom will Putin meet?", "Vladimir Putin will meet him.", False),
    ],
)
def test_the_rest_of_a_name_that_was_asked_for_is_no_answer(
    question: str, sentence: str, answers: bool
) -> None:
    assert holds_kind(sentence, asked(question)) is answers
    assert bool(ShortAnswer(sentence).told(asked(question)) & {"jinp", "li", "qiang"}) is answers


WHY = evidence("Putin goes to Harbin to open a forum on trade, the Kremlin said.")


def test_a_reason_is_told_in_the_words_of_the_evidence() -> None:
    checked = check_sentence("Putin goes to open a forum.", asked("Why is Putin going?"), [WHY])
    assert isinstance(checked, Checked)
    assert (checked.verdict, checked.text) == ("quoted", f"“{WHY.quote}”")


def test_a_reason_is_told_beside_what_it_is_the_reason_for() -> None:
    under_the_title = evidence("Putin is ready to open a forum in China, the Kremlin said.")
    rejected = check_sentence(
        "Putin is ready to open a forum.", asked("Why will Putin visit China?"), [under_the_title]
    )
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("topic",)


def test_whether_something_is_so_is_told_in_the_words_of_the_evidence() -> None:
    question, draft = asked("Is the state visit scheduled?"), "Yes, the state visit is scheduled."
    checked = check_sentence(draft, question, [DAYS], ShortAnswer("Yes"))
    assert isinstance(checked, Checked)
    assert (checked.verdict, checked.text) == ("quoted", f"“{DAYS.quote}”")


def test_a_draft_that_repeats_the_question_tells_nothing_of_whether_it_is_so() -> None:
    question = asked("Has the state visit been cancelled?")
    text = f"{DAYS.quote} A concert was cancelled."
    item = replace(DAYS, article=replace(DAYS.article, text=text))
    rejected = check_sentence("Yes, the state visit was cancelled.", question, [item])
    assert isinstance(rejected, Rejected)
    assert "topic" in rejected.failed
    assert not quotable(item, question, share=0.5)


@pytest.mark.parametrize(
    ("question", "draft"),
    [
        ("Who is the premier?", "The Chinese premier is Li Qiang."),
        ("How many of the invited guests come?", "40 guests come."),
    ],
)
def test_whom_and_how_many_a_model_that_wrote_unknown_only_guesses(
    question: str, draft: str
) -> None:
    counted = evidence("To the gala 40 guests come.")
    for short, kept in (("", True), ("unknown", False)):
        checked = check_sentence(draft, asked(question), [PREMIER, counted], ShortAnswer(short))
        assert isinstance(checked, Checked) is kept


def test_how_many_is_told_by_evidence_with_every_word_of_the_question() -> None:
    counted = evidence("To the gala 40 guests come.")
    question = asked("How many guests come to the gala?")
    checked = check_sentence(counted.quote, question, [counted], ShortAnswer("unknown"))
    assert isinstance(checked, Checked)


def test_where_the_model_wrote_unknown_the_evidence_speaks_for_itself() -> None:
    question, draft = asked("What is scheduled?"), "The state visit is scheduled."
    for short, verdict in (("unknown", "quoted"), ("state visit", "supported")):
        checked = check_sentence(draft, question, [DAYS], ShortAnswer(short))
        assert isinstance(checked, Checked)
        assert checked.verdict == verdict


@pytest.mark.parametrize(
    ("question", "quote", "kept"),
    [
        ("What is the mascot of Northbank?", "The mascot of Northbank is Mustang.", True),
        ("What did Northbank announce?", "Northbank announced to Anna Berg.", False),
    ],
)
def test_a_name_alone_answers_what_may_be_a_name(question: str, quote: str, kept: bool) -> None:
    told = evidence(quote)
    checked = check_sentence(told.quote, asked(question), [told], ShortAnswer("unknown"))
    assert isinstance(checked, Checked) is kept


def test_where_a_sentence_holds_but_for_a_time_nobody_asked_for_the_evidence_is_quoted() -> None:
    draft = "Putin will visit Harbin on May 20."
    checked = check_sentence(draft, asked(WHICH), ALL)
    assert isinstance(checked, Checked)
    assert (checked.verdict, checked.evidence) == ("quoted", HARBIN)
    for question in ("When will Putin visit Harbin?", "Which city will Putin visit on May 20?"):
        assert isinstance(check_sentence(draft, asked(question), ALL), Rejected)


@pytest.mark.parametrize("which", ["next", "latest"])
def test_what_is_next_or_was_last_is_asked_for_by_its_time(which: str) -> None:
    question = asked(f"What is Putin's {which} stop?")
    assert isinstance(check_sentence("Putin will visit Harbin on May 20.", question, ALL), Rejected)
    assert isinstance(check_sentence("Putin will visit Harbin.", question, ALL), Checked)


def test_a_sentence_about_another_time_than_the_one_asked_about_is_dropped() -> None:
    both = evidence("Putin will meet Xi in July, Lavrov said on Monday (May 13).")
    draft = "Putin will meet Xi in July."
    assert isinstance(check_sentence(draft, asked("Whom will Putin meet?"), [both]), Checked)
    rejected = check_sentence(draft, asked("What happened on May 13, 2024?"), [both])
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("days",)


def test_days_from_and_to_tell_when_a_thing_ends() -> None:
    range_of_days = evidence("The Harbin fair will be held from May 17 to 21.")
    one_day = evidence("The Harbin fair will be held on May 21.")
    question = asked("When does the Harbin fair end?")
    assert quotable(range_of_days, question)
    assert not quotable(one_day, question)


def test_evidence_that_lacks_the_short_answer_does_not_back_a_sentence() -> None:
    rejected = check_sentence("Putin will visit Harbin.", asked(WHICH), ALL, ShortAnswer("Sochi"))
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("short answer",)
    assert rejected.nearest.quote == HARBIN.quote


def test_no_check_is_there_in_vain() -> None:
    """Each keeps a sentence back that all the others let through."""
    nearest = replace(HARBIN, context="Putin to see 4 cities in China")
    drafts = {
        "kind": ("When will Putin visit?", "He will visit the city of Harbin."),
        "numbers": (WHICH, "The Russian president will visit Harbin, one of 4 cities."),
        "addresses": (WHICH, "The Russian president will visit Harbin: www.a.example"),
        "names": (WHICH, "Xi will wait, the president will visit Harbin."),
        "topic": (
            "Which city is cancelled?",
            "The Russian president cancelled the city of Harbin.",
        ),
        "days": (
            "Which city will Putin visit in May?",
            "The Russian president will visit Harbin in northeast China in May.",
        ),
        "modality": (WHICH, "The Russian president visited the city of Harbin."),
        "contradiction": (WHICH, "The Russian president will not visit the city of Harbin."),
        "words": (WHICH, "Harbin loves famous snow sculptures."),
    }
    for check, (question, sentence) in drafts.items():
        rejected = check_sentence(sentence, asked(question), [nearest])
        assert isinstance(rejected, Rejected), check
        assert rejected.failed == (check,), sentence
    assert {*drafts, "short answer", "speaker"} == set(CHECKS)


PEACE = evidence(
    "Xi said that the ties were conducive to peace, while Putin said that they were stabilizing."
)


def test_nobody_is_told_to_say_what_another_said() -> None:
    question = asked("What did Putin say about the ties?")
    rejected = check_sentence("Putin said the ties were conducive to peace.", question, [PEACE])
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("speaker",)
    said = check_sentence("Putin said that the ties were stabilizing.", question, [PEACE])
    assert isinstance(said, Checked)


def test_the_words_of_another_do_not_answer_what_somebody_said() -> None:
    both = evidence("Xi said that ties help peace, while Putin said that they steady the world.")
    question = asked("What did Putin say about ties with China?")
    rejected = check_sentence("The ties help peace.", question, [both])
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("speaker",)


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        (WHICH, "Harbin.", False),
        (WHICH, "Harbin in China.", False),
        (WHICH, "The city of Harbin.", True),
        (WHICH, "He will go to Harbin.", True),
        ("When is the visit?", "May 16 and 17.", False),
        ("When is the visit?", "It is scheduled for May 16 and 17.", True),
    ],
)
def test_names_and_days_alone_say_nothing_that_could_be_compared(
    question: str, sentence: str, answers: bool
) -> None:
    checked = check_sentence(sentence, asked(question), ALL)
    assert isinstance(checked, Checked if answers else Rejected)


def test_the_first_word_is_no_name_where_the_evidence_writes_it_small() -> None:
    question = asked("Which numbers are multiples of 2?")
    two = evidence("They are not prime, since even numbers are multiples of 2.")
    checked = check_sentence("Even numbers are multiples of 2.", question, [two])
    assert isinstance(checked, Checked)
    of_a_name = replace(two, article=replace(two.article, text=two.quote.replace("even", "Bell")))
    rejected = check_sentence("Even numbers are multiples of 2.", question, [of_a_name])
    assert isinstance(rejected, Rejected)
    assert "names" in rejected.failed


def test_a_word_of_the_question_in_a_name_is_no_answer() -> None:
    photos = evidence("These are the photos that Acquire acquired on Instagram.")
    assert not holds_kind(photos.quote, asked("Who acquired Instagram?"))
    assert holds_kind("Facebook acquired Instagram.", asked("Who acquired Instagram?"))


def test_a_quote_must_tell_what_somebody_is_asked_to_have_done() -> None:
    forum = evidence("Putin made a trip to Beijing in China for the Belt and Road Forum.")
    assert quotable(forum, asked("What did Putin attend on the trip to China?"), 0.5) is False
    assert quotable(forum, asked("What was the trip to China for?"), 0.5)
    copied = check_sentence(forum.quote, asked("What did Putin pay for the trip?"), [forum])
    assert isinstance(copied, Rejected)
    assert copied.failed == ("topic",)


def test_a_thing_of_one_country_is_not_told_of_another() -> None:
    founded = evidence("Harbin in China was founded by Russian settlers.")
    question = asked("Which settlers founded Harbin?")
    rejected = check_sentence("Chinese settlers founded Harbin.", question, [founded])
    assert isinstance(rejected, Rejected)
    assert "names" in rejected.failed
    assert isinstance(
        check_sentence("Russian settlers founded Harbin.", question, [founded]), Checked
    )


def test_who_is_concerned_is_no_answer_to_what_from_a_model_that_does_not_know() -> None:
    topics = evidence("Putin will also talk about trade with Premier Li Qiang.")
    question, unknown = asked("What will he talk about?"), ShortAnswer("Unknown", 0.3)
    only_names = "Putin will talk with Li Qiang."
    assert isinstance(check_sentence(only_names, question, [topics], unknown), Rejected)
    assert isinstance(check_sentence(only_names, question, [topics], ShortAnswer("")), Checked)
    told = "Putin will talk about trade with Li Qiang."
    assert isinstance(check_sentence(told, question, [topics], unknown), Checked)


def test_a_sentence_that_leaves_out_the_short_answer_does_not_answer() -> None:
    question, short = asked("Which city in China will Putin visit?"), ShortAnswer("Harbin")
    rejected = check_sentence("Putin will visit China.", question, [HARBIN, PREMIER], short)
    assert isinstance(rejected, Rejected)
    assert "short answer" in rejected.failed


def test_the_fallback_is_the_evidence_word_for_word() -> None:
    checked = quote(HARBIN, asked("Which city?"))
    assert checked.verdict == "quoted"
    assert HARBIN.quote in checked.text


def test_only_a_quote_with_the_kind_of_thing_asked_for_is_offered() -> None:
    question = asked("When will Putin visit China?")
    assert quotable(DAYS, question)
    assert not quotable(PREMIER, question)


def test_a_quote_says_which_days_it_means() -> None:
    question = asked("When will Putin visit China?")
    assert quote(DAYS, question).text.endswith("(May 16 and 17: 16 to 17 May 2024)")


def test_relative_days_are_made_absolute() -> None:
    later = evidence("Putin will visit China later this week.")
    checked = check_sentence(later.quote, asked("When will Putin visit China?"), [later])
    assert isinstance(checked, Checked)
    assert checked.text == "Putin will visit China between 14 and 19 May 2024."


def test_a_thing_that_opens_a_sentence_has_no_owner() -> None:
    talks = evidence("The Riyadh talks were held on Tuesday.")
    checked = check_sentence("The talks were held in Riyadh.", asked("Where were they?"), [talks])
    assert isinstance(checked, Checked)


def test_to_apply_for_membership_is_not_to_join() -> None:
    applied = evidence("Finland applied for NATO membership on 18 May 2022.")
    sentence = "Finland joined NATO on 18 May 2022."
    checked = check_sentence(sentence, asked("When did Finland join NATO?"), [applied])
    assert isinstance(checked, Rejected)


def test_who_announces_from_a_capital_is_not_told_as_the_country_that_acts() -> None:
    told = evidence("Putin, in turn, will visit China in August, Moscow said.")
    rejected = check_sentence("Russia will visit China in August.", asked("Who?"), [told])
    assert isinstance(rejected, Rejected)
    assert "names" in rejected.failed


def test_next_month_of_an_article_without_a_date_is_no_day() -> None:
    text = "The pool will reopen next month."
    question = asked("When will the pool reopen?")
    undated = Evidence(
        Article("a.txt", "The pool", text, Published.unknown()),
        0,
        len(text),
        "The pool",
        0.9,
        tuple(find_times(text, None)),
    )
    rejected = check_sentence(text, question, [undated])
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("days",)
    assert isinstance(check_sentence(text, question, [evidence(text)]), Checked)


def test_who_is_meant_by_an_office_is_heard_and_not_whose_it_is() -> None:
    quote = "Moscow's top diplomat met China's foreign minister in Astana."
    lavrov = Meant("Moscow's top diplomat", "Sergei Lavrov")
    both = (lavrov, Meant("China's foreign minister", "Wang Yi"))
    question = asked("Where did Lavrov and Wang Yi meet?")
    said = "Sergei Lavrov and Wang Yi met in Astana."
    told = replace(evidence(quote), meant=both)
    assert isinstance(check_sentence(said, question, [told]), Checked)
    putin = Meant("leader of Russia", "Putin")
    visit = replace(evidence("Putin will see them in Astana."), meant=(putin,))
    where = asked("Where will the leader of Russia go?")
    rejected = check_sentence("Russia will see them in Astana.", where, [visit])
    assert isinstance(rejected, Rejected)
    assert rejected.failed == ("names",)


def test_a_title_does_not_tell_whether_something_is_so() -> None:
    question = asked("Will Putin visit Harbin?")
    draft = "Putin will visit Harbin."
    forum = evidence("Putin will also oversee the opening of a forum of Harbin.")
    assert isinstance(check_sentence(draft, question, [forum]), Rejected)
    assert not quotable(forum, question)
    assert isinstance(
        check_sentence(draft, question, [evidence("Putin will visit Harbin.")]), Checked
    )


@pytest.mark.parametrize(
    ("question", "sentence", "quote", "kept"),
    [
        (
            "How long is the sentence of Ann?",
            "The sentence of Ann is 9 years.",
            "The sentence of Ann is nine years in prison.",
            True,
        ),
        (
            "How long is the sentence of Ann?",
            "The sentence of Ann is nine years.",
            "The sentence of Ann is nine years and six months in prison.",
            False,
        ),
        (
            "How much did Musk pay for Twitter?",
            "Musk paid $8 a month for Twitter.",
            "Musk offers Twitter for $8 a month.",
            False,
        ),
        (
            "How much did Musk pay for Twitter?",
            "Musk paid $44 billion for Twitter.",
            "Musk paid $44 billion for Twitter, after all.",
            True,
        ),
    ],
)
def test_how_long_and_how_much_is_what_the_evidence_counts(
    question: str, sentence: str, quote: str, *, kept: bool
) -> None:
    checked = check_sentence(sentence, asked(question), [evidence(quote)])
    assert isinstance(checked, Checked) == kept


@pytest.mark.parametrize(
    ("question", "is_quoted"),
    [("How many people died in Seoul?", False), ("What did people of Seoul fear?", True)],
)
def test_two_sources_with_half_of_the_matter_tell_what_but_not_how_many(
    question: str, *, is_quoted: bool
) -> None:
    one = evidence("The city of Seoul had 4,000 reports on missing people.")
    other = replace(one, article=replace(one.article, id="b.txt"))
    assert bool(first_quote([one, other], asked(question), alike=True)) == is_quoted

"""Question in, cited answer out: a model drafts, code decides."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.as_json import answer_json
from rag.answering.assistant import Assistant
from rag.answering.evidence.retrieve import Retriever
from rag.domain import Answer, Article, Claim, Meant, Published, Question, Turn
from rag.index.store import Index
from tests.fakes import FakeChat
from tests.fakes_index import FakeEmbedder

SPRING = Article(
    "spring.txt",
    "Putin to visit China this week",
    "Putin to visit China this week\n"
    "The state visit to China is scheduled for May 16 and 17.\n"
    "Putin will also visit the city of Harbin in northeast China.\n"
    "He will hold talks with Chinese Premier Li Qiang.",
    Published.on(date(2024, 5, 14), "stated"),
)
AUTUMN = Article(
    "autumn.txt",
    "Wang Yi in Moscow",
    "Wang Yi in Moscow\n"
    "Xi's visit to Russia will coincide with the parade on May 9.\n"
    "Putin will visit China in late August 2025, Moscow said.",
    Published.on(date(2025, 3, 28), "inferred"),
)
TRIP = "When is Putin's next planned trip to China?"


def ask(
    text: str, as_of: str, *drafts: str, history: Sequence[Turn] = (), chat: FakeChat | None = None
) -> Answer:
    """The answer over the two articles, the model writing these drafts; no draft, no model."""
    return assistant(*drafts, chat=chat).ask(
        Question(text, date.fromisoformat(as_of), tuple(history))
    )


def assistant(*drafts: str, chat: FakeChat | None = None) -> Assistant:
    if drafts:
        chat = chat or FakeChat()
        for draft in drafts:
            chat.enqueue(draft)
    return Assistant(retriever(), chat)


@cache
def retriever() -> Retriever:
    embedder = FakeEmbedder()
    return Retriever(Index.in_memory([SPRING, AUTUMN], embedder), embedder)


def test_a_draft_that_the_evidence_says_is_the_answer_and_cites_it() -> None:
    answer = ask(TRIP, "2025-04-01", "Putin will visit China in late August 2025.")
    assert answer.status == "answered"
    assert answer.text == "Putin will visit China in late August 2025. [1]"
    assert [claim.verdict for claim in answer.claims] == ["supported"]
    assert answer.citations[0].article == "autumn.txt"
    assert answer.citations[0].quote == "Putin will visit China in late August 2025, Moscow said."


def test_a_week_is_told_with_the_days_that_its_article_has_further_down() -> None:
    text = "Putin will travel to China this week to meet Xi.\nThe state visit is set for May 16.\n"
    published = Published.on(date(2024, 5, 14), "stated")
    index = Index.in_memory([Article("a", "Putin to visit China", text, published)], FakeEmbedder())
    chat = FakeChat()
    chat.enqueue("Putin will meet Xi this week.")
    question = Question("When will Putin meet Xi next?", date(2024, 5, 15))
    answer = Assistant(Retriever(index, FakeEmbedder()), chat).ask(question)
    assert [claim.text for claim in answer.claims] == [
        "Putin will meet Xi between 13 and 19 May 2024.",
        "“The state visit is set for May 16.” (May 16: 16 May 2024)",
    ]
    assert [claim.citations for claim in answer.claims] == [(1,), (2,)]


def over(
    text: str, asked: str, as_of: str, *drafts: str, short: str = "", doubt: float = 0
) -> Answer:
    """The answer over one article, which opens with its title."""
    published = Published.on(date(2024, 5, 21), "stated")
    title = text.partition("\n")[0]
    index = Index.in_memory([Article("a", title, text, published)], FakeEmbedder())
    chat = FakeChat(short_answer=short, doubt=doubt)
    for draft in drafts:
        chat.enqueue(draft)
    question = Question(asked, date.fromisoformat(as_of))
    return Assistant(Retriever(index, FakeEmbedder()), chat).ask(question)


MINISTERS = (
    "Ministers meet\n"
    "Chinese Foreign Minister Wang Yi and Russia's top diplomat Sergei Lavrov spoke.\n"
    "The Russian foreign minister will visit the city of Harbin on May 30.\n"
)


def test_who_is_meant_by_an_office_is_told_beside_the_quote() -> None:
    answer = over(MINISTERS, "When will Lavrov visit Harbin?", "2024-05-22", "He will on May 30.")
    assert answer.status == "answered"
    assert answer.citations[0].meant == (Meant("Russian foreign minister", "Sergei Lavrov"),)
    [citation] = answer_json(answer)["citations"]
    told = {"office": "Russian foreign minister", "who": "Sergei Lavrov"}
    assert citation["meant"] == [told]


def test_a_question_may_ask_of_somebody_by_the_office() -> None:
    text = MINISTERS.replace("The Russian foreign minister", "Lavrov")
    asked = "When will Moscow's top diplomat visit Harbin?"
    answer = over(text, asked, "2024-05-22", "Lavrov will visit Harbin on May 30.")
    assert answer.text == "Lavrov will visit Harbin on May 30. [1]"
    of_another = over(text, "When will China's top diplomat visit Harbin?", "2024-05-22")
    assert of_another.status == "abstained"


def test_what_comes_next_is_quoted_by_its_day_where_the_model_tells_another() -> None:
    text = "Lavrov to visit Harbin\nLavrov will visit Harbin on May 30.\n"
    drafts = ["Wang Yi will visit Russia."]
    asked = "What is the next visit of Lavrov to Harbin?"
    answer = over(text, asked, "2024-05-22", *drafts, short="Wang Yi")
    assert answer.text == "“Lavrov will visit Harbin on May 30.” [1]"


def test_whether_something_is_so_is_quoted_though_the_model_knows_nothing() -> None:
    text = "Visit ends\nChina hosted Lavrov on Monday.\n"
    answer = over(text, "Did China host Lavrov?", "2024-05-22", short="unknown", doubt=0.9)
    assert answer.text == "“China hosted Lavrov on Monday.” [1]"
    asked = "When did China host Wang Yi?"
    assert over(text, asked, "2024-05-22", short="unknown", doubt=0.9).status == "abstained"


class PiecesOfAll(FakeEmbedder):
    """Its tokenizer knows no word as one."""

    def count_tokens(self, text: str) -> int:
        return 2 * super().count_tokens(text)


def test_a_question_is_answered_in_the_spelling_of_the_articles() -> None:
    embedder, chat = PiecesOfAll(), FakeChat().enqueue("Putin will visit China in late August.")
    reading = Retriever(Index.in_memory([SPRING, AUTUMN], embedder), embedder)
    asked = Question("When will Puttin visit China next?", date(2025, 4, 1))
    answer = Assistant(reading, chat).ask(asked)
    read = "When will Putin visit China next?"
    assert (answer.status, answer.question, answer.read_as) == ("answered", asked.text, read)
    assert read in chat.prompts[0][-1].content
    assert answer_json(answer)["read_as"] == read


def test_capitals_alone_are_not_worth_a_word() -> None:
    answer = ask("when will putin visit china next?", "2025-04-01")
    assert (answer.status, answer.read_as) == ("answered", None)
    assert "read_as" not in answer_json(answer)


def test_a_name_in_small_letters_that_no_article_has_is_still_a_name() -> None:
    told = ask("what will modi visit in china?", "2024-05-15")
    assert (told.status, told.reason) == ("abstained", "no_evidence")


def test_a_citation_number_of_the_model_is_not_believed() -> None:
    answer = ask(TRIP, "2025-04-01", "Putin will visit China in late August 2025 [7].")
    assert answer.text == "Putin will visit China in late August 2025. [1]"


def test_a_draft_that_no_evidence_says_gives_way_to_a_quote() -> None:
    answer = ask(TRIP, "2025-04-01", "Putin will visit China on 3 October 2025.")
    assert [claim.verdict for claim in answer.claims] == ["quoted"]
    assert answer.citations[0].quote in answer.text


def test_a_draft_that_fails_is_drafted_once_more_from_what_came_nearest() -> None:
    chat = FakeChat(copied="Putin will visit China in late August 2025, Moscow said.")
    answer = ask(TRIP, "2025-04-01", "Putin will visit China on 3 October 2025.", chat=chat)
    assert [(claim.text, claim.verdict) for claim in answer.claims] == [(chat.copied, "supported")]
    assert [item.text for item in answer.rejected] == ["Putin will visit China on 3 October 2025."]


def test_a_second_draft_is_checked_as_the_first_one() -> None:
    chat = FakeChat(copied="Putin will visit China on 4 October 2025.")
    answer = ask(TRIP, "2025-04-01", "Putin will visit China on 3 October 2025.", chat=chat)
    assert [claim.verdict for claim in answer.claims] == ["quoted"]
    assert len(answer.rejected) == 2


def test_what_fails_beside_what_holds_is_not_drafted_again() -> None:
    chat = FakeChat(copied="Putin will also visit the city of Harbin in northeast China.")
    drafts = "Putin will visit Harbin. Putin will visit Shanghai."
    answer = ask("Which city will Putin visit?", "2024-05-15", drafts, chat=chat)
    assert [claim.text for claim in answer.claims] == ["Putin will visit Harbin."]


def test_a_mistake_that_is_repeated_is_told_once() -> None:
    wrong = "Putin will visit China on 3 October 2025."
    answer = ask(TRIP, "2025-04-01", wrong, chat=FakeChat(copied=wrong))
    assert [item.text for item in answer.rejected] == [wrong]


def test_a_model_that_nearly_said_unknown_is_not_asked_for_a_draft() -> None:
    chat = FakeChat(short_answer="Harbin", doubt=0.9)
    answer = ask("Which city will Putin visit?", "2024-05-15", chat=chat)
    assert (answer.status, answer.reason) == ("abstained", "unsupported")
    assert chat.prompts == []


def test_a_draft_must_rest_on_what_holds_the_short_answer() -> None:
    drafts = "Putin will visit Harbin."
    for short, status in (("Harbin", "answered"), ("Shanghai", "abstained")):
        chat = FakeChat(short_answer=short)
        answer = ask("Which city will Putin visit?", "2024-05-15", drafts, chat=chat)
        assert answer.status == status


def test_for_a_model_that_says_unknown_nothing_is_quoted() -> None:
    question = "Which city will Putin visit?"
    for draft, status in (("Putin will visit Harbin.", "answered"), ("Shanghai.", "abstained")):
        chat = FakeChat(short_answer="unknown", doubt=0.4)
        assert ask(question, "2024-05-15", draft, chat=chat).status == status


def test_the_sentence_that_holds_is_kept_and_the_other_dropped() -> None:
    drafts = "Putin will visit Harbin. Putin will visit Shanghai."
    answer = ask("Which city will Putin visit?", "2024-05-15", drafts)
    assert [claim.text for claim in answer.claims] == ["Putin will visit Harbin."]


def test_nothing_published_later_exists() -> None:
    chat = FakeChat()
    answer = ask(TRIP, "2024-05-15", "The visit is scheduled for May 16 and 17.", chat=chat)
    assert [citation.article for citation in answer.citations] == ["spring.txt"]
    assert answer.coverage.articles == 1
    assert "August" not in str(chat.prompts)


def test_a_plan_whose_day_has_passed_is_told_as_stale_without_the_model() -> None:
    chat = FakeChat()
    answer = ask(TRIP, "2026-11-21", chat=chat)
    assert (answer.status, answer.reason) == ("stale", None)
    assert "nothing newer" in answer.text
    assert answer.citations[0].article == "autumn.txt"
    assert chat.prompts == []


def test_without_evidence_the_model_is_not_asked() -> None:
    chat = FakeChat()
    answer = ask("Who is the CEO of Apple?", "2025-04-01", chat=chat)
    assert (answer.status, answer.reason) == ("abstained", "no_evidence")
    assert (answer.claims, answer.citations) == ((), ())
    assert answer.text.startswith("The articles do not say.")
    assert answer.nearest
    assert chat.prompts == []


def test_without_a_model_the_best_evidence_is_quoted() -> None:
    answer = ask("Which city in northeast China will Putin visit?", "2024-05-15")
    assert answer.model.backend == "none"
    assert [claim.verdict for claim in answer.claims] == ["quoted"]
    assert "Harbin" in answer.text


def test_each_claim_is_shown_once_it_is_verified() -> None:
    shown: list[Claim] = []
    question = Question("Which city will Putin visit?", date(2024, 5, 15))
    answer = assistant("Putin will visit Shanghai. Putin will visit Harbin.").ask(
        question, shown.append
    )
    assert tuple(shown) == answer.claims


def test_a_follow_up_is_understood_from_the_turn_before() -> None:
    history = [Turn("When will Putin visit China?", "May 16 and 17. [1]")]
    chat = FakeChat()
    answer = ask(
        "Which city will he visit there?",
        "2024-05-15",
        "Putin will visit Harbin.",
        history=history,
        chat=chat,
    )
    assert "Harbin" in answer.text
    assert "When will Putin visit China?" in str(chat.prompts)


def test_the_prompt_keeps_to_the_budget_of_the_model() -> None:
    chat = FakeChat(prompt_budget=200)
    ask("Which city will Putin visit?", "2024-05-15", "Putin will visit Harbin.", chat=chat)
    spent = sum(chat.count_tokens(message.content) for message in chat.prompts[0])
    assert spent <= chat.prompt_budget


@pytest.mark.parametrize("question", [TRIP, "Which city will Putin visit?", "Why?", "Who is Xi?"])
@settings(deadline=None)  # the first example compiles the time grammar
@given(
    as_of=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    draft=st.sampled_from(
        [
            "",
            "Putin will visit China in late August 2025.",
            "Harbin. Moscow [2].",
            "[1] [1]",
            "2031",
        ]
    ),
)
def test_every_answer_keeps_the_contract(question: str, as_of: date, draft: str) -> None:
    answer = ask(question, as_of.isoformat(), draft)
    articles = {article.id: article for article in (SPRING, AUTUMN)}
    cited = [number for claim in answer.claims for number in claim.citations]
    assert sorted(set(cited)) == [citation.number for citation in answer.citations]
    assert all(claim.citations for claim in answer.claims)
    assert (answer.status == "abstained") == (answer.claims == ()) == (answer.reason is not None)
    for citation in (*answer.citations, *answer.nearest):
        article = articles[citation.article]
        assert citation.quote == article.text[citation.start : citation.end]
        assert article.published.exists_on(as_of)


@pytest.mark.parametrize(
    ("text", "question", "draft"),
    [
        (
            "The SCO met in Astana. India and Pakistan officially joined the group in 2017.",
            "When did India join the SCO?",
            "India joined the SCO in 2017.",
        ),
        (
            "Kensett lies in Arkansas. Some 1,791 settlers founded the city in 2017.",
            "When was Kensett founded?",
            "Kensett was founded in 2017.",
        ),
        (
            "Bonner House is a home in Bath. The house was constructed in 2017.",
            "When was Bonner House built?",
            "Bonner House was built in 2017.",
        ),
    ],
)
def test_a_sentence_is_read_with_the_one_that_names_what_it_speaks_of(
    text: str, question: str, draft: str
) -> None:
    article = Article("a.txt", "News", text, Published.on(date(2024, 5, 21), "stated"))
    embedder = FakeEmbedder()
    over = Retriever(Index.in_memory([article], embedder), embedder)
    chat = FakeChat(short_answer="2017").enqueue(draft)
    answer = Assistant(over, chat).ask(Question(question, date(2024, 6, 1)))
    assert [claim.verdict for claim in answer.claims] == ["supported"]
    assert answer.citations[0].quote == text.partition(". ")[2]


def test_the_days_of_an_event_are_quoted_though_the_model_does_not_know() -> None:
    chat = FakeChat(short_answer="unknown")
    answer = ask("When will Xi visit Russia?", "2025-04-01", "Xi will go in 2031.", chat=chat)
    [claim] = answer.claims
    assert (answer.status, claim.verdict) == ("answered", "quoted")
    assert "(May 9: 9 May 2025)" in claim.text


def test_when_that_was_is_quoted_of_what_the_question_before_named() -> None:
    text = "Xi expressed condolences over the March 22 terror attack in Krasnogorsk."
    article = Article("a.txt", "Condolences", text, Published.on(date(2024, 4, 9), "stated"))
    embedder = FakeEmbedder()
    over = Retriever(Index.in_memory([article], embedder), embedder)
    earlier = Turn("What happened in Krasnogorsk?", "A terror attack. [1]")
    question = Question("When was that?", date(2024, 4, 20), (earlier,))
    answer = Assistant(over, FakeChat(short_answer="unknown").enqueue("It was in 2022.")).ask(
        question
    )
    assert [claim.verdict for claim in answer.claims] == ["quoted"]
    assert "(March 22: 22 March 2024)" in answer.claims[0].text


def test_whom_a_model_does_not_know_is_not_quoted() -> None:
    chat = FakeChat(short_answer="unknown")
    answer = ask("Who will meet the Chinese Premier?", "2024-05-15", "Xi will.", chat=chat)
    assert answer.status == "abstained"


def test_a_day_that_two_sources_tell_alike_may_be_quoted_with_half_of_the_topic() -> None:
    def article(name: str, text: str) -> Article:
        return Article(name, name, text, Published.on(date(2021, 10, 20), "stated"))

    one = article("one", "Google presented the phone on October 19, maker of the Pixel 6.")
    other = article("other", "The Pixel 6 was shown by Google on October 19 at its event.")
    embedder = FakeEmbedder()

    def status(*articles: Article) -> str:
        chat = FakeChat(short_answer="October 19, 2021").enqueue("It was made in 2031.")
        retriever = Retriever(Index.in_memory(articles, embedder), embedder)
        question = Question("When was the Pixel 6 announced?", date(2024, 1, 1))
        return Assistant(retriever, chat).ask(question).status

    assert status(one, other) == "answered"
    assert status(one) == "abstained"


def test_whom_is_not_answered_by_a_quote_where_the_model_names_nobody_new() -> None:
    quoted = FakeChat(short_answer="Li Qiang").enqueue("It was made in 2031.")
    asked = "Whom will Putin hold talks with?"
    assert ask(asked, "2024-05-15", chat=quoted).claims[0].verdict == "quoted"
    repeated = FakeChat(short_answer="Putin will hold talks.").enqueue("It was made in 2031.")
    assert ask(asked, "2024-05-15", chat=repeated).status == "abstained"

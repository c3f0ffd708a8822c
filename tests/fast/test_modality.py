"""What was planned, alleged or held possible is not told as a fact."""

import pytest

from rag.answering.language.modality import is_stronger


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Putin visited Harbin.", "Putin will visit Harbin on Friday."),
        ("Putin travelled to China.", "He is expected to travel to China in May."),
        ("Putin met Xi in Astana.", "The leaders would meet in Astana in July, Peskov said."),
        ("The mayor took bribes.", "The mayor allegedly took bribes from builders."),
        ("The mayor took bribes.", "Prosecutors accused the mayor of taking bribes."),
        ("The tax will rise in May.", "The tax might rise in May, analysts said."),
        ("Talks were held.", "Moscow denied that talks were held."),
        ("Putin visited Harbin.", "Putin tried to visit Harbin."),
        ("Lind bought the bank.", "Lind has struck a deal to buy the bank."),
        ("Talks were held.", "Talks are to be held in July."),
        ("Putin held talks with Li.", "Putin will hold talks with Li."),
        ("Putin will visit Harbin.", "If the talks succeed, Putin will visit Harbin."),
        ("The bridge opens on Monday.", "The bridge opens on Monday unless it rains."),
        ("A hundred people died.", "Officials feared that a hundred people died."),
        ("The council banned cars.", "The council vowed to ban cars."),
        ("Egypt hosted the talks.", "Egypt offered to host the talks."),
        ("The storm destroyed the pier.", "The storm nearly destroyed the pier."),
        ("Keller poisoned the well.", "Keller is charged with poisoning the well."),
        ("The wedding was in May.", "They called off the wedding in May."),
    ],
)
def test_more_than_the_quote_says(sentence: str, quote: str) -> None:
    assert is_stronger(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Putin will visit Harbin.", "Putin will visit Harbin on Friday."),
        ("Putin visited Harbin.", "Putin visited Harbin on Friday and will visit Sochi."),
        ("The visit is scheduled for May 16.", "The visit is scheduled to begin on May 16."),
        ("The mayor allegedly took bribes.", "The mayor allegedly took bribes from builders."),
        ("Putin visited Harbin.", "Putin visited Harbin, which could host games."),
        ("The tax might rise.", "The tax might rise in May, analysts said."),
        ("Moscow denied that talks were held.", "Moscow denied that talks were held."),
        ("Wang agreed to meet.", "Wang agreed to meet in Sochi."),
        ("Talks were held.", "Talks were held in May and are to be held again."),
        ("Exports to Russia grew in May.", "Exports to Russia rose in May."),
        ("The soldiers saw the king.", "The soldiers in allegiance saw the king."),
        ("Curie won a prize.", "Curie was the first woman to win a prize."),
        ("Putin was in Sochi.", "Putin flew to talks in Sochi."),
        ("Putin will come.", "Putin will come even if it rains."),
        ("Officials feared that many died.", "Officials feared that many died."),
    ],
)
def test_no_more_than_the_quote_says(sentence: str, quote: str) -> None:
    assert not is_stronger(sentence, quote)

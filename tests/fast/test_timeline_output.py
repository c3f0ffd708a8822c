"""How a timeline is shown: in a terminal, a pipe, as JSON and as a page; articles are hostile."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from rag.answering.as_json import timeline_json
from rag.answering.evidence.sentences import matching_sentences
from rag.answering.language.dates import days_in_words
from rag.answering.question.interpret import interpret
from rag.answering.timeline.timeline import Timeline, make_timeline
from rag.domain import Article, Coverage, Published, Question, TimeSpan
from rag.errors import UsageError
from rag.reading.times import find_times
from rag.terminal.display import Display
from rag.terminal.timeline import TimelineOutput, print_timeline
from rag.terminal.timeline_page import rendered, write_page

HOSTILE = '</title><script>alert(1)</script><img src=x onerror="x">{{ 7*7 }}\x1b[31m\u202e'
PLAN = Article(
    "a.txt",
    "Putin in China",
    "Putin will visit China later this year.",
    Published.on(date(2024, 4, 9), "stated"),
)
EXACT = Article(
    "b.txt",
    f"Putin {HOSTILE}",
    f"Putin will visit China on May 16, said {HOSTILE}",
    Published(date(2024, 5, 14), "inferred", date(2024, 5, 13), date(2024, 5, 15)),
    source=HOSTILE,
)
PAST = Article(
    "c.txt", "News", "Putin visited China in 2023.", Published.on(date(2024, 5, 1), "stated")
)


def timeline(*articles: Article, as_of: date = date(2024, 6, 1)) -> Timeline:
    asked = interpret(Question("Putin visits China", as_of))
    coverage = Coverage(len(articles), date(2024, 4, 9), date(2024, 5, 14))
    return make_timeline(asked, matching_sentences(asked, articles), coverage, 20)


def printed(shown: Timeline, capsys: pytest.CaptureFixture[str]) -> str:
    print_timeline(shown, Display())
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on May 16 and 17", "16 to 17 May 2024"),
        ("on May 16", "16 May 2024"),
        ("in July", "July 2024"),
        ("from May to July", "May to July 2024"),
        ("in late August and early September", "late August to early September 2024"),
        ("in mid-May", "mid-May 2024"),
        ("in 2025", "2025"),
        ("from 2026 to 2028", "2026 to 2028"),
        ("later this year", "9 April to 31 December 2024"),
        ("on December 30 to January 2", "30 December 2024 to 2 January 2025"),
    ],
)
def test_days_are_told_as_exactly_as_the_text_does(text: str, days: str) -> None:
    [span] = find_times(f"He will go {text}.", date(2024, 4, 9))
    assert days_in_words(span) == days


def test_days_without_an_end_have_no_words() -> None:
    assert days_in_words(TimeSpan("soon", 0, 4, date(2024, 1, 1), None, "FUTURE_REF")) == ""
    assert days_in_words(TimeSpan("recently", 0, 8, None, date(2024, 1, 1), "PAST_REF")) == (
        "by 1 January 2024"
    )


def test_each_entry_shows_its_days_its_kind_and_its_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = printed(timeline(PLAN, EXACT, PAST), capsys)
    assert said.startswith("● 2023  done\n")
    assert "○ 9 April to 31 December 2024  planned\n" in said
    assert "changed on 14 May 2024 (inferred): 16 May 2024 (inferred)\n" in said
    assert "◆ 16 May 2024 (inferred)  changed\nbefore: 9 April to 31 December 2024\n" in said
    assert "its time has passed, not reported since\n" in said
    assert "[1] News · 1 May 2024 · c.txt\n“Putin visited China in 2023.”\n" in said


def test_a_pipe_gets_nothing_a_terminal_would_obey(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(timeline(PLAN, EXACT, PAST), capsys)
    assert not re.search("[\x1b\u202e]", said)


def test_it_fits_forty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    display = Display()
    display.out = Console(width=40, force_terminal=True, no_color=True, highlight=False)
    print_timeline(timeline(PLAN, EXACT, PAST), display)
    plain = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    lines = [line.rstrip() for line in plain.splitlines()]
    assert max(map(len, lines)) <= 40
    assert lines[:4] == [
        "○ planned: told ahead · ◆ changed: a",
        "plan's new day · ● done: told as past",
        "",
        "● 2023  done",
    ]


def test_nothing_found_is_said_with_what_there_was(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(timeline(), capsys)
    assert said == "The articles do not say. They cover 9 April 2024 to 14 May 2024.\n"
    assert "The articles do not say." in rendered(timeline())


def test_other_programs_get_days_and_citations() -> None:
    [past, plan, exact] = json.loads(json.dumps(timeline_json(timeline(PLAN, EXACT, PAST))))[
        "entries"
    ]
    assert (past["kind"], past["first_day"], past["inferred"]) == ("done", "2023-01-01", False)
    assert (plan["standing"], plan["replaced_by"]["first_day"]) == ("replaced", "2024-05-16")
    assert (exact["before"]["words"], exact["inferred"]) == ("later this year", True)
    [cited] = exact["citations"]
    assert cited["quote"] == EXACT.text[cited["start"] : cited["end"]]
    assert cited["published_basis"] == "inferred"


class Page(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(name for name, _ in attrs)


def test_a_hostile_article_is_shown_as_its_words() -> None:
    page = Page(rendered(timeline(PLAN, EXACT)))
    assert not {"script", "img", "link", "iframe", "a"} & set(page.tags)
    assert not {"src", "href", "onerror"} & set(page.attributes)
    assert page.tags.count("title") == 1
    assert "{{ 7*7 }}" in rendered(timeline(EXACT))
    assert not re.search("[\x1b\u202e]", rendered(timeline(EXACT)))


def test_the_page_needs_no_network_and_knows_light_and_dark() -> None:
    page = rendered(timeline(PLAN, EXACT, PAST))
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"https?:|url\(|@import", page)


def test_the_page_has_every_entry_with_the_day_asked_between() -> None:
    page = rendered(timeline(PLAN, EXACT, PAST, as_of=date(2024, 5, 15)))
    assert page.count("<blockquote>") == 3
    assert all(f'<span class="kind">{kind}' in page for kind in ("planned", "changed", "done"))
    assert page.index("9 April to 31") < page.index("As of 15 May 2024") < page.index("still ahead")


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        write_page(timeline(PLAN), tmp_path / "nowhere" / "page.html")


def test_a_page_goes_to_its_file_and_json_to_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = TimelineOutput(20, tmp_path / "page.html", as_json=True)
    output.show(timeline(PLAN), Display())
    assert (tmp_path / "page.html").read_text("utf-8") == rendered(timeline(PLAN))
    assert json.loads(capsys.readouterr().out)["topic"] == "Putin visits China"

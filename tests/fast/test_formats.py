"""Reading: every kind of file becomes clean, dated articles, and bad input a message."""

import io
import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from rag.domain import Article, Basis, Published
from rag.errors import ReadingError, UsageError
from rag.reading.characters import decoded, normalised
from rag.reading.formats import MAX_BYTES, ReadFile, find_files, find_sidecars, read_articles
from rag.reading.headlines import headline, headline_of_address

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below the ingested folder, which is ``tmp_path``."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def article_in(path: Path, root: Path | None = None) -> Article:
    (article,) = read_articles(path, root or path.parent).articles
    return article


def refusal(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        read_articles(path, path.parent)
    return str(caught.value)


def on(day: str, basis: str) -> Published:
    return Published.on(date.fromisoformat(day), basis)


def pdf(words: str = "", title: str | None = None) -> bytes:
    return saved(pdf_writer(words, title))


def pdf_writer(words: str = "", title: str | None = None) -> PdfWriter:
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject({NameObject("/F"): names(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    lines = "".join(f"({line}) Tj 0 -14 Td " for line in words.split("\n") if line)
    stream.set_data(f"BT /F 12 Tf 50 700 Td {lines} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata(
        {"/CreationDate": "D:20200101000000"} | ({"/Title": title} if title else {})
    )
    return writer


def names(values: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in values.items()})


def saved(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


# --- the seeds -------------------------------------------------------------------------------


def test_the_seeds_have_titles_dates_and_no_headers(seeds: Path) -> None:
    articles = [article_in(path, seeds) for path in find_files(seeds)]
    assert [(article.title, article.published.day) for article in articles] == [
        (
            "Putin to make official visit to China in 2024 — Russian Foreign Ministry",
            date(2024, 4, 9),
        ),
        (
            "China stands ready to strengthen bilateral communication with Russia and enhance "
            "multilateral…",
            date(2024, 4, 10),
        ),
        (
            "China's top diplomat Wang Yi will visit Russia next week for talks on issues such as "
            "settling the…",
            None,
        ),
        ("Putin to visit China this week – Kremlin", None),
        (
            "Russian President Vladimir Putin is expected to meet his Chinese counterpart Xi "
            "Jinping again in…",
            date(2024, 5, 21),
        ),
    ]
    assert articles[0].text.startswith("Putin to make official visit")
    assert articles[1].text.startswith("China stands ready")
    assert {article.published.basis for article in articles} == {"stated", "unknown"}
    assert {article.source for article in articles} == {None}


# --- titles ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Putin in Harbin\nHe came on Friday.", "Putin in Harbin"),
        ("Will Putin come?\nNobody knows.", "Will Putin come?"),
        ("He came on Friday. He left on Sunday.\nMore.", "He came on Friday"),
        ("He came to\nthe city. He left.", "He came to the city"),
        ("word " * 30 + "end.", "word " * 19 + "word…"),
        ("x" * 300, "x" * 99 + "…"),
        (".", "."),
    ],
    ids=["headline", "question", "first sentence", "wrapped", "long", "long word", "stop"],
)
def test_a_text_without_a_title_is_called_by_its_first_words(text: str, title: str) -> None:
    assert headline(text) == title


@given(st.text(min_size=1).map(normalised).filter(bool))
@settings(deadline=None)
def test_every_text_has_a_title_that_fits_a_line(text: str) -> None:
    title = headline(text)
    assert title
    assert "\n" not in title
    assert len(title) <= 120


# --- plain text ------------------------------------------------------------------------------


def test_the_headline_stays_in_the_text(write: Write) -> None:
    article = article_in(write("a.txt", "Putin in Harbin\nHe came on Friday."))
    assert article == Article(
        "a.txt", "Putin in Harbin", "Putin in Harbin\nHe came on Friday.", Published.unknown()
    )


def test_the_id_is_the_path_below_the_ingested_folder(write: Write, tmp_path: Path) -> None:
    path = write("2024/may/a.txt", "Putin came.")
    assert article_in(path, tmp_path).id == "2024/may/a.txt"
    assert article_in(path, path).id == "a.txt"


def test_a_header_in_the_text_outweighs_the_file_name(write: Write) -> None:
    article = article_in(write("2024-05-12.txt", " date 2024-05-14 \n\nPutin came."))
    assert article.published == on("2024-05-14", "stated")
    assert article.text == "Putin came."


def test_a_date_in_the_file_name_is_metadata(write: Write) -> None:
    path = write("20240512-harbin.txt", "Putin came.")
    assert article_in(path).published == on("2024-05-12", "metadata")


@pytest.mark.parametrize(
    "data",
    [
        "Café – “Yes”".encode(),
        b"\xef\xbb\xbf" + "Café – “Yes”".encode(),
        "Café – “Yes”".encode("utf-16"),
        b"\xfe\xff" + "Café – “Yes”".encode("utf-16-be"),
        "Café – “Yes”".encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end first", "windows-1252"],
)
def test_common_encodings_are_read(write: Write, data: bytes) -> None:
    assert article_in(write("a.txt", data)).text == "Café – “Yes”"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"plain\0text",
        "no mark".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8",
        b"caf\xe9 \x81",
        b"caf\xe9 \x1b[31m",
    ],
    ids=["png", "nul", "utf-16 without mark", "broken utf-16", "undefined byte", "escape"],
)
def test_what_is_no_text_is_refused(write: Write, data: bytes) -> None:
    assert refusal(write("a.txt", data)).endswith(
        "a.txt: not text. Save it as UTF-8, or leave it out."
    )


# --- the stored text -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "stored"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("page one.\fPage two.", "page one.\nPage two."),
        ("tab\tstays \t\nend", "tab\tstays\nend"),
        ("a\n\n\n\nb\n\n\nc", "a\n\nb\n\n\nc"),
        ("\n\n  text\n\n", "text"),
        ("red\x1b[31m \x07bell\x7f\x9b2J", "red[31m bell2J"),
        ("zero\u200bwidth\ufeff, \u202eright to left\u2066", "zerowidth, right to left"),
        ("hidden\U000e0041\U000e0042 tags, soft\xadhyphen", "hidden tags, softhyphen"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("10\xa0000 – “quoted”", "10\xa0000 – “quoted”"),
    ],
)
def test_the_stored_text_holds_nothing_invisible(found: str, stored: str) -> None:
    assert normalised(found) == stored


anything = st.text(st.characters() | st.sampled_from("\r\n\t \x1b\u200b\u202e\u0301\xad\x85\ud800"))


@given(anything)
def test_storing_a_stored_text_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(anything)
def test_a_stored_text_has_no_control_characters(text: str) -> None:
    stored = normalised(text)
    controls = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - {"\n", "\t"}
    assert not controls & set(stored)
    assert stored == stored.strip()
    stored.encode()


@given(st.binary())
def test_bytes_become_text_or_a_message(data: bytes) -> None:
    try:
        assert "\0" not in decoded(data, "a.txt")
    except ReadingError as error:
        assert str(error).startswith("a.txt: not text")  # noqa: PT017 - both ends are right


# --- Markdown --------------------------------------------------------------------------------


def test_front_matter_is_read_and_is_no_part_of_the_text(write: Write) -> None:
    article = article_in(
        write(
            "a.md",
            "---\ntitle: 'Putin: a visit'\ndate: 2024-05-14\nsource: TASS\nauthor: A. Writer\n"
            "url: https://example.org/a\n---\n# Heading\n\nHe came on Friday.\n",
        )
    )
    assert article == Article(
        "a.md",
        "Putin: a visit",
        "Heading\n\nHe came on Friday.",
        on("2024-05-14", "metadata"),
        "TASS",
        "https://example.org/a",
    )


def test_a_heading_is_the_title_where_front_matter_has_none(write: Write) -> None:
    article = article_in(write("a.md", "## *Putin* in [Harbin](u)\n\nHe came."))
    assert (article.title, article.text) == ("Putin in Harbin", "Putin in Harbin\n\nHe came.")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("---\nwords between rules\n---\nHe came.", "words between rules\n\nHe came."),
        ("First.\n\n---\nAnd: then.\n---\nLast.", "First.\n\nAnd: then.\n\nLast."),
    ],
)
def test_what_stands_between_rules_but_is_no_field_stays(
    write: Write, text: str, read: str
) -> None:
    assert article_in(write("a.md", text)).text == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("He **came** to _Harbin_ on ***Friday***.", "He came to Harbin on Friday."),
        ("He [came](http://a.org/x_(y) 'why') to [Harbin][1].\n\n[1]: u", "He came to Harbin."),
        (
            "See <https://a.org>, or a\\*b, AT&amp;T, `code` and 3 * 4 * 5.",
            "See https://a.org, or a*b, AT&T, code and 3 * 4 * 5.",
        ),
        (
            "Head\n====\n\nFirst\nline.\\\nBroken.\n\n#1 stays.",
            "Head\n\nFirst\nline.\nBroken.\n\n#1 stays.",
        ),
        (
            "- one\n- **two**\n\n  still two\n  - nested\n* three",
            "one\n\ntwo\n\nstill two\n\nnested\n\nthree",
        ),
        (
            "It was long ago.\n\n1945. That was the year.\n2. Next.",
            "It was long ago.\n\n1945. That was the year.\n\n2. Next.",
        ),
        ("> He said\n> this.\n>\n> > Deeper.", "He said\nthis.\n\nDeeper."),
        ("| A | *B* |\n|---|---|\n| 1 | [2](u) |\n\nEnd.", "A\tB\n1\t2\n\nEnd."),
        (
            "```py\nx = 1\n```\n\n    y * z * 2\n\n![A photograph](p.jpg)\n\nEnd.",
            "x = 1\n\ny * z * 2\n\nEnd.",
        ),
        (
            "One<br>two <b>three</b>.\n\n<div class='x'>\nA &amp; B\n</div>\n\n<!-- no -->\n\nEnd.",
            "One\ntwo three.\n\nA & B\n\nEnd.",
        ),
        ("~~Old~~ new.", "Old new."),
    ],
)
def test_markdown_is_read_as_its_reader_sees_it(write: Write, text: str, read: str) -> None:
    assert article_in(write("a.md", text)).text == read


@pytest.mark.parametrize(
    "fields", ["title: Putin: a visit", "date: 2024-13-45", "title: [" + "[" * 5_000]
)
def test_malformed_front_matter_is_refused(write: Write, fields: str) -> None:
    message = refusal(write("a.md", f"---\n{fields}\n---\nHe came."))
    assert "a.md: malformed front matter (" in message
    assert "needs quotes" in message


# --- what a story was updated by, and what the user knows better ----------------------------

CLOSED = "Opened in May.\nThe shop closed on Feb. 13, 2023, officials said."


@pytest.mark.parametrize(
    ("name", "text", "basis"),
    [
        ("a.txt", f"Date: 2 May 2022\n{CLOSED}", "stated"),
        ("2022-05-02.txt", CLOSED, "metadata"),
        ("a.md", f"---\ndate: 2022-05-02\n---\n{CLOSED}", "metadata"),
        ("a.jsonl", json.dumps({"text": CLOSED, "date": "2022-05-02"}), "metadata"),
    ],
)
def test_a_text_that_tells_a_later_day_as_past_exists_from_that_day(
    write: Write, name: str, text: str, basis: Basis
) -> None:
    day, later = date(2022, 5, 2), date(2023, 2, 13)
    assert article_in(write(name, text)).published == Published(day, basis, day, later)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Putin came."),
        ("a.txt", f"Date: 2 May 2022\n{CLOSED}"),
        ("2024-01-01.html", f"<html><body><p>{'Putin came to Harbin. ' * 20}</p></body></html>"),
        ("a.md", "---\ndate: 2022-05-02\n---\nPutin came."),
    ],
)
def test_the_day_in_a_sidecar_outweighs_all_others(write: Write, name: str, text: str) -> None:
    write(f"{name}.meta.toml", "published = 2024-05-14")
    assert article_in(write(name, text)).published == on("2024-05-14", "metadata")


def test_a_sidecar_says_what_the_file_does_not_and_is_no_article(
    write: Write, tmp_path: Path
) -> None:
    path = write("a.txt", "Date: 2 May 2022\nPutin came.")
    write("a.txt.meta.toml", 'title = "Putin in Harbin"\nsource = "TASS"\nurl = "https://t.ru/1"')
    article = article_in(path)
    assert article.published == on("2022-05-02", "stated")
    assert (article.title, article.source) == ("Putin in Harbin", "TASS")
    assert (article.url, article.text) == ("https://t.ru/1", "Putin came.")
    assert find_files(tmp_path) == [path]


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ("published = soon", "not valid TOML"),
        ('published = "05/06/2024"', "'published' names no day. Write: published = 2025-03-28"),
        ("published = true", "'published' names no day"),
        ("title = 7", "'title' is no text"),
        ('source = " "', "'source' is no text"),
        ("date = 2024-05-14", "'date' is none of its keys: published, title, source, url."),
        ("\0", "not text"),
        ("", "empty"),
    ],
)
def test_what_is_wrong_with_a_sidecar_is_said_of_it(write: Write, sidecar: str, said: str) -> None:
    beside = write("a.txt.meta.toml", sidecar)
    message = refusal(write("a.txt", "Putin came."))
    assert message.startswith(f"{beside}: ")
    assert said in message


def test_sidecars_are_found_as_articles_are(write: Write, tmp_path: Path) -> None:
    article = write("a.txt", "Putin came.")
    found = [write("a.txt.meta.toml", ""), write("b/summit.meta.toml", "")]
    write(".hidden/c.txt.meta.toml", "")
    write("meta.toml", "")
    assert find_sidecars(tmp_path) == found
    assert find_sidecars(article) == []


def test_a_file_of_many_articles_has_no_sidecar(write: Write) -> None:
    beside = write("a.jsonl.meta.toml", "published = 2024-05-14")
    assert refusal(write("a.jsonl", '{"text": "Putin came."}')).startswith(f"{beside}: of many")


# --- web pages -------------------------------------------------------------------------------

PAGE = """<html><head><title>Putin in Harbin | The Daily</title>
<meta property="og:site_name" content="The Daily">
<meta property="article:modified_time" content="2024-06-01T09:00:00Z">
<meta property="article:published_time" content="2024-05-14T09:00:00Z">
<link rel="canonical" href="https://daily.example.org/a"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Putin in Harbin</h1>
<p>{words}</p></article><footer>Copyright 2019</footer></body></html>"""
WORDS = "President Vladimir Putin of Russia came to the Chinese city of Harbin on Friday. " * 5


@pytest.mark.parametrize("suffix", ["html", "htm", "HTML"])
def test_a_web_page_gives_its_article_and_what_it_declares(write: Write, suffix: str) -> None:
    article = article_in(write(f"a.{suffix}", PAGE.format(words=WORDS)))
    assert article.title == "Putin in Harbin"
    assert article.published == on("2024-05-14", "metadata")
    assert (article.source, article.url) == ("The Daily", "https://daily.example.org/a")
    assert WORDS.strip() in article.text
    assert "Home" not in article.text
    assert "Copyright" not in article.text


@pytest.mark.parametrize("words", ["It began on 3 May 2019.", "Copyright 2019"])
def test_no_date_is_guessed_from_the_words_of_a_page(write: Write, words: str) -> None:
    page = f"<html><body><p>{WORDS}</p><p>{words}</p></body></html>"
    assert article_in(write("a.html", page)).published == Published.unknown()


@pytest.mark.parametrize(
    "declaration",
    [
        '<?xml version="1.0" encoding="windows-1251"?><html><body>',
        '<html><head><meta charset="windows-1251"></head><body>',
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        "</head><body>",
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(write: Write, declaration: str) -> None:
    page = f"{declaration}<p>Президент Путин прибыл в Харбин.</p></body></html>"
    text = article_in(write("a.html", page.encode("cp1251"))).text
    assert text == "Президент Путин прибыл в Харбин."


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><body><script>x()</script>"])
def test_a_page_without_an_article_is_refused(write: Write, page: str) -> None:
    assert "a.html: a page with no article. Save" in refusal(write("a.html", page))


# --- PDF -------------------------------------------------------------------------------------


def test_a_pdf_gives_its_text_and_title_but_no_date(write: Write) -> None:
    article = article_in(write("a.pdf", pdf("Putin came to\nHarbin on Friday.", "Putin in Harbin")))
    assert article == Article(
        "a.pdf", "Putin in Harbin", "Putin came to\nHarbin on Friday.", Published.unknown()
    )


def test_a_pdf_with_no_text_is_refused(write: Write) -> None:
    assert "a.pdf: a PDF with no text, perhaps scanned. Run" in refusal(write("a.pdf", pdf()))


def test_an_encrypted_pdf_is_refused(write: Write) -> None:
    writer = pdf_writer("Secret.")
    writer.encrypt("password", algorithm="RC4-128")
    assert "a.pdf: an encrypted PDF. Save" in refusal(write("a.pdf", saved(writer)))


def test_a_pdf_that_anyone_may_open_is_read_though_encrypted(write: Write) -> None:
    writer = pdf_writer("Not so secret.")
    writer.encrypt("", owner_password="password", algorithm="RC4-128")
    assert article_in(write("a.pdf", saved(writer))).text == "Not so secret."


@pytest.mark.parametrize("data", [b"hello", b"%PDF-1.7\njunk", pdf("Words.")[:300]])
def test_a_damaged_pdf_is_refused(write: Write, data: bytes) -> None:
    assert "a.pdf: a damaged PDF (" in refusal(write("a.pdf", data))


def test_what_pypdf_remarks_on_does_not_reach_the_terminal(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    refusal(write("a.pdf", b"hello"))
    assert capsys.readouterr().err == ""


# --- JSON Lines ------------------------------------------------------------------------------


def lines(*objects: object) -> str:
    return "\n".join(json.dumps(each) for each in objects)


def messages(found: ReadFile) -> list[str]:
    return [str(problem).rpartition("/")[2] for problem in found.problems]


def test_each_line_is_an_article(write: Write, tmp_path: Path) -> None:
    full = {
        "text": "Putin came.",
        "title": "Putin in Harbin",
        "date": "May 14, 2024",
        "url": "https://example.org/a",
        "source": "TASS",
        "id": 7,
    }
    path = write("wire/2024-05-20.jsonl", lines(full) + "\n\n" + lines({"text": "He left."}))
    assert read_articles(path, tmp_path).articles == (
        Article(
            "7",
            "Putin in Harbin",
            "Putin came.",
            on("2024-05-14", "metadata"),
            "TASS",
            "https://example.org/a",
        ),
        Article("wire/2024-05-20.jsonl:3", "He left", "He left.", Published.unknown()),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "cut', "not valid JSON (Unterminated string starting at, column 10)"),
        ('["Putin came."]', "not a JSON object"),
        ('{"title": "No text"}', "no 'text'"),
        ('{"text": 5}', "no 'text', or one that is not a string"),
        ('{"text": " \\u200b\\n"}', "no text in it"),
        ('{"text": "caf\udce9"}', "not readable JSON ('utf-8' codec can't decode"),
        ("[" * 100_000, "not readable JSON (maximum recursion depth"),
    ],
    ids=["cut off", "list", "no text", "number", "invisible", "not utf-8", "too deep"],
)
def test_a_bad_line_is_named_and_the_others_are_read(write: Write, line: str, problem: str) -> None:
    data = f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}'.encode(errors="surrogateescape")
    found = read_articles(path := write("a.jsonl", data), path.parent)
    assert [article.id for article in found.articles] == ["a.jsonl:1", "a.jsonl:3"]
    assert [message[: len("a.jsonl, line 2: " + problem)] for message in messages(found)] == [
        f"a.jsonl, line 2: {problem}"
    ]


def test_the_second_of_two_equal_ids_is_a_problem(write: Write) -> None:
    path = write("a.jsonl", lines({"id": "x", "text": "One."}, {"id": "x", "text": "Two."}))
    found = read_articles(path, path.parent)
    assert [article.text for article in found.articles] == ["One."]
    assert messages(found) == ["a.jsonl, line 2: the id 'x' is that of line 1. Give each its own."]


def test_line_separators_inside_a_string_end_no_line(write: Write) -> None:
    path = write("a.jsonl", '{"text": "One.\u2028Two."}')
    assert article_in(path).text == "One.\nTwo."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_may_begin_with_a_byte_order_mark(write: Write, encoding: str) -> None:
    assert article_in(write("a.jsonl", '{"text": "Café."}'.encode(encoding))).text == "Café."


def test_binary_json_lines_are_refused_once(write: Write) -> None:
    assert "a.jsonl: not text." in refusal(write("a.jsonl", b"\0\n\0\n\0\n"))


# --- files that cannot be read ---------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "pdf", "jsonl"])
def test_an_empty_file_is_refused(write: Write, suffix: str) -> None:
    assert f"a.{suffix}: empty. Give it" in refusal(write(f"a.{suffix}", b""))


@pytest.mark.parametrize("suffix", ["txt", "md", "jsonl"])
def test_a_file_of_white_space_is_refused(write: Write, suffix: str) -> None:
    message = refusal(write(f"a.{suffix}", " \r\n\u200b\n" if suffix != "jsonl" else " \n\n"))
    assert message.endswith("or leave it out.")


def test_a_header_alone_is_no_article(write: Write) -> None:
    assert "a.txt: no text in it." in refusal(write("a.txt", "date 2024-05-14\n\n"))


def test_a_file_over_the_limit_is_refused_before_it_is_read(write: Write) -> None:
    path = write("a.txt", "")
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES)
    assert "a.txt: too large (200 MB, more than 100 MB). Split it" in refusal(path)


def test_a_file_that_may_not_be_read_is_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(self: Path) -> bytes:  # the tests may run as root, who may read anything
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", "Putin came.")
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "a.txt: cannot be read (Permission denied). Allow it." in refusal(path)


def test_a_file_that_has_gone_is_refused(tmp_path: Path) -> None:
    assert "a.txt: cannot be found (No such file or directory)" in refusal(tmp_path / "a.txt")


def test_a_kind_of_file_not_read_here_is_refused(write: Write) -> None:
    assert "a.docx: not a kind of file read here (.txt, .md," in refusal(write("a.docx", "x"))


def test_names_that_would_disturb_the_terminal_are_escaped(write: Write) -> None:
    assert article_in(write("a\x1b[2J\u202e.txt", "Putin came.")).id == r"a\x1b[2J\u202e.txt"
    assert r"b\x1b.txt: empty" in refusal(write("b\x1b.txt", b""))


# --- which files -----------------------------------------------------------------------------


def test_readable_files_are_found_in_order_and_hidden_ones_are_not(
    write: Write, tmp_path: Path
) -> None:
    for name in ("b.txt", "a/z.MD", "a/c.pdf", "a.jsonl", "notes.docx", ".hidden.txt", ".git/x.md"):
        write(name, "x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
    assert found == ["a/c.pdf", "a/z.MD", "a.jsonl", "b.txt"]


def test_a_file_is_found_as_itself(write: Write) -> None:
    path = write("a.txt", "x")
    assert find_files(path) == [path]


def test_a_link_back_to_a_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    path = write("a/b.txt", "x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert find_files(tmp_path) == [path]


def test_a_link_to_a_folder_may_itself_be_ingested(write: Write, tmp_path: Path) -> None:
    write("a/b.txt", "x")
    (link := tmp_path / "link").symlink_to(tmp_path / "a")
    assert find_files(link) == [link / "b.txt"]


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert find_files(tmp_path) == []


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: cannot be found \(No such file"):
        find_files(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_listed_is_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", forbidden)
    with pytest.raises(UsageError, match=r"cannot be listed \(Permission denied\)"):
        find_files(tmp_path)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://news.example/2022/06/15/business/ford-recall/index.html", "Ford recall"),
        ("https://news.example/world/vin_scully_obit.html?ref=1#top", "Vin scully obit"),
        ("https://news.example/a/talks-on-trade-20220615-a8f3e", "Talks on trade"),
        ("https://news.example/2022/06/15", None),
        ("https://news.example/world", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_an_address_may_hold_the_headline(url: str | None, title: str | None) -> None:
    assert headline_of_address(url) == title


def test_a_line_without_a_title_takes_that_of_its_address(tmp_path: Path) -> None:
    line = {
        "text": "New York (Wire) \u2014\n\nIt recalls cars.",
        "url": "https://x.example/ford-recall",
    }
    path = tmp_path / "wire.jsonl"
    path.write_text(json.dumps(line))
    [article] = read_articles(path, tmp_path).articles
    assert article.title == "Ford recall"

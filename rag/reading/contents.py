"""What a file says of one article, and the article made of it."""

from dataclasses import dataclass
from datetime import date

from rag.domain import Article, Published
from rag.errors import ReadingError
from rag.reading.characters import normalised, one_line
from rag.reading.dating import Header, parse_day, split_header
from rag.reading.headlines import headline, headline_of_address
from rag.reading.updates import with_updates


@dataclass(frozen=True, slots=True)
class Contents:
    """An article as its file has it: fields of any type, nothing cleaned or checked yet.

    ``decided`` is the day the user has settled, whatever the file says.
    """

    text: str
    title: object = None
    published: object = None
    source: object = None
    url: object = None
    decided: date | None = None

    def article(self, id: str, where: str, file_day: date | None = None) -> Article:  # noqa: A002
        """The clean, dated article; what its text states about its day outweighs its fields.

        ``file_day`` is the day in the file's name, the weakest sign. Raises ``ReadingError``
        where no text is left.
        """
        header = split_header(normalised(self.text))
        text = header.text.strip()
        if not text:
            raise ReadingError(f"{where}: no text in it. Give it some, or leave it out.")
        return self._article(id, text, header, file_day)

    def passage(self, id: str) -> Article:  # noqa: A002
        """The same of a text that stays whole, so that quotes stand where its giver has them.

        The text must have words.
        """
        text = normalised(self.text)
        return self._article(id, text, split_header(text))

    def _article(
        self,
        id: str,  # noqa: A002
        text: str,
        header: Header,
        file_day: date | None = None,
    ) -> Article:
        url = one_line(self.url)
        told = header.text.strip() or text
        return Article(
            id=id,
            title=one_line(self.title) or headline_of_address(url) or headline(told),
            text=text,
            published=self._published(header, told, file_day),
            source=one_line(self.source),
            url=url,
        )

    def _published(self, header: Header, text: str, file_day: date | None) -> Published:
        if self.decided:
            return Published.on(self.decided, "metadata")
        if header.published:
            return with_updates(header.published, text)
        day = parse_day(self.published) or file_day
        return with_updates(Published.on(day, "metadata"), text) if day else Published.unknown()

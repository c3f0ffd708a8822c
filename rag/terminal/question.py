"""What a person may ask, and as of which days."""

from datetime import date

from rag.errors import UsageError

_LONGEST = 2_000
_SHOWN = 20


def parse_question(text: str) -> str:
    """The question on one line. Raises ``UsageError`` if it has no word, or too many."""
    question = " ".join(text.split())
    if not question:
        raise UsageError('The question is empty. Write it in quotes: rag ask "When ...?"')
    if not any(map(str.isalnum, question)):
        raise UsageError(f"The question '{question[:_SHOWN]}' has no word in it. Ask in words.")
    if len(question) > _LONGEST:
        raise UsageError(
            f"The question has {len(question):,} characters; at most {_LONGEST:,} are read. "
            "Ask something shorter."
        )
    return question


def parse_as_of(text: str, name: str = "--as-of") -> date:
    """The day written as 2025-04-01, or ``today``. Raises ``UsageError`` naming it otherwise."""
    return _parse_day(name, text)


def parse_published(text: str) -> date:
    """The day a text was published, written likewise. Raises ``UsageError`` otherwise."""
    return _parse_day("--published", text)


def _parse_day(name: str, text: str) -> date:
    if text.strip().lower() == "today":
        return date.today()
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"{name} '{text}' is not a day. Write it as 2025-04-01, or today."
        ) from error

"""What becomes of a command once nobody reads what it writes: ``rag status | head -1``."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Self

_EXIT_CODE = 141  # 128 + SIGPIPE, as the shell tells of cat or grep when they end so


@contextmanager
def ending_unread(name: Literal["stdout", "stderr"]) -> Iterator[None]:
    """Within it the program ends, without a word, when nobody reads that stream any more.

    The stream itself sees to that: typer and rich would each end with 1, which means an
    abstention, and a handler of SIGPIPE would end us for a lost model server as well.
    """
    stream = getattr(sys, name)
    if stream is None:  # the caller closed it, and wants the exit code alone
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            setattr(sys, name, nowhere)
            try:
                yield
            finally:
                setattr(sys, name, None)
        return
    guarded = _Guarded.in_place_of(stream)
    setattr(sys, name, guarded)
    try:
        yield
    finally:
        guarded.flush()
        guarded.detach()
        setattr(sys, name, stream)


class _Guarded(io.TextIOWrapper):
    """A standard stream whose lost reader is the end of the program."""

    @classmethod
    def in_place_of(cls, stream: io.TextIOWrapper) -> Self:
        """It writes as the stream does."""
        return cls(
            stream.buffer, stream.encoding, stream.errors, line_buffering=stream.line_buffering
        )

    def write(self, text: str) -> int:
        """Write as any stream."""
        with self._to_the_end():
            return super().write(text)

    def flush(self) -> None:
        """Flush as any stream."""
        with self._to_the_end():
            super().flush()

    @contextmanager
    def _to_the_end(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            # What is still buffered must go somewhere when the interpreter closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            raise SystemExit(_EXIT_CODE) from None

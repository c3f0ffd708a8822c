"""Every error this program raises on purpose, and the exit code each one ends a command with.

    RagError
    ├── UsageError      2  a flag, a setting, a question or a path is wrong
    │   └── ReadingError   one file, or one line of it, could not be read; ingest goes on
    ├── StoreError      3  no index here, or one that is broken, locked, full or of another version
    ├── ModelError      4  the language model, the embedder or their weights cannot be had
    └── ModelTimeout    5  the language model took longer than its limit

Exit codes 0 (answered or stale), 1 (abstained) and 130 (interrupted) are not errors of this tree.
Every message says which file or setting, what is wrong, and the next command to run.
"""


class RagError(Exception):
    """Base of every error shown to the user without a traceback."""

    exit_code = 2


class UsageError(RagError):
    """A flag, a setting, a question or a path is wrong."""


class ReadingError(UsageError):
    """One file, or one line of it, could not be read as an article."""


class StoreError(RagError):
    """There is no index, or it is broken, locked, full or of another version."""

    exit_code = 3


class ModelError(RagError):
    """A language model, an embedder or their weights cannot be had."""

    exit_code = 4


class ModelTimeout(RagError):  # noqa: N818 - reads as what happened, like the builtin TimeoutError's cause
    """The language model took longer than its limit."""

    exit_code = 5

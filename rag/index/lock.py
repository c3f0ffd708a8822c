"""One ingest at a time in one home."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import StoreError

FILE_NAME = "ingest.lock"


@contextmanager
def ingest_lock(home: Path, patience: float, notice: Callable[[str], None]) -> Iterator[None]:
    """The home for this ingest alone; it is made where it does not exist.

    Waits at most ``patience`` seconds for another ingest, after a notice. Raises ``StoreError``
    where that one goes on, or where the home cannot be written.
    """
    lock = FileLock(_made(home) / FILE_NAME)
    _acquire(lock, home, patience, notice)
    try:
        yield
    finally:
        lock.release()


def _made(home: Path) -> Path:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(home, error) from error
    return home


def _acquire(lock: FileLock, home: Path, patience: float, notice: Callable[[str], None]) -> None:
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            notice(f"Another ingest is writing {home}; waiting up to {patience:.0f} s for it.")
            lock.acquire(timeout=patience)
    except Timeout as error:
        raise StoreError(
            f"Another ingest is still writing {home}. Wait for it, then repeat this command."
        ) from error
    except OSError as error:
        raise unwritable(home, error) from error


def unwritable(home: Path, error: OSError) -> StoreError:
    """The error for a home that cannot be written."""
    return StoreError(
        f"{home} cannot be written: {error.strerror or error}. "
        "Make it writable, or choose another folder with --home DIR."
    )

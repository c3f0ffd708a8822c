"""How long a language model may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until a connection, until the first token, and until the reply is complete."""

    connect: float = 2.0
    first_token: float = 120.0
    total: float = 300.0

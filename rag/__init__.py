"""A newsroom in a terminal: short answers from news articles, every sentence quoted and dated."""

__version__ = "0.1.0"

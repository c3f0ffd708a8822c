"""``python -m rag`` is ``rag``."""

from rag.terminal.cli import main

if __name__ == "__main__":
    main()

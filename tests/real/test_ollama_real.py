"""Real words over Ollama's wire format: the stand-in server in front of the embedded model."""

from pathlib import Path

from rag.models.chat import Message
from rag.models.embedded import EmbeddedChat
from rag.models.limits import Limits
from rag.models.ollama import open_ollama
from tests.fast.ollama_server import OllamaServer

ASK = [Message("system", "Answer in one word."), Message("user", "Which city is Italy's capital?")]


def test_the_words_are_the_same_over_the_wire(embedded_chat: EmbeddedChat) -> None:
    direct = "".join(delta.text for delta in embedded_chat.stream(ASK, 8))
    with OllamaServer(behind=embedded_chat) as server:
        chat = open_ollama(server.url, "qwen3:4b", 4096, Limits())
        *pieces, last = chat.stream(ASK, 8)
    assert "".join(piece.text for piece in pieces) == direct
    assert "Rome" in direct
    assert last.usage is not None


def test_bytes_are_never_fewer_than_real_tokens(embedded_chat: EmbeddedChat, seeds: Path) -> None:
    with OllamaServer() as server:
        chat = open_ollama(server.url, "qwen3:4b", 4096, Limits())
    for path in seeds.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert chat.count_tokens(line) >= embedded_chat.count_tokens(line)

"""Words of articles and questions made harmless to a chat template."""

import re

# Marks such as <|im_end|>, <tool_call>, </s> and <start_of_turn> all open with "<" and a letter,
# a slash or a bar (the full-width bar is DeepSeek's); llama.cpp and Ollama read them as the
# template's own even where an article says them.
_OPENING = re.compile(r"<(?=[A-Za-z_/|｜])")


def neutral(text: str) -> str:
    """The text with every mark of a chat template broken, so that it can end no turn."""
    return _OPENING.sub("< ", text)

"""Words of articles and questions made harmless to a chat template."""

import re

# llama.cpp and Ollama read a mark as the template's own even where an article says it. Most open
# with "<" (<|im_end|>, <tool_call>, </s>, <<SYS>>, <start_of_turn>, DeepSeek's full-width
# <｜User｜>), Mistral's and others with "[" ([INST], [/INST], [gMASK], [@BOS@], [|system|],
# [control_8]), Falcon's with ">>". What news puts in brackets, "[He] said", stays.
_OPENING = re.compile(
    r"<(?=\S)|>>(?=[A-Z])|\[(?=[/|@]|[a-z]?[A-Z][A-Z_]+\d*\]|multimodal\]|(?:control_|unused)\d)"
)


def neutral(text: str) -> str:
    """The text with every mark of a chat template broken, so that it can end no turn."""
    return _OPENING.sub(r"\g<0> ", text)

"""What a question asks for: which kind of thing, of which time, about what."""

"""Which of the evidence an answer may rest on, as of the question's day."""

"""From a question to an answer whose every sentence is quoted, or to an honest abstention."""

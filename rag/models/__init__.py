"""Who drafts: one small Protocol, two backends, and where their weights come from."""

"""The tables of the catalog, and the version of them that this program reads."""

VERSION = 1

# Passages hold offsets; their words are in the full-text table, which is an ordinary one (not
# external content) so that a row is deleted by its number, whatever the article says by then.
TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE files (
    path TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    digest TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    file TEXT REFERENCES files (path) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT,
    url TEXT,
    day TEXT,
    basis TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    visible_from INTEGER NOT NULL
);
CREATE INDEX articles_by_file ON articles (file);

CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
CREATE INDEX passages_by_article ON passages (article);

CREATE VIRTUAL TABLE words USING fts5 (
    text, title, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER words_follow_passages AFTER DELETE ON passages BEGIN
    DELETE FROM words WHERE rowid = old.number;
END;
"""

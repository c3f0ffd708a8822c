"""The tables of the catalog, and the version of them that this program reads."""

VERSION = 3

# Passages hold offsets. The words of an article are in the full-text table, its lead apart from
# what follows; that is an ordinary table (not external content) so that a row is deleted by its
# number, whatever the article says by then. A signature is a function of the text, empty where
# that is very short.
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
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT REFERENCES files (path) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    signature BLOB NOT NULL,
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
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX passages_by_article ON passages (article);

CREATE VIRTUAL TABLE words USING fts5 (
    title, lead, body, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER words_follow_articles AFTER DELETE ON articles BEGIN
    DELETE FROM words WHERE rowid = old.number;
END;
"""

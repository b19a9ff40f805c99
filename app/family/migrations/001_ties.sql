-- +goose Up
-- family_ties: which adult an adult has let into the own record: asked (the owner confirms), confirmed or ended. relation is what the
-- relative is to the owner. Two people have one row, whatever became of it before.
CREATE TABLE family_ties (
    id       TEXT    NOT NULL PRIMARY KEY,
    owner    TEXT    NOT NULL,
    relative TEXT    NOT NULL,
    relation TEXT    NOT NULL,
    acts     BOOLEAN NOT NULL,
    state    TEXT    NOT NULL,
    since    BIGINT  NOT NULL,
    UNIQUE (owner, relative)
);
CREATE INDEX family_ties_relative ON family_ties (relative);
-- family_invites: one-use codes of owners, by their blind index alone. used_at is not 0 once a code was typed, or another one took its
-- place. Rows of the last day count against the owner's limit; older ones are deleted.
CREATE TABLE family_invites (
    id         TEXT    NOT NULL PRIMARY KEY,
    owner      TEXT    NOT NULL,
    relation   TEXT    NOT NULL,
    acts       BOOLEAN NOT NULL,
    code_index TEXT    NOT NULL UNIQUE,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL,
    used_at    BIGINT  NOT NULL
);
CREATE INDEX family_invites_owner ON family_invites (owner, created_at);
-- family_misses: how many wrong codes a person typed in an hour.
CREATE TABLE family_misses (
    person TEXT   NOT NULL,
    hour   BIGINT NOT NULL,
    n      BIGINT NOT NULL,
    PRIMARY KEY (person, hour)
);

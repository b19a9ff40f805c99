-- +goose Up
-- access_searches: which administrator asked who looked at whom, of whom, for which period (Unix milliseconds, 0: open) and why. Rows are
-- never changed. The reason is sealed: it is somebody's own words.
CREATE TABLE access_searches (
    id       TEXT   NOT NULL PRIMARY KEY,
    org      TEXT   NOT NULL,
    admin    TEXT   NOT NULL,
    patient  TEXT   NOT NULL,
    reader   TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    until    BIGINT NOT NULL,
    reason   BYTEA  NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE INDEX access_searches_org ON access_searches (org, asked_at, id);

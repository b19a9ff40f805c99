-- +goose Up
-- table_views: how an account wants a table of the desk: columns, order, filter, under a name. The content is sealed: a filter may be
-- somebody's name.
CREATE TABLE table_views (
    id         TEXT   NOT NULL PRIMARY KEY,
    account    TEXT   NOT NULL,
    of_table   TEXT   NOT NULL,
    content    BYTEA  NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX table_views_account ON table_views (account, of_table, changed_at, id);

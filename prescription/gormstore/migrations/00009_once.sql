-- +goose Up
-- Work over the rows of an older installation that only the program can do, because it opens what is sealed: which of it is done.
CREATE TABLE prescriptions_filled (
    work    TEXT   PRIMARY KEY,
    done_at BIGINT NOT NULL
);

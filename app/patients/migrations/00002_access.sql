-- +goose Up
-- profile_access: who opened whose profile on the ground of which visit, for the patient to see. Rows are never changed. A profile may be
-- opened before it has a row of its own, so nothing is referenced.
CREATE TABLE profile_access (
    person  TEXT   NOT NULL,
    visit   TEXT   NOT NULL,
    reader  TEXT   NOT NULL,
    role    TEXT   NOT NULL,
    org     TEXT   NOT NULL,
    reason  TEXT   NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (person, read_at, reader, visit)
);

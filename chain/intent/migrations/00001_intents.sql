-- +goose Up
-- intents: what a person was shown and asked to sign, kept until signed or expired, and then as long as a repeated
-- request may come. document, salt and input are sealed: they hold personal data.
CREATE TABLE intents (
    id         TEXT   PRIMARY KEY,
    person     TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    statement  BYTEA  NOT NULL,
    document   BYTEA  NOT NULL,
    salt       BYTEA  NOT NULL,
    input      BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX intents_expires_at ON intents (expires_at);

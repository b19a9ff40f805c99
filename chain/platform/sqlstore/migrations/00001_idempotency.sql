-- +goose Up
-- idempotency: commands already done, so that a repeated request gets the first answer again instead of a second effect.
-- The answer is sealed (it may hold personal data); rows are purged after sqlstore.KeepAnswers.
CREATE TABLE idempotency (
    actor      TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    operation  TEXT   NOT NULL,
    hash       BYTEA  NOT NULL,
    answer     BYTEA,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_created_at ON idempotency (created_at);

-- +goose Up
-- outbox: records on their way to the chain, written in the transaction of the step they tell of, and kept afterwards
-- with the place they got. state: pending, committed or dead (refused for good; its lane stands still).
CREATE TABLE outbox (
    pos          BIGSERIAL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    lane         TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    seq          BIGINT  NOT NULL,
    record       BYTEA   NOT NULL,
    state        TEXT    NOT NULL,
    attempts     BIGINT  NOT NULL DEFAULT 0,
    code         BIGINT  NOT NULL DEFAULT 0,
    detail       TEXT    NOT NULL DEFAULT '',
    height       BIGINT  NOT NULL DEFAULT 0,
    created_at   BIGINT  NOT NULL,
    not_before   BIGINT  NOT NULL DEFAULT 0,
    refused_at   BIGINT  NOT NULL DEFAULT 0,
    committed_at BIGINT  NOT NULL DEFAULT 0
);
CREATE INDEX outbox_pending ON outbox (pos) WHERE state = 'pending';
CREATE INDEX outbox_dead ON outbox (lane) WHERE state = 'dead';
CREATE INDEX outbox_put_off ON outbox (lane) WHERE not_before > 0;
CREATE INDEX outbox_subject ON outbox (subject, seq);

-- outbox_lease: which instance's relay is at work; one row.
CREATE TABLE outbox_lease (
    name   TEXT   PRIMARY KEY,
    holder TEXT   NOT NULL,
    until  BIGINT NOT NULL
);
INSERT INTO outbox_lease (name, holder, until) VALUES ('relay', '', 0);

-- outbox_gate: shut while too many records wait; one row. Writers read this instead of counting, because a count inside
-- serialisable transactions would make every two of them conflict.
CREATE TABLE outbox_gate (
    name TEXT    PRIMARY KEY,
    shut BOOLEAN NOT NULL
);
INSERT INTO outbox_gate (name, shut) VALUES ('append', FALSE);

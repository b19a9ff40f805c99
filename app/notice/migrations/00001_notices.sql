-- +goose Up

-- What was told in a transaction and has no receiver's number yet. Rows are only added by commands and only taken away by the delivery,
-- so that a command waits for no other. audience and by are the texts of notice.Audience.
CREATE TABLE notice_posts (
    id       TEXT   PRIMARY KEY,
    kind     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    about    TEXT   NOT NULL,
    author   TEXT   NOT NULL,
    audience TEXT   NOT NULL,
    at       BIGINT NOT NULL
);

-- One row: its update puts the deliveries of all instances in a line.
CREATE TABLE notice_turn (
    id BIGINT PRIMARY KEY,
    n  BIGINT NOT NULL
);
INSERT INTO notice_turn (id, n) VALUES (1, 0);

-- The last number of each receiver. It never goes back, also when the notices themselves are gone.
CREATE TABLE notice_heads (
    account TEXT   PRIMARY KEY,
    last    BIGINT NOT NULL
);

-- What each account was told: no names, no drugs, no text. read_at 0: unread. quiet: moves lists, and is in no inbox.
CREATE TABLE notices (
    account TEXT    NOT NULL,
    seq     BIGINT  NOT NULL,
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    about   TEXT    NOT NULL,
    quiet   BOOLEAN NOT NULL,
    at      BIGINT  NOT NULL,
    read_at BIGINT  NOT NULL,
    PRIMARY KEY (account, seq)
);
CREATE INDEX notices_unread ON notices (account, subject) WHERE read_at = 0;
CREATE INDEX notices_age ON notices (at);

-- +goose Up
-- payment_cards: digital insurance cards bound to persons. ec_token is sealed, token_index its blind index. A replaced card stays,
-- inactive, because settlements point at it.
CREATE TABLE payment_cards (
    id          TEXT    PRIMARY KEY,
    person      TEXT    NOT NULL,
    ec_token    BYTEA   NOT NULL,
    token_index TEXT    NOT NULL,
    insutype    TEXT    NOT NULL,
    active      BOOLEAN NOT NULL,
    bound_at    BIGINT  NOT NULL
);
CREATE UNIQUE INDEX payment_cards_person ON payment_cards (person) WHERE active;
CREATE UNIQUE INDEX payment_cards_token ON payment_cards (token_index) WHERE active;

-- payment_codes: one-minute pay codes, by digest only. used_at is null until the one use.
CREATE TABLE payment_codes (
    digest     TEXT   PRIMARY KEY,
    person     TEXT   NOT NULL,
    card       TEXT   NOT NULL REFERENCES payment_cards (id),
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX payment_codes_expires_at ON payment_codes (expires_at);

-- payment_settlements: one row per settlement; amounts are fen, times Unix milliseconds UTC and 0 for none. fees is sealed, for it
-- names drugs. version is counted up by every change.
CREATE TABLE payment_settlements (
    id           TEXT    PRIMARY KEY,
    rx           TEXT    NOT NULL,
    person       TEXT    NOT NULL,
    payer        TEXT    NOT NULL,
    card         TEXT    NOT NULL REFERENCES payment_cards (id),
    policy       TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    fees         BYTEA   NOT NULL,
    total        BIGINT  NOT NULL,
    own_pay      BIGINT  NOT NULL,
    pre_self_pay BIGINT  NOT NULL,
    in_scope     BIGINT  NOT NULL,
    deductible   BIGINT  NOT NULL,
    pooled       BIGINT  NOT NULL,
    fund         BIGINT  NOT NULL,
    account      BIGINT  NOT NULL,
    cash         BIGINT  NOT NULL,
    hospital     BIGINT  NOT NULL,
    personal     BIGINT  NOT NULL,
    seq          BIGINT  NOT NULL,
    version      BIGINT  NOT NULL,
    attempts     BIGINT  NOT NULL,
    next_try     BIGINT  NOT NULL,
    told         BOOLEAN NOT NULL,
    insurer_no   TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    opened_at    BIGINT  NOT NULL,
    settled_at   BIGINT  NOT NULL,
    refunded_at  BIGINT  NOT NULL,
    CHECK (total = fund + account + cash + hospital)
);
-- A prescription is paid once: payment.Status.Blocks has the same list.
CREATE UNIQUE INDEX payment_settlements_one_per_rx ON payment_settlements (rx) WHERE status IN ('opened', 'reversing', 'settled', 'refunding');
CREATE INDEX payment_settlements_rx ON payment_settlements (rx);
CREATE INDEX payment_settlements_next_try ON payment_settlements (next_try) WHERE next_try > 0;
CREATE INDEX payment_settlements_settled_at ON payment_settlements (settled_at) WHERE settled_at > 0;
CREATE INDEX payment_settlements_refunded_at ON payment_settlements (refunded_at) WHERE refunded_at > 0;

-- payment_events: one row per chain record of a settlement, with the sealed document and salt its digest commits to.
CREATE TABLE payment_events (
    settlement TEXT   NOT NULL REFERENCES payment_settlements (id),
    seq        BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    record     TEXT   NOT NULL UNIQUE,
    document   BYTEA  NOT NULL,
    salt       BYTEA  NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (settlement, seq)
);

-- +goose Up
-- bureau_persons: the insured, as the sandbox bureau knows them. person (name and id number) and nothing else personal is in
-- clear; token is a blind index of the ecToken. balance is the personal account in fen.
CREATE TABLE bureau_persons (
    id       TEXT   PRIMARY KEY,
    token    TEXT   NOT NULL UNIQUE,
    person   BYTEA  NOT NULL,
    insutype TEXT   NOT NULL,
    balance  BIGINT NOT NULL CHECK (balance >= 0)
);

-- bureau_usage: what a person has used up of a year's deductible and cap, in fen.
CREATE TABLE bureau_usage (
    person     TEXT   NOT NULL REFERENCES bureau_persons (id),
    year       TEXT   NOT NULL,
    deductible BIGINT NOT NULL CHECK (deductible >= 0),
    fund       BIGINT NOT NULL CHECK (fund >= 0),
    PRIMARY KEY (person, year)
);

-- bureau_orders: one row per hospital order number, also for a number revoked before it was uploaded (person is then empty).
-- fees is sealed; setlinfo is the split as JSON of integer fen; days are accounting days in China's zone.
CREATE TABLE bureau_orders (
    number     TEXT    PRIMARY KEY,
    pay_ord_id TEXT    NOT NULL UNIQUE,
    person     TEXT    NOT NULL,
    fees       BYTEA,
    total      BIGINT  NOT NULL,
    state      BIGINT  NOT NULL,
    token      TEXT    NOT NULL,
    token_ends BIGINT  NOT NULL,
    policy     TEXT    NOT NULL,
    setlinfo   TEXT    NOT NULL,
    fund       BIGINT  NOT NULL,
    account    BIGINT  NOT NULL,
    cash       BIGINT  NOT NULL,
    deductible BIGINT  NOT NULL,
    setl_day   TEXT    NOT NULL,
    setl_time  BIGINT  NOT NULL,
    refund     TEXT    NOT NULL,
    refd_day   TEXT    NOT NULL,
    refd_time  BIGINT  NOT NULL
);
CREATE INDEX bureau_orders_setl_day ON bureau_orders (setl_day);
CREATE INDEX bureau_orders_refd_day ON bureau_orders (refd_day);

-- bureau_messages: message ids seen within the time window, so that a replayed message is refused.
CREATE TABLE bureau_messages (
    msgid   TEXT   PRIMARY KEY,
    expires BIGINT NOT NULL
);

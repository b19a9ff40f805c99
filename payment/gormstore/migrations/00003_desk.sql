-- +goose Up
-- desk_at: since when a person has to say what became of it, 0 for not. decision and decided_at: what the person said; watch: the insurer has not
-- confirmed that yet, and is asked.
ALTER TABLE payment_settlements ADD COLUMN desk_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment_settlements ADD COLUMN decision TEXT NOT NULL DEFAULT '';
ALTER TABLE payment_settlements ADD COLUMN decided_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment_settlements ADD COLUMN watch BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX payment_settlements_desk ON payment_settlements (desk_at) WHERE desk_at > 0;

-- payment_exchanges: the newest messages to the insurer that left a settlement without an outcome, as evidence for the person who ends it. sent (without
-- drugs and tokens) and came are sealed; the digests are SM3 of the bytes on the wire.
CREATE TABLE payment_exchanges (
    id          TEXT   PRIMARY KEY,
    settlement  TEXT   NOT NULL REFERENCES payment_settlements (id),
    at          BIGINT NOT NULL,
    op          TEXT   NOT NULL,
    sent        BYTEA  NOT NULL,
    sent_digest TEXT   NOT NULL,
    came        BYTEA  NOT NULL,
    came_digest TEXT   NOT NULL,
    fault       TEXT   NOT NULL
);
CREATE INDEX payment_exchanges_settlement ON payment_exchanges (settlement, at);

-- payment_decisions: what persons decided at the desk, and why (sealed). Rows are only added.
CREATE TABLE payment_decisions (
    id         TEXT   PRIMARY KEY,
    settlement TEXT   NOT NULL REFERENCES payment_settlements (id),
    at         BIGINT NOT NULL,
    person     TEXT   NOT NULL,
    decision   TEXT   NOT NULL,
    insurer_no TEXT   NOT NULL,
    reason     BYTEA  NOT NULL
);
CREATE INDEX payment_decisions_settlement ON payment_decisions (settlement, at);

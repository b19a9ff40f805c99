-- +goose Up
-- Steps that were taken here and that the chain refused for good: taken back by an operator's decision and kept as evidence, with the
-- refused record. Documents and salts stay sealed for the place they were written to (prescription_events). Rows are never changed.
CREATE TABLE refused_events (
    record       TEXT   PRIMARY KEY,
    prescription TEXT   NOT NULL REFERENCES prescriptions (id),
    seq          BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    previous     TEXT   NOT NULL,
    person       TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    org          TEXT   NOT NULL,
    signed_at    BIGINT NOT NULL,
    taken_at     BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    salt         BYTEA  NOT NULL,
    sent         BYTEA  NOT NULL, -- the record's canonical bytes, as on the chain: no personal data
    refused_at   BIGINT NOT NULL
);
CREATE INDEX refused_events_prescription ON refused_events (prescription);

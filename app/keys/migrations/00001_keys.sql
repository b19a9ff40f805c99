-- +goose Up
-- key_challenges: random challenges handed out for key enrolment, each bound to an account; deleted when used, purged when old.
CREATE TABLE key_challenges (
    nonce      TEXT   NOT NULL PRIMARY KEY,
    account    TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX key_challenges_expires_at ON key_challenges (expires_at);
-- certificates: every certificate issued to a person, for ever. Documents and salts open the digests of its two chain records.
-- Whether it is pending or active follows from the outbox, so it is stored nowhere else.
CREATE TABLE certificates (
    id              TEXT   NOT NULL PRIMARY KEY,
    person          TEXT   NOT NULL,
    org             TEXT   NOT NULL,
    role            TEXT   NOT NULL,
    public_key      TEXT   NOT NULL UNIQUE,
    der             BYTEA  NOT NULL,
    not_after       BIGINT NOT NULL,
    enrol_record    TEXT   NOT NULL,
    enrol_document  BYTEA  NOT NULL,
    enrol_salt      BYTEA  NOT NULL,
    revoked_at      BIGINT NOT NULL,
    revoke_reason   TEXT   NOT NULL,
    revoke_record   TEXT   NOT NULL,
    revoke_document BYTEA,
    revoke_salt     BYTEA,
    created_at      BIGINT NOT NULL
);
CREATE INDEX certificates_person ON certificates (person);

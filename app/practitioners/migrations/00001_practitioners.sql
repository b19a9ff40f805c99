-- +goose Up
-- practitioners: the register of doctors and pharmacists. Names are public there (a patient sees who treats); licence numbers are
-- sealed, with a blind index so that one licence is registered once.
CREATE TABLE practitioners (
    person         TEXT    NOT NULL PRIMARY KEY,
    role           TEXT    NOT NULL,
    org            TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    licence        BYTEA   NOT NULL,
    licence_index  TEXT    NOT NULL UNIQUE,
    licensed_until TEXT    NOT NULL,
    practice_since TEXT    NOT NULL,
    department     TEXT    NOT NULL,
    paediatric     BOOLEAN NOT NULL,
    fee_fen        BIGINT  NOT NULL,
    state          TEXT    NOT NULL,
    version        BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL
);
CREATE INDEX practitioners_directory ON practitioners (role, state, department);
-- practitioner_decisions: who approved or suspended whom, when and why; never changed, never deleted.
CREATE TABLE practitioner_decisions (
    person     TEXT   NOT NULL REFERENCES practitioners (person),
    version    BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    decided_by TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (person, version)
);

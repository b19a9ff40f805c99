-- +goose Up
-- Prescriptions as last changed. The columns are opaque ids, statuses and times for look-ups; everything personal is in body, sealed.
CREATE TABLE prescriptions (
    id         TEXT   PRIMARY KEY,
    version    BIGINT NOT NULL,
    status     TEXT   NOT NULL,
    hospital   TEXT   NOT NULL,
    patient    TEXT   NOT NULL,
    guardian   TEXT   NOT NULL,
    doctor     TEXT   NOT NULL,
    pharmacy   TEXT   NOT NULL, -- holder or dispenser, empty for none
    refund     TEXT   NOT NULL,
    drafted_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL, -- 0 for a draft
    body       BYTEA  NOT NULL
);
CREATE INDEX prescriptions_patient ON prescriptions (patient, drafted_at);
CREATE INDEX prescriptions_guardian ON prescriptions (guardian, drafted_at);
CREATE INDEX prescriptions_doctor ON prescriptions (doctor, drafted_at);
CREATE INDEX prescriptions_hospital ON prescriptions (hospital, status, drafted_at);
CREATE INDEX prescriptions_pharmacy ON prescriptions (pharmacy, status, drafted_at);
CREATE INDEX prescriptions_expiry ON prescriptions (status, expires_at);
CREATE INDEX prescriptions_refund ON prescriptions (refund, drafted_at);

-- What happened to each prescription, in order, with the signed documents and their salts, sealed. Rows are never changed.
CREATE TABLE prescription_events (
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
    UNIQUE (prescription, seq)
);

-- Use-once tags of the packages handed out (keyed digests of their trace codes): one package, one dispensing.
CREATE TABLE trace_codes (
    tag          TEXT   PRIMARY KEY,
    prescription TEXT   NOT NULL REFERENCES prescriptions (id),
    record       TEXT   NOT NULL,
    used_at      BIGINT NOT NULL
);
CREATE INDEX trace_codes_prescription ON trace_codes (prescription);

-- Who read which prescription, for the patient to see. Several readings by one person in one millisecond are one line.
CREATE TABLE prescription_access (
    prescription TEXT   NOT NULL REFERENCES prescriptions (id),
    person       TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    org          TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    read_at      BIGINT NOT NULL,
    PRIMARY KEY (prescription, read_at, person)
);

-- +goose Up

-- One visit. intake and note are sealed JSON; state is the table of status.go.
CREATE TABLE consultations (
    id          TEXT   PRIMARY KEY,
    patient     TEXT   NOT NULL,
    doctor      TEXT   NOT NULL,
    department  TEXT   NOT NULL,
    fee_fen     BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    intake      BYTEA  NOT NULL,
    note        BYTEA,
    reason      BYTEA,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    started_at  BIGINT NOT NULL,
    closed_at   BIGINT NOT NULL
);
CREATE INDEX consultations_patient ON consultations (patient, created_at, id);
CREATE INDEX consultations_doctor ON consultations (doctor, created_at, id);
CREATE INDEX consultations_waiting ON consultations (state, created_at);
-- One open consultation per patient and doctor.
CREATE UNIQUE INDEX consultations_open ON consultations (patient, doctor) WHERE state IN ('requested', 'accepted', 'active');

-- Every version of a doctor's note, sealed; the newest is in consultations as well.
CREATE TABLE consultation_notes (
    consultation_id TEXT   NOT NULL REFERENCES consultations (id),
    version         BIGINT NOT NULL,
    note            BYTEA  NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, version)
);

-- The message stream of a consultation: its epoch, its last number and how far each side has read.
CREATE TABLE chat_streams (
    consultation_id TEXT   PRIMARY KEY REFERENCES consultations (id),
    epoch           TEXT   NOT NULL,
    last_seq        BIGINT NOT NULL,
    patient_read    BIGINT NOT NULL,
    doctor_read     BIGINT NOT NULL,
    files           BIGINT NOT NULL
);

-- What was said, sealed; nothing is ever deleted here (records at least 15 years, chat at least 3: 互联网诊疗监管细则).
CREATE TABLE chat_messages (
    consultation_id TEXT   NOT NULL REFERENCES chat_streams (consultation_id),
    seq             BIGINT NOT NULL,
    sender          TEXT   NOT NULL,
    client_id       TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    body            BYTEA  NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, seq),
    UNIQUE (consultation_id, sender, client_id)
);

-- Pictures, sealed. In the database and not on a disk, because several instances share one database.
CREATE TABLE chat_files (
    id              TEXT   PRIMARY KEY,
    consultation_id TEXT   NOT NULL REFERENCES chat_streams (consultation_id),
    sender          TEXT   NOT NULL,
    media_type      TEXT   NOT NULL,
    size            BIGINT NOT NULL,
    body            BYTEA  NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE INDEX chat_files_consultation ON chat_files (consultation_id);

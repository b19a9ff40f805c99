-- +goose Up
-- patients: a person's own profile, or a child's kept by its guardian. Everything personal is sealed; id_index is the blind index of
-- the resident id number, so that one identity is bound once.
CREATE TABLE patients (
    person     TEXT   NOT NULL PRIMARY KEY,
    guardian   TEXT   REFERENCES patients (person),
    relation   TEXT   NOT NULL,
    id_index   TEXT   UNIQUE,
    identity   BYTEA,
    contact    BYTEA  NOT NULL,
    health     BYTEA  NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX patients_guardian ON patients (guardian);
-- prior_diagnoses: diagnoses a hospital made face to face, the ground of every follow-up visit (复诊); sealed, never changed.
CREATE TABLE prior_diagnoses (
    id         TEXT   NOT NULL PRIMARY KEY,
    person     TEXT   NOT NULL REFERENCES patients (person),
    diagnosis  BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX prior_diagnoses_person ON prior_diagnoses (person);

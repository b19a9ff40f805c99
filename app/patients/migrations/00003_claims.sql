-- +goose Up
-- claim is what the number of a profile is worth: '', claimed, contested, proven or lost. id_index is set only while the profile holds
-- its number, so that at most one does; claim_index is the index of the number that was typed, whoever holds it.
ALTER TABLE patients ADD COLUMN claim TEXT NOT NULL DEFAULT '';
ALTER TABLE patients ADD COLUMN claim_index TEXT;
UPDATE patients SET claim = 'claimed', claim_index = id_index WHERE id_index IS NOT NULL;
CREATE INDEX patients_claim_index ON patients (claim_index);
-- guardians: who may act for a child, and who asks to: asked, confirmed or ended. patients.guardian stays who entered the child.
CREATE TABLE guardians (
    child    TEXT   NOT NULL REFERENCES patients (person),
    guardian TEXT   NOT NULL,
    relation TEXT   NOT NULL,
    state    TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    PRIMARY KEY (child, guardian)
);
CREATE INDEX guardians_guardian ON guardians (guardian);
INSERT INTO guardians (child, guardian, relation, state, since)
    SELECT person, guardian, relation, 'confirmed', created_at FROM patients WHERE guardian IS NOT NULL;
-- staff_numbers: the blind index of the number of a document by which somebody entered a member of staff. Two log-ins whose
-- numbers are one are one human: nobody reviews, treats or prescribes for himself by another log-in. The number itself is not kept.
CREATE TABLE staff_numbers (
    person     TEXT   NOT NULL PRIMARY KEY,
    id_index   TEXT   NOT NULL,
    entered_by TEXT   NOT NULL,
    entered_at BIGINT NOT NULL
);
CREATE INDEX staff_numbers_index ON staff_numbers (id_index);

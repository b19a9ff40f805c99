-- +goose Up
-- A patient's list is read as the others are: newest first, the id last, with and without a status. The old index goes last.
CREATE INDEX prescriptions_patient_status ON prescriptions (patient, status, drafted_at, id);
CREATE INDEX prescriptions_of_patient ON prescriptions (patient, drafted_at, id);
DROP INDEX prescriptions_patient;

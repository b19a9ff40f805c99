-- +goose Up
-- A patient's visits of one state, newest first: the few open ones are not looked for among all.
CREATE INDEX consultations_patient_state ON consultations (patient, state, created_at, id);

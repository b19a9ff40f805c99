-- +goose Up
-- A doctor's visits with one patient: what was done before is not looked for among all that the doctor or the patient ever had.
CREATE INDEX consultations_pair ON consultations (doctor, patient, state, created_at, id);

-- +goose Up
-- prescription_access.patient: whose prescription was read. Who looked at a patient is read in one stretch, newest first, and not by each of
-- the patient's prescriptions. It is what prescriptions.patient was when the line was written.
ALTER TABLE prescription_access ADD COLUMN patient TEXT NOT NULL DEFAULT '';
UPDATE prescription_access SET patient = (SELECT p.patient FROM prescriptions p WHERE p.id = prescription_access.prescription);
CREATE INDEX prescription_access_patient ON prescription_access (patient, read_at, prescription, person);

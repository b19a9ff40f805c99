-- +goose Up
-- Every list is read in its own order, newest first, the id last, with and without a status. The old indexes go last: until then only
-- writers wait.
CREATE INDEX prescriptions_hospital_status ON prescriptions (hospital, status, drafted_at, id);
CREATE INDEX prescriptions_pharmacy_status ON prescriptions (pharmacy, status, drafted_at, id);
CREATE INDEX prescriptions_doctor_status ON prescriptions (doctor, status, drafted_at, id);
CREATE INDEX prescriptions_of_hospital ON prescriptions (hospital, drafted_at, id);
CREATE INDEX prescriptions_of_pharmacy ON prescriptions (pharmacy, drafted_at, id);
CREATE INDEX prescriptions_of_doctor ON prescriptions (doctor, drafted_at, id);
DROP INDEX prescriptions_hospital;
DROP INDEX prescriptions_pharmacy;
DROP INDEX prescriptions_doctor;

-- +goose Up
-- A visit's prescriptions by one doctor: with the visit alone, SQLite walked the doctor's whole list, because that one was in order.
CREATE INDEX prescriptions_of_visit ON prescriptions (visit, doctor, drafted_at, id);
-- What may be forgotten of received copies: an index for each of the two reasons.
CREATE INDEX prescriptions_unserved ON prescriptions (pharmacy, expires_at) WHERE received_at > 0;
CREATE INDEX prescriptions_served ON prescriptions (status, updated_at) WHERE received_at > 0;
DROP INDEX prescriptions_received;
-- What one reader saw of one patient: neither all that the reader read nor all who read of the patient.
CREATE INDEX prescription_access_pair ON prescription_access (patient, person, read_at, prescription);

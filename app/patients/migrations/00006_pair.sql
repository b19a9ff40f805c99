-- +goose Up
-- What one reader saw of one patient: neither all that the reader read nor all who read of the patient.
CREATE INDEX profile_access_pair ON profile_access (person, reader, read_at, visit);

-- +goose Up

-- A hospital's reviewers see who waits longest in a status first.
CREATE INDEX prescriptions_waiting ON prescriptions (hospital, status, updated_at, id);

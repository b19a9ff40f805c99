-- +goose Up
-- Whose a received copy may be: a keyed digest of name, sex and date of birth, for its hospital's person id says nothing here. Empty for what was
-- written here; rows from before are filled in when the program starts (FillVisits).
ALTER TABLE prescriptions ADD COLUMN kin TEXT NOT NULL DEFAULT '';
CREATE INDEX prescriptions_kin ON prescriptions (kin, drafted_at) WHERE received_at > 0;

-- +goose Up
-- The consultation a prescription comes from, to list a visit's prescriptions. It stands in the sealed body as well; rows from before
-- are filled in when the program starts (FillVisits), because only the program can open them.
ALTER TABLE prescriptions ADD COLUMN visit TEXT NOT NULL DEFAULT '';
CREATE INDEX prescriptions_visit ON prescriptions (visit, drafted_at);

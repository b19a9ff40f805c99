-- +goose Up

-- The guardian who consults for a child and speaks on its side; empty: the patient itself.
ALTER TABLE consultations ADD COLUMN guardian TEXT NOT NULL DEFAULT '';
CREATE INDEX consultations_guardian ON consultations (guardian, created_at, id) WHERE guardian <> '';

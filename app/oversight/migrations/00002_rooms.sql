-- +goose Up
-- Whether a prescription was reviewed is read from its records: the regulator's own tables know no kind.
ALTER TABLE oversight_subjects DROP COLUMN reviewed;

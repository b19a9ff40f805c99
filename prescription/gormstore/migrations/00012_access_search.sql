-- +goose Up
-- prescription_access is searched by its reader, and by time alone, for the hospital's administrators.
CREATE INDEX prescription_access_reader ON prescription_access (person, read_at, prescription);
CREATE INDEX prescription_access_time ON prescription_access (read_at, prescription, person);

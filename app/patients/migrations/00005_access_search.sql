-- +goose Up
-- profile_access is searched by its reader, and by time alone, for the hospital's administrators.
CREATE INDEX profile_access_reader ON profile_access (reader, read_at, person, visit);
CREATE INDEX profile_access_time ON profile_access (read_at, person, reader, visit);

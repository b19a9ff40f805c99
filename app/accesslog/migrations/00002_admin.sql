-- +goose Up
-- What one administrator asked.
CREATE INDEX access_searches_admin ON access_searches (org, admin, asked_at, id);

-- +goose Up
-- resealed: the organisation's seal on the record was renewed on its way, so the chain may hold the bytes from before.
ALTER TABLE outbox ADD COLUMN resealed BOOLEAN NOT NULL DEFAULT FALSE;

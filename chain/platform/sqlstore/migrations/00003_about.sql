-- +goose Up
-- about: the opaque ids of the persons, beside the actor, of whom an answer may tell, with a space between them.
-- Whether the actor still has the right is asked before the answer is given again.
ALTER TABLE idempotency ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- +goose Up
-- Copies of prescriptions of another application's hospital, which patients brought in bundles: when. 0: written here.
ALTER TABLE prescriptions ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX prescriptions_received ON prescriptions (expires_at) WHERE received_at > 0;

-- How far into the chain's log this database has looked for what other applications wrote to its prescriptions.
CREATE TABLE chain_followed (
    name TEXT   PRIMARY KEY,
    next BIGINT NOT NULL -- index of the first record not looked at
);
INSERT INTO chain_followed (name, next) VALUES ('prescriptions', 0);

-- +goose Up
-- accounts.human: how the certificates of this log-in call its person. Empty: by the person id. Log-ins of one human, known by the number
-- of a document, share it, so that the chain sees one person whatever the role. It does not change once the log-in had a key.
ALTER TABLE accounts ADD COLUMN human TEXT NOT NULL DEFAULT '';
CREATE INDEX accounts_human ON accounts (human);

-- +goose Up
-- accounts.consent: the versions of the papers that the account agrees to now, as app/consent names them; empty: to none.
-- accounts.closing_at: when the account is closed because its owner asked for it, Unix milliseconds; a log-in before calls it off. 0: not.
ALTER TABLE accounts ADD COLUMN consent TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN closing_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX accounts_closing_at ON accounts (closing_at) WHERE closing_at > 0;

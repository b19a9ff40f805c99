-- +goose Up
-- accounts.epoch grows whenever every open session must end: another password, rights taken away, log-out everywhere. A
-- session carries the epoch it began in. must_change: the password is one that somebody else knows. disabled: suspended;
-- closed_at: closed for good, never deleted. vouched_by: the account that made this one or last gave it a password; empty:
-- the operator at the machine. second_factor: the sealed secret of RFC 6238; second_factor_at: since when it counts, 0: it
-- does not yet; second_factor_step: the last time step used, which cannot be used again.
ALTER TABLE accounts ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN must_change BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE accounts ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN vouched_by TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN second_factor BYTEA;
ALTER TABLE accounts ADD COLUMN second_factor_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN second_factor_step BIGINT NOT NULL DEFAULT 0;
-- sessions: open log-ins by the SM3 of their token. sealed holds account, epoch and start, bound to the digest: a row that
-- somebody else wrote opens nothing.
CREATE TABLE sessions (
    digest  TEXT   NOT NULL PRIMARY KEY,
    account TEXT   NOT NULL,
    device  TEXT   NOT NULL,
    sealed  BYTEA  NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_used_at ON sessions (used_at);
-- devices: where an account has logged in before, by the SM3 of a token that stays on the device. It opens nothing; it only
-- keeps strangers' wrong guesses from delaying the account's owner.
CREATE TABLE devices (
    id       TEXT   NOT NULL PRIMARY KEY,
    digest   TEXT   NOT NULL UNIQUE,
    account  TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    first_at BIGINT NOT NULL,
    last_at  BIGINT NOT NULL
);
CREATE INDEX devices_account ON devices (account);
-- recovery_codes: what opens the second factor once, without the phone, by blind index.
CREATE TABLE recovery_codes (
    account    TEXT NOT NULL,
    code_index TEXT NOT NULL,
    PRIMARY KEY (account, code_index)
);
-- login_attempts: wrong guesses and when the next one may be tried. name is a name together with an address or a known
-- device, a name alone, or an address alone; all by blind index, whether such an account exists or not. Rows are purged once
-- they no longer count.
DROP TABLE login_failures;
CREATE TABLE login_attempts (
    name       TEXT   NOT NULL PRIMARY KEY,
    login      TEXT   NOT NULL,
    failures   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL,
    next_at    BIGINT NOT NULL
);
CREATE INDEX login_attempts_last_at ON login_attempts (last_at);
CREATE INDEX login_attempts_login ON login_attempts (login);

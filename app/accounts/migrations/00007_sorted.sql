-- +goose Up
-- Staff by log-in name and by the moment of the account; patients have no log-in name.
CREATE INDEX accounts_staff ON accounts (org, login) WHERE login IS NOT NULL;
CREATE INDEX accounts_created ON accounts (org, created_at, login) WHERE login IS NOT NULL;
-- The log by what happened, by who did it and by whom it was done to.
CREATE INDEX security_log_kind ON security_log (org, kind, seq);
CREATE INDEX security_log_actor ON security_log (org, actor, seq);
CREATE INDEX security_log_done_to ON security_log (org, subject, seq);

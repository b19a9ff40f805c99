-- +goose Up
-- security_log is asked what was last done to somebody: a reset before a key, a number entered after a request.
CREATE INDEX security_log_subject ON security_log (subject, kind, seq);

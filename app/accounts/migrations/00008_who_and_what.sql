-- +goose Up
-- A rare kind of line about one account, who may have a hundred thousand others.
CREATE INDEX security_log_actor_kind ON security_log (org, actor, kind, seq);
CREATE INDEX security_log_done_to_kind ON security_log (org, subject, kind, seq);

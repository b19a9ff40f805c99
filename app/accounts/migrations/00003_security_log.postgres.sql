-- +goose Up
-- security_log: what happened to accounts, for ever. Each line's hash covers the one before it under a key of the
-- installation, so that none can be changed or taken out unnoticed. Ids and the pseudonyms people log in with, no names.
CREATE TABLE security_log (
    seq     BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    org     TEXT   NOT NULL,
    actor   TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    origin  TEXT   NOT NULL,
    detail  TEXT   NOT NULL,
    prev    TEXT   NOT NULL,
    hash    TEXT   NOT NULL
);
CREATE INDEX security_log_org ON security_log (org, seq);
-- security_head: the last line's number and hash. Whoever appends holds this row.
CREATE TABLE security_head (
    id   BIGINT NOT NULL PRIMARY KEY,
    seq  BIGINT NOT NULL,
    hash TEXT   NOT NULL
);
INSERT INTO security_head (id, seq, hash) VALUES (1, 0, '');
-- +goose StatementBegin
CREATE FUNCTION security_log_stays() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'the security log is append-only';
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER security_log_stays BEFORE UPDATE OR DELETE ON security_log FOR EACH ROW EXECUTE FUNCTION security_log_stays();

-- +goose Up
-- write_check: one row that readiness checks write, because a database may answer reads and take no write.
CREATE TABLE write_check (
    name TEXT   PRIMARY KEY,
    at   BIGINT NOT NULL
);
INSERT INTO write_check (name, at) VALUES ('ready', 0);

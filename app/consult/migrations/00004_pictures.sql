-- +goose Up

-- Who uploaded a picture, for what one person may keep on our disk; empty: uploaded before this was asked.
ALTER TABLE chat_files ADD COLUMN person TEXT NOT NULL DEFAULT '';
-- How many rows of chat_file_parts hold the sealed picture; 0: it is in body, as before.
ALTER TABLE chat_files ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chat_files_person ON chat_files (person, created_at);

-- The sealed picture in pieces. They are written before the card in chat_files; without a card they are nothing and are swept.
CREATE TABLE chat_file_parts (
    file       TEXT   NOT NULL,
    n          BIGINT NOT NULL,
    body       BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (file, n)
);
CREATE INDEX chat_file_parts_age ON chat_file_parts (created_at);

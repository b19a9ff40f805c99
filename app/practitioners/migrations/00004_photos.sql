-- +goose Up
-- doctor_photos: what doctors look like, small JPEGs by the digest of their bytes. A new one waits until an administrator shows it; the one
-- shown before stays until then. Who decided stands in the row.
CREATE TABLE doctor_photos (
    person     TEXT   NOT NULL REFERENCES practitioners (person),
    digest     TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    body       BYTEA  NOT NULL,
    sent_at    BIGINT NOT NULL,
    decided_by TEXT   NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (person, digest)
);
CREATE INDEX doctor_photos_state ON doctor_photos (state, sent_at);

-- +goose Up

-- The short pick-up code of a prescription for the pharmacy its patient chose. code is its blind index with the pharmacy, body the sealed code
-- and what is asked beside it; seq is the step it was made at: it is good until the next one. misses are wrong answers to what is asked.
CREATE TABLE pickup_shorts (
    prescription TEXT   NOT NULL PRIMARY KEY REFERENCES prescriptions (id),
    pharmacy     TEXT   NOT NULL,
    code         TEXT   NOT NULL,
    body         BYTEA  NOT NULL,
    seq          BIGINT NOT NULL,
    misses       BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX pickup_shorts_code ON pickup_shorts (code);
CREATE INDEX pickup_shorts_ends ON pickup_shorts (ends_at);

-- Wrong short codes of an hour, of one pharmacist and of one pharmacy.
CREATE TABLE pickup_misses (
    scope  TEXT   NOT NULL PRIMARY KEY,
    hour   BIGINT NOT NULL,
    misses BIGINT NOT NULL
);

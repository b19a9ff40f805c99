-- +goose Up
-- visit_ratings: what a patient thought of a visit that ended, one row a visit. The words are sealed; the doctor reads them without a name.
CREATE TABLE visit_ratings (
    visit      TEXT   NOT NULL PRIMARY KEY,
    doctor     TEXT   NOT NULL,
    stars      BIGINT NOT NULL,
    words      BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK (stars BETWEEN 1 AND 5)
);
CREATE INDEX visit_ratings_doctor ON visit_ratings (doctor, created_at);

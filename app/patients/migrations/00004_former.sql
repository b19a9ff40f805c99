-- +goose Up
-- former_persons: the id that somebody had before a record passed to it. What visits and settlements name by it stays readable to its owner.
CREATE TABLE former_persons (
    former TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL
);
CREATE INDEX former_persons_person ON former_persons (person);

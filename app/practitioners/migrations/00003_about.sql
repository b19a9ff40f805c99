-- +goose Up
-- doctor_about: what a doctor says to patients of the own work, as JSON. It is public and nobody certifies it.
CREATE TABLE doctor_about (
    person TEXT NOT NULL PRIMARY KEY REFERENCES practitioners (person),
    about  TEXT NOT NULL
);

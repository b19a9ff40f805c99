-- +goose Up
-- How many visits a doctor has finished is shown beside the name: a cell, and no count of tens of thousands of rows at each look.
CREATE TABLE consultation_tallies (
    doctor   TEXT PRIMARY KEY,
    finished BIGINT NOT NULL
);
INSERT INTO consultation_tallies (doctor, finished) SELECT doctor, count(*) FROM consultations WHERE state = 'finished' GROUP BY doctor;

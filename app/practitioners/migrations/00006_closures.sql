-- +goose Up
-- doctor_closures: sessions that a doctor does not hold (停诊), by the moment they would have begun, in milliseconds.
CREATE TABLE doctor_closures (
    person TEXT   NOT NULL REFERENCES practitioners (person),
    start  BIGINT NOT NULL,
    PRIMARY KEY (person, start)
);
CREATE INDEX doctor_closures_start ON doctor_closures (start);

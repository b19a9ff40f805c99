-- +goose Up
-- doctor_hours: when a doctor sees patients by appointment, each week anew (出诊时段). Minutes are of the day, China time; weekday 1 is
-- Monday. Appointments themselves are consultations.
CREATE TABLE doctor_hours (
    person       TEXT   NOT NULL REFERENCES practitioners (person),
    weekday      BIGINT NOT NULL,
    start_minute BIGINT NOT NULL,
    end_minute   BIGINT NOT NULL,
    capacity     BIGINT NOT NULL,
    PRIMARY KEY (person, weekday, start_minute),
    CHECK (weekday BETWEEN 1 AND 7 AND start_minute >= 0 AND end_minute > start_minute AND end_minute <= 1440 AND capacity > 0)
);

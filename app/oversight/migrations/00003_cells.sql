-- +goose Up
-- oversight_cells: what the counted records of a civil day, or month, in China add up to, by who wrote them and by kind. n: records;
-- people: different persons whom they are about, counted as far as the rule that hides small numbers asks; took, timed: milliseconds
-- since the subject's record before, and of how many records. The place in the log up to which they count is a row of oversight_place.
CREATE TABLE oversight_cells (
    unit   TEXT   NOT NULL,
    period TEXT   NOT NULL,
    org    TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    n      BIGINT NOT NULL,
    people BIGINT NOT NULL,
    took   BIGINT NOT NULL,
    timed  BIGINT NOT NULL,
    PRIMARY KEY (unit, period, org, kind)
);
-- oversight_cell_people: whom a cell has counted as different persons, by the opaque ids of the chain. A full cell takes no more.
CREATE TABLE oversight_cell_people (
    unit   TEXT NOT NULL,
    period TEXT NOT NULL,
    org    TEXT NOT NULL,
    kind   TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, period, org, kind, person)
);

-- +goose Up
-- oversight_shown: what the cells of a period that is over, and of all before it, show together, by unit, organisation and kind.
-- The difference of two periods is what those between them show. A period has a row for every organisation and kind there ever was,
-- and none at all when it has no cells; org '' is all organisations together. n, took, timed: of the cells that are shown; hidden:
-- cells that are left out, in part or whole; few: those of them with 1 to 10 persons. Rows are written once and never changed. Up to
-- which period they go is in the cells' row of oversight_place.
CREATE TABLE oversight_shown (
    unit   TEXT   NOT NULL,
    period TEXT   NOT NULL,
    org    TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    n      BIGINT NOT NULL,
    hidden BIGINT NOT NULL,
    few    BIGINT NOT NULL,
    took   BIGINT NOT NULL,
    timed  BIGINT NOT NULL,
    PRIMARY KEY (unit, period, org, kind)
);

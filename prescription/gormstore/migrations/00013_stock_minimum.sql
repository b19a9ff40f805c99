-- +goose Up
-- stock_minimums: how many free packages of a drug a pharmacy wants to have at least; below them it is warned. A drug it never had may have
-- one. 0 takes the warning away.
CREATE TABLE stock_minimums (
    pharmacy TEXT   NOT NULL,
    drug     TEXT   NOT NULL,
    minimum  BIGINT NOT NULL CHECK (minimum >= 0),
    person   TEXT   NOT NULL,
    set_at   BIGINT NOT NULL,
    PRIMARY KEY (pharmacy, drug)
);

-- +goose Up
-- stock_lots: the packages whose lot is known. What a line has beyond the sum of its lots is of an unknown lot, as all stock was before this.
-- expires is the last day of use, YYYY-MM-DD in China; a lot has one.
CREATE TABLE stock_lots (
    pharmacy TEXT   NOT NULL,
    drug     TEXT   NOT NULL,
    lot      TEXT   NOT NULL CHECK (lot <> ''),
    expires  TEXT   NOT NULL CHECK (expires <> ''),
    on_hand  BIGINT NOT NULL CHECK (on_hand >= 0),
    PRIMARY KEY (pharmacy, drug, lot),
    FOREIGN KEY (pharmacy, drug) REFERENCES pharmacy_stock (pharmacy, drug)
);
CREATE INDEX stock_lots_expires ON stock_lots (pharmacy, expires, drug, lot);

CREATE INDEX stock_movements_time ON stock_movements (pharmacy, moved_at, drug, version);
-- lot: of the packages a movement put on the shelf or took away; empty: not known, or only a reservation.
ALTER TABLE stock_movements ADD COLUMN lot TEXT NOT NULL DEFAULT '';

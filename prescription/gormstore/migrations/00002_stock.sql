-- +goose Up
-- What each pharmacy has of each drug, in packages: on the shelf, and of these promised to claimed prescriptions.
CREATE TABLE pharmacy_stock (
    pharmacy TEXT   NOT NULL,
    drug     TEXT   NOT NULL,
    on_hand  BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (pharmacy, drug),
    CHECK (reserved >= 0 AND on_hand >= reserved)
);

-- Why stock changed, line by line: versions run from 1 without a gap and the sums are the stock. Rows are never changed. reference is a keyed
-- digest of the chain record, so that nobody reads here which patient got which drug; reason is sealed.
CREATE TABLE stock_movements (
    pharmacy  TEXT   NOT NULL,
    drug      TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    on_hand   BIGINT NOT NULL,
    reserved  BIGINT NOT NULL,
    reference TEXT   NOT NULL, -- empty for deliveries and corrections
    person    TEXT   NOT NULL,
    reason    BYTEA  NOT NULL,
    moved_at  BIGINT NOT NULL,
    PRIMARY KEY (pharmacy, drug, version),
    FOREIGN KEY (pharmacy, drug) REFERENCES pharmacy_stock (pharmacy, drug)
);

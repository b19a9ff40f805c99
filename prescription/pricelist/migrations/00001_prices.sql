-- +goose Up
-- rx_prices: what the hospital decided of a drug of the catalogue; without a row the catalogue's price holds and the drug is offered. Prices are of one package, in fen.
CREATE TABLE rx_prices (
    code       TEXT    NOT NULL PRIMARY KEY,
    price_fen  BIGINT  NOT NULL,
    offered    BOOLEAN NOT NULL,
    version    BIGINT  NOT NULL,
    changed_at BIGINT  NOT NULL,
    CHECK (price_fen BETWEEN 1 AND 100000000)
);
-- rx_price_changes: every change, never rewritten. plan is the digest of the import that made it, empty for a single change.
CREATE TABLE rx_price_changes (
    code        TEXT    NOT NULL,
    version     BIGINT  NOT NULL,
    person      TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    old_fen     BIGINT  NOT NULL,
    new_fen     BIGINT  NOT NULL,
    old_offered BOOLEAN NOT NULL,
    new_offered BOOLEAN NOT NULL,
    plan        TEXT    NOT NULL,
    PRIMARY KEY (code, version)
);

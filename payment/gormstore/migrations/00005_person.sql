-- +goose Up
-- What still moves of a person's payments is looked for before the account is closed.
CREATE INDEX payment_settlements_person ON payment_settlements (person, status, id);

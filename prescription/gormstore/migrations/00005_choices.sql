-- +goose Up
-- The pharmacy a patient means to go to. It binds nobody: any pharmacy with the pick-up code may claim.
CREATE TABLE pharmacy_choices (
    prescription TEXT   NOT NULL PRIMARY KEY REFERENCES prescriptions (id),
    pharmacy     TEXT   NOT NULL,
    chosen_at    BIGINT NOT NULL
);
CREATE INDEX pharmacy_choices_pharmacy ON pharmacy_choices (pharmacy, chosen_at);

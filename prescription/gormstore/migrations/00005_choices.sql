-- +goose Up
-- The pharmacy a patient means to go to. It binds nobody: any pharmacy with the pick-up code may claim.
CREATE TABLE pharmacy_choices (
    prescription TEXT   NOT NULL PRIMARY KEY REFERENCES prescriptions (id),
    pharmacy     TEXT   NOT NULL,
    chosen_at    BIGINT NOT NULL
);
CREATE INDEX pharmacy_choices_pharmacy ON pharmacy_choices (pharmacy, chosen_at);

-- When the holding pharmacy had everything packed (备药完成). claim is the record of its claim, so that a release takes the notice with it.
CREATE TABLE pharmacy_ready (
    claim        TEXT   NOT NULL PRIMARY KEY,
    prescription TEXT   NOT NULL REFERENCES prescriptions (id),
    ready_at     BIGINT NOT NULL
);

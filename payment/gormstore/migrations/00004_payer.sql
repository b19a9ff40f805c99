-- +goose Up
-- What a payer has opened lately is counted before each payment.
CREATE INDEX payment_settlements_payer ON payment_settlements (payer, opened_at);

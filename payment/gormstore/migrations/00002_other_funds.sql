-- +goose Up
-- other_funds: the funds that the bureau names beside the pooled one, as payment.Funds writes them; they are part of fund.
ALTER TABLE payment_settlements ADD COLUMN other_funds TEXT NOT NULL DEFAULT '';

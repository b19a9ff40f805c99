-- +goose Up
-- When a pharmacy's claim ends by itself (Unix milliseconds); 0: nobody holds it, or the claim is from before there were leases.
ALTER TABLE prescriptions ADD COLUMN claim_until BIGINT NOT NULL DEFAULT 0;
CREATE INDEX prescriptions_claim_until ON prescriptions (claim_until) WHERE claim_until > 0;

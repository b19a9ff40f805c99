-- +goose Up
-- The records that the chain refused for good are listed in their order.
CREATE INDEX outbox_dead_pos ON outbox (pos) WHERE state = 'dead';

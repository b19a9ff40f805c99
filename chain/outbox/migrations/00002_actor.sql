-- +goose Up
-- outbox.actor: id of the certificate that signed the record. A certificate's revocation waits for what it signed before. Records that
-- were there already have none: they are judged as they always were.
ALTER TABLE outbox ADD COLUMN actor TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_actor ON outbox (actor, pos) WHERE state = 'pending';

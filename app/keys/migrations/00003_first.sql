-- +goose Up
-- key_requests: every key of a practitioner that no live key of the same person has signed for, the first one too. why: what the
-- administrators are told of it. cn: how certificates called the person when it was asked for; the request is over once that changed.
-- key_approvals.admin empty: the operator at the machine.
ALTER TABLE key_requests ADD COLUMN why TEXT NOT NULL DEFAULT '';
ALTER TABLE key_requests ADD COLUMN cn TEXT NOT NULL DEFAULT '';

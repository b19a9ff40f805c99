-- +goose Up

-- Since when a patient waits for the doctor: the request, or the beginning of the session when that is later. The queue is in this order.
ALTER TABLE consultations ADD COLUMN waits_from BIGINT NOT NULL DEFAULT 0;
UPDATE consultations SET waits_from = CASE WHEN slot_start > created_at THEN slot_start ELSE created_at END;
CREATE INDEX consultations_queue ON consultations (doctor, waits_from, slot_number, id) WHERE state IN ('requested', 'accepted', 'active');
-- The waits of a doctor's last visits, which estimates rest on.
CREATE INDEX consultations_started ON consultations (doctor, started_at) WHERE started_at > 0;
-- The directory counts a doctor's finished visits.
CREATE INDEX consultations_of_state ON consultations (doctor, state);

-- +goose Up

-- The appointment (预约): the session of the doctor's hours, and the patient's number in it; 0: none. One number is given once, unless its
-- visit was cancelled.
ALTER TABLE consultations ADD COLUMN slot_start BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultations ADD COLUMN slot_end BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultations ADD COLUMN slot_number BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX consultations_slot ON consultations (doctor, slot_start, slot_number) WHERE slot_start > 0 AND state <> 'cancelled';

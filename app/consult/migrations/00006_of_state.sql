-- +goose Up
-- A doctor's visits of one state are listed newest first; among tens of thousands that are finished nobody looks for the few.
CREATE INDEX consultations_of_state_newest ON consultations (doctor, state, created_at, id);
DROP INDEX consultations_of_state;

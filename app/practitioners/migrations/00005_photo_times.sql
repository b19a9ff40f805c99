-- +goose Up
-- times: how often a photo was sent within a day, so that sending, taking back and sending the same one again ends as well.
ALTER TABLE doctor_photos ADD COLUMN times BIGINT NOT NULL DEFAULT 1;

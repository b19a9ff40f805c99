-- +goose Up
-- Stars beside a doctor's name are added up out of the index alone.
CREATE INDEX visit_ratings_shown ON visit_ratings (doctor, shown, stars);

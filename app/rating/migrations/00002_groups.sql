-- +goose Up
-- A rating is shown together with others, at the moment when Least different patients wait: whoever looks before and after a visit
-- learns nothing of it. rater: blind index of the visit's patient; of older rows the visit itself.
ALTER TABLE visit_ratings ADD COLUMN rater TEXT NOT NULL DEFAULT '';
ALTER TABLE visit_ratings ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
UPDATE visit_ratings SET rater = visit;
UPDATE visit_ratings SET shown = 1
    WHERE doctor IN (SELECT doctor FROM visit_ratings GROUP BY doctor HAVING count(*) >= 5);

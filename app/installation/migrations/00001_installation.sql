-- +goose Up
-- installation: facts about this database as a whole. Key "demo" marks a demo ward ("seeding:ID" or "seeded:ID"),
-- with which strict mode refuses to start.
CREATE TABLE installation (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

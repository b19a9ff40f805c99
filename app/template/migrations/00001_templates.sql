-- +goose Up
-- rx_templates: prescriptions to be written again. org is the author's hospital; department is empty while a template is its author's alone. The content is sealed.
CREATE TABLE rx_templates (
    id         TEXT   NOT NULL PRIMARY KEY,
    org        TEXT   NOT NULL,
    author     TEXT   NOT NULL,
    department TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    content    BYTEA  NOT NULL,
    version    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK (state IN ('own', 'proposed', 'agreed', 'declined')),
    CHECK ((state = 'own') = (department = ''))
);
CREATE INDEX rx_templates_author ON rx_templates (author, changed_at);
CREATE INDEX rx_templates_department ON rx_templates (org, department, state, changed_at);

-- +goose Up
-- certificates.origin: from which network the key was enrolled, by blind index, so that enrolments can be counted.
ALTER TABLE certificates ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX certificates_origin ON certificates (origin, created_at);
-- key_requests: a new key for a practitioner who has or had one and cannot sign for it with the old one; two administrators
-- approve exactly this public key. refused_at, used_at: 0 as long as it did not happen.
CREATE TABLE key_requests (
    id         TEXT   NOT NULL PRIMARY KEY,
    person     TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    org        TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    public_key TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    refused_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL
);
CREATE INDEX key_requests_person ON key_requests (person);
CREATE INDEX key_requests_org ON key_requests (org);
-- key_approvals: which administrators have approved a request.
CREATE TABLE key_approvals (
    request     TEXT   NOT NULL,
    admin       TEXT   NOT NULL,
    approved_at BIGINT NOT NULL,
    PRIMARY KEY (request, admin)
);

-- +goose Up
-- accounts: who may log in. A staff account has login and password, a patient's has the blind index of its WeChat openid.
CREATE TABLE accounts (
    id           TEXT    NOT NULL PRIMARY KEY,
    person       TEXT    NOT NULL UNIQUE,
    role         TEXT    NOT NULL,
    org          TEXT    NOT NULL,
    login        TEXT    UNIQUE,
    password     TEXT,
    openid_index TEXT    UNIQUE,
    disabled     BOOLEAN NOT NULL,
    created_at   BIGINT  NOT NULL
);
-- login_failures: wrong passwords in a row by the blind index of the name typed, whether such an account exists or not, so that
-- known and unknown names lock alike. Rows are purged once they no longer count.
CREATE TABLE login_failures (
    name_index   TEXT   NOT NULL PRIMARY KEY,
    failures     BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);
CREATE INDEX login_failures_first_at ON login_failures (first_at);

-- +goose Up
-- consents: which account agreed to which version of a paper (服务须知, 隐私政策) when, and when it took that back. digest is the SM3 of
-- the text it was shown. Rows are kept: they prove that there was consent. withdrawn_at 0: it holds.
CREATE TABLE consents (
    account      TEXT   NOT NULL,
    paper        TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    agreed_at    BIGINT NOT NULL,
    digest       TEXT   NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    PRIMARY KEY (account, paper, version, agreed_at)
);

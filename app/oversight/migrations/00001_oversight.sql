-- +goose Up
-- oversight_place: how far the regulator has followed the chain, one row of JSON: records and their Merkle peaks, blocks, and what
-- was proved of them.
CREATE TABLE oversight_place (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- oversight_subjects: every subject's last sequence number, and whether a pharmacist has reviewed it. A gap shows here.
CREATE TABLE oversight_subjects (
    subject  TEXT   PRIMARY KEY,
    seq      BIGINT NOT NULL,
    reviewed BIGINT NOT NULL
);

-- oversight_acts: who did what when, for as long as it counts towards the comparison with his own past. who is an opaque id.
CREATE TABLE oversight_acts (
    record TEXT   PRIMARY KEY,
    what   TEXT   NOT NULL,
    who    TEXT   NOT NULL,
    at     BIGINT NOT NULL
);
CREATE INDEX oversight_acts_who ON oversight_acts (what, who, at);

-- oversight_findings: one row a rule and subject. attempt is the refused record, where that is the reason; document and salt are the
-- disclosed document, sealed, where that is.
CREATE TABLE oversight_findings (
    id       TEXT   PRIMARY KEY,
    rule     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    record   TEXT   NOT NULL,
    org      TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    height   BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    detail   TEXT   NOT NULL,
    found_at BIGINT NOT NULL,
    attempt  BYTEA,
    records  TEXT   NOT NULL,
    document BYTEA,
    salt     BYTEA
);
CREATE INDEX oversight_findings_found ON oversight_findings (found_at, id);

-- oversight_disclosures: documents that hospitals still owe. A row goes when the document was looked at.
CREATE TABLE oversight_disclosures (
    record   TEXT   PRIMARY KEY,
    subject  TEXT   NOT NULL,
    hospital TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    next_try BIGINT NOT NULL,
    tries    BIGINT NOT NULL
);
CREATE INDEX oversight_disclosures_due ON oversight_disclosures (next_try);

-- +goose Up
-- Findings by block time, and those of one rule or one organisation in either order.
CREATE INDEX oversight_findings_at ON oversight_findings (at, id);
CREATE INDEX oversight_findings_rule_found ON oversight_findings (rule, found_at, id);
CREATE INDEX oversight_findings_rule_at ON oversight_findings (rule, at, id);
CREATE INDEX oversight_findings_org_found ON oversight_findings (org, found_at, id);
CREATE INDEX oversight_findings_org_at ON oversight_findings (org, at, id);

-- +goose Up
-- Findings of one rule at one organisation, in either order.
CREATE INDEX oversight_findings_rule_org_found ON oversight_findings (rule, org, found_at, id);
CREATE INDEX oversight_findings_rule_org_at ON oversight_findings (rule, org, at, id);

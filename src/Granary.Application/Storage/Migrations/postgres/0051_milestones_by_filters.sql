-- The last day on which something of a lead counts finds the facts of a period, instead of each step's day; milestones are kept by what can be filtered.
DELETE FROM report_sheet;
DELETE FROM lead_fact;
DELETE FROM work_fact;
DELETE FROM deal_fact;
DELETE FROM log_position WHERE consumer IN ('facts', 'facts.all');
DROP INDEX ix_lead_fact_channel;
DROP INDEX ix_lead_fact_assigned;
DROP INDEX ix_lead_fact_followed;
DROP INDEX ix_lead_fact_paid;
ALTER TABLE lead_fact DROP COLUMN last_paid_on;
ALTER TABLE lead_fact ADD COLUMN last_on date NOT NULL;
CREATE INDEX ix_lead_fact_channel ON lead_fact (channel_id, received_on, last_on, region, industry, campaign);
CREATE INDEX ix_lead_fact_paid ON lead_fact (paid_on) WHERE paid_on IS NOT NULL;

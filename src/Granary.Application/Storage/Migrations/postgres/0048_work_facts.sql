-- What the work on leads contributes to the rollups, and which responses changed since they were counted.
CREATE TABLE work_fact (
    lead_id uuid NOT NULL CONSTRAINT pk_work_fact PRIMARY KEY,
    parts text NOT NULL
);
CREATE TABLE response_change (
    id uuid NOT NULL CONSTRAINT pk_response_change PRIMARY KEY,
    lead_id uuid NOT NULL
);
CREATE INDEX ix_response_due ON response (respond_by) WHERE respond_by IS NOT NULL;
CREATE INDEX ix_lead_fact_assigned ON lead_fact (assigned_on) WHERE assigned_on IS NOT NULL;
CREATE INDEX ix_lead_fact_followed ON lead_fact (followed_on) WHERE followed_on IS NOT NULL;

-- Everything is walked anew.
DELETE FROM lead_fact;
DELETE FROM report_cell;
DELETE FROM log_position WHERE consumer IN ('facts', 'facts.all');

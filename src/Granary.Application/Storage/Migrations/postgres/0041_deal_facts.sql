-- What reports know of each opportunity, with the touches that led to it: kept by the consumer that keeps the facts of leads.
CREATE TABLE deal_fact (
    opportunity_id uuid NOT NULL CONSTRAINT pk_deal_fact PRIMARY KEY,
    lead_id uuid,
    owner_id uuid NOT NULL,
    seller_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    campaign text,
    industry text,
    region text,
    products text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_on date NOT NULL,
    won_at timestamp with time zone,
    won_on date,
    amount bigint NOT NULL,
    won_amount bigint NOT NULL,
    path bytea NOT NULL,
    credit_lead_id uuid,
    credit_channel_id uuid,
    credit_campaign text
);
CREATE INDEX ix_deal_fact_created ON deal_fact (created_on, opportunity_id);
CREATE INDEX ix_deal_fact_won ON deal_fact (won_on, opportunity_id) WHERE won_on IS NOT NULL;
CREATE INDEX ix_deal_fact_lead ON deal_fact (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX ix_deal_fact_credit ON deal_fact (credit_lead_id) WHERE credit_lead_id IS NOT NULL;

-- Everything is walked anew.
DELETE FROM lead_fact;
DELETE FROM report_cell;
DELETE FROM log_position WHERE consumer IN ('facts', 'facts.all');

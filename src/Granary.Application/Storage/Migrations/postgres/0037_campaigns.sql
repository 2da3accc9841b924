CREATE TABLE campaign (
    id uuid NOT NULL CONSTRAINT pk_campaign PRIMARY KEY,
    version integer NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(200) NOT NULL,
    type character varying(60) NOT NULL,
    stage integer NOT NULL,
    owner_id uuid NOT NULL,
    region character varying(60),
    place character varying(200),
    starts_on date,
    ends_on date,
    sort_on date NOT NULL,
    purpose character varying(2000),
    form_id uuid,
    target_companies integer,
    target_key_people integer,
    target_intents integer,
    target_leads integer,
    target_opportunities integer,
    expected_amount bigint,
    applied_by_id uuid,
    applied_at timestamp with time zone,
    decided_by_id uuid,
    decided_at timestamp with time zone,
    decision_note character varying(500),
    summary character varying(10000),
    stage_at timestamp with time zone NOT NULL,
    split_at timestamp with time zone,
    split_by_id uuid,
    report_on date,
    created_by_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_campaign_code ON campaign (code);
CREATE INDEX ix_campaign_owner ON campaign (owner_id);
CREATE INDEX ix_campaign_stage ON campaign (stage, sort_on, id);
CREATE INDEX ix_campaign_sort ON campaign (sort_on, id);
CREATE INDEX ix_campaign_report ON campaign (report_on) WHERE report_on IS NOT NULL;

CREATE TABLE campaign_item (
    id uuid NOT NULL CONSTRAINT pk_campaign_item PRIMARY KEY,
    campaign_id uuid NOT NULL,
    line character varying(60),
    step integer NOT NULL,
    ordinal integer NOT NULL,
    name character varying(200) NOT NULL,
    owner_id uuid NOT NULL,
    due_on date,
    state integer NOT NULL,
    reason character varying(500),
    done_by_id uuid,
    done_at timestamp with time zone,
    reminded_at timestamp with time zone
);
CREATE INDEX ix_campaign_item_campaign ON campaign_item (campaign_id, step, ordinal);
CREATE INDEX ix_campaign_item_owner ON campaign_item (owner_id, due_on) WHERE state = 0;
CREATE INDEX ix_campaign_item_due ON campaign_item (due_on) WHERE state = 0 AND reminded_at IS NULL;

CREATE TABLE campaign_cost (
    id uuid NOT NULL CONSTRAINT pk_campaign_cost PRIMARY KEY,
    version integer NOT NULL,
    campaign_id uuid NOT NULL,
    category character varying(60) NOT NULL,
    planned bigint NOT NULL,
    actual bigint,
    on_day date,
    supplier character varying(200),
    note character varying(500),
    created_by_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE INDEX ix_campaign_cost_campaign ON campaign_cost (campaign_id, id);

CREATE INDEX ix_lead_campaign ON lead (campaign, received_at, id) WHERE campaign IS NOT NULL;

-- Roles that came with the product learn the verbs of campaigns, where an administrator has not said anything about them.
UPDATE asp_net_roles SET grants = (n.added::jsonb || asp_net_roles.grants::jsonb)::text
FROM (VALUES
  ('lead_administrator', '{"viewCampaigns":"all","joinCampaigns":"own","splitCampaigns":"all"}'),
  ('sdr', '{"viewCampaigns":"all","joinCampaigns":"own"}'),
  ('sales_representative', '{"viewCampaigns":"all","joinCampaigns":"own"}'),
  ('sales_supervisor', '{"viewCampaigns":"all","joinCampaigns":"own"}'),
  ('sales_director', '{"viewCampaigns":"all","joinCampaigns":"own","approveCampaigns":"own, departmentTree"}'),
  ('marketing_specialist', '{"viewCampaigns":"all","editCampaigns":"own","joinCampaigns":"own"}'),
  ('marketing_manager', '{"viewCampaigns":"all","editCampaigns":"all","approveCampaigns":"all","splitCampaigns":"all","joinCampaigns":"own"}'),
  ('operations', '{"viewCampaigns":"all"}'),
  ('system_administrator', '{"viewCampaigns":"all","editCampaigns":"all","approveCampaigns":"all","splitCampaigns":"all","joinCampaigns":"all"}')
) AS n (name, added)
WHERE asp_net_roles.built_in AND asp_net_roles.name = n.name;

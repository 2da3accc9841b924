CREATE TABLE opportunity (
    id uuid NOT NULL CONSTRAINT pk_opportunity PRIMARY KEY,
    version integer NOT NULL,
    code character varying(300) NOT NULL,
    name character varying(200) NOT NULL,
    account_id uuid NOT NULL,
    contact_id uuid,
    lead_id uuid,
    owner_id uuid NOT NULL,
    receiver_id uuid,
    line character varying(60) NOT NULL,
    stage character varying(60) NOT NULL,
    stage_since timestamp with time zone NOT NULL,
    closed_from character varying(60),
    ticked text NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    expected_on date,
    product_line character varying(100),
    grade integer,
    evaluated_at timestamp with time zone,
    inquiry integer NOT NULL,
    inquiry_before integer,
    plan_approved integer,
    plan_waits boolean NOT NULL,
    charter_due_at timestamp with time zone,
    handover_due_at timestamp with time zone,
    custom text,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone
);
CREATE UNIQUE INDEX ix_opportunity_code ON opportunity (code);
CREATE INDEX ix_opportunity_owner ON opportunity (owner_id, id);
CREATE INDEX ix_opportunity_account ON opportunity (account_id);
CREATE INDEX ix_opportunity_receiver ON opportunity (receiver_id) WHERE receiver_id IS NOT NULL;
CREATE INDEX ix_opportunity_lead ON opportunity (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX ix_opportunity_stage ON opportunity (line, stage, id) WHERE closed_at IS NULL;
CREATE INDEX ix_opportunity_expected ON opportunity (expected_on) WHERE expected_on IS NOT NULL;

CREATE TABLE lead_conversion (
    id uuid NOT NULL CONSTRAINT pk_lead_conversion PRIMARY KEY,
    lead_id uuid NOT NULL,
    account_id uuid NOT NULL,
    account_made boolean NOT NULL,
    contact_id uuid,
    contact_made boolean NOT NULL,
    opportunity_id uuid NOT NULL,
    opportunity_made boolean NOT NULL,
    opportunity_version integer NOT NULL,
    criteria text NOT NULL,
    ownership_id uuid,
    before text NOT NULL,
    policy_version integer NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    undone_by uuid
);
CREATE INDEX ix_lead_conversion_lead ON lead_conversion (lead_id);
CREATE INDEX ix_lead_conversion_opportunity ON lead_conversion (opportunity_id);
CREATE INDEX ix_lead_conversion_account ON lead_conversion (account_id);

CREATE TABLE code_series (
    series character varying(300) NOT NULL CONSTRAINT pk_code_series PRIMARY KEY,
    last bigint NOT NULL
);

CREATE TABLE account_number (
    account_id uuid NOT NULL CONSTRAINT pk_account_number PRIMARY KEY,
    number integer NOT NULL
);
CREATE UNIQUE INDEX ix_account_number ON account_number (number);

-- Roles that came with the product learn the verbs of opportunities, where an administrator has not said anything about them.
UPDATE asp_net_roles SET grants = (n.added::jsonb || asp_net_roles.grants::jsonb)::text
FROM (VALUES
  ('lead_administrator', '{"viewOpportunities":"all","editOpportunities":"all"}'),
  ('sdr', '{"viewOpportunities":"own","editOpportunities":"own"}'),
  ('sales_representative', '{"viewOpportunities":"own","editOpportunities":"own"}'),
  ('sales_supervisor', '{"viewOpportunities":"own, team","editOpportunities":"own, team","decideOpportunities":"own, team"}'),
  ('sales_director', '{"viewOpportunities":"own, departmentTree","editOpportunities":"own, departmentTree","decideOpportunities":"own, departmentTree"}'),
  ('delivery', '{"viewOpportunities":"own"}'),
  ('legal', '{"viewOpportunities":"all","reviewContracts":"all"}'),
  ('operations', '{"viewOpportunities":"all"}'),
  ('system_administrator', '{"viewOpportunities":"all","editOpportunities":"all","decideOpportunities":"all","reviewContracts":"all"}')
) AS n (name, added)
WHERE asp_net_roles.built_in AND asp_net_roles.name = n.name;

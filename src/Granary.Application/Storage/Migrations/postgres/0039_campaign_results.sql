CREATE TABLE campaign_split (
    campaign_id uuid NOT NULL,
    lead_id uuid NOT NULL,
    way integer NOT NULL,
    owner_id uuid,
    pool_id uuid,
    reasons text NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_campaign_split PRIMARY KEY (campaign_id, lead_id)
);
CREATE INDEX ix_campaign_split_lead ON campaign_split (lead_id);

CREATE TABLE campaign_report (
    campaign_id uuid NOT NULL,
    on_day date NOT NULL,
    points integer NOT NULL,
    leads integer NOT NULL,
    mql_leads integer NOT NULL,
    sql_leads integer NOT NULL,
    opportunities integer NOT NULL,
    opportunity_amount bigint NOT NULL,
    won integer NOT NULL,
    won_amount bigint NOT NULL,
    payments bigint NOT NULL,
    cost bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_campaign_report PRIMARY KEY (campaign_id, on_day)
);

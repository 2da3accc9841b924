-- What reports know of each lead, and rollups that are a function of it: kept by a consumer of the event log.
CREATE TABLE lead_fact (
    lead_id uuid NOT NULL CONSTRAINT pk_lead_fact PRIMARY KEY,
    owner_id uuid NOT NULL,
    first_owner_id uuid,
    acquired integer,
    channel_id uuid NOT NULL,
    campaign text,
    keyword text,
    content text,
    industry text,
    region text,
    products text NOT NULL,
    status integer NOT NULL,
    invalid_reason text,
    received_on date NOT NULL,
    recorded_on date NOT NULL,
    assigned_on date,
    followed_on date,
    mql_on date,
    sql_on date,
    opportunity_on date,
    won_on date,
    paid_on date,
    last_paid_on date,
    opportunity_id uuid,
    amount bigint NOT NULL,
    won_amount bigint NOT NULL,
    paid_amount bigint NOT NULL,
    payments text NOT NULL
);
CREATE INDEX ix_lead_fact_received ON lead_fact (received_on, lead_id);
CREATE INDEX ix_lead_fact_owner ON lead_fact (owner_id, received_on, lead_id);
CREATE INDEX ix_lead_fact_channel ON lead_fact (channel_id, received_on, lead_id);
CREATE INDEX ix_lead_fact_mql ON lead_fact (mql_on) WHERE mql_on IS NOT NULL;
CREATE INDEX ix_lead_fact_sql ON lead_fact (sql_on) WHERE sql_on IS NOT NULL;
CREATE INDEX ix_lead_fact_opportunity ON lead_fact (opportunity_on) WHERE opportunity_on IS NOT NULL;
CREATE INDEX ix_lead_fact_won ON lead_fact (won_on) WHERE won_on IS NOT NULL;
CREATE INDEX ix_lead_fact_paid ON lead_fact (paid_on, last_paid_on) WHERE paid_on IS NOT NULL;

CREATE TABLE report_cell (
    cube integer NOT NULL,
    owner_id uuid NOT NULL,
    period integer NOT NULL,
    key text NOT NULL,
    n1 bigint NOT NULL,
    n2 bigint NOT NULL,
    n3 bigint NOT NULL,
    n4 bigint NOT NULL,
    n5 bigint NOT NULL,
    n6 bigint NOT NULL,
    m1 bigint NOT NULL,
    m2 bigint NOT NULL,
    m3 bigint NOT NULL,
    CONSTRAINT pk_report_cell PRIMARY KEY (cube, owner_id, period, key)
);

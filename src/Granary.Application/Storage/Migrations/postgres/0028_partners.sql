CREATE TABLE partner (
    id uuid NOT NULL CONSTRAINT pk_partner PRIMARY KEY,
    version integer NOT NULL,
    name character varying(200) NOT NULL,
    kind integer NOT NULL,
    owner_id uuid NOT NULL,
    account_id uuid,
    region character varying(200),
    note character varying(2000),
    ended_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_partner_name ON partner (name);
CREATE INDEX ix_partner_owner ON partner (owner_id);
CREATE INDEX ix_partner_account ON partner (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE partner_registration (
    id uuid NOT NULL CONSTRAINT pk_partner_registration PRIMARY KEY,
    version integer NOT NULL,
    partner_id uuid NOT NULL,
    kind integer NOT NULL,
    company character varying(200) NOT NULL,
    company_key uuid NOT NULL,
    need character varying(2000) NOT NULL,
    amount bigint,
    expected_on date,
    state integer NOT NULL,
    asked_by_id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by_id uuid,
    decided_at timestamp with time zone,
    reason character varying(500),
    expires_at timestamp with time zone,
    opportunity_id uuid
);
CREATE INDEX ix_partner_registration_partner ON partner_registration (partner_id, id);
CREATE INDEX ix_partner_registration_state ON partner_registration (state, id);
CREATE INDEX ix_partner_registration_company ON partner_registration (company_key);
CREATE INDEX ix_partner_registration_expires ON partner_registration (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX ix_partner_registration_opportunity ON partner_registration (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE TABLE named_list (
    id uuid NOT NULL CONSTRAINT pk_named_list PRIMARY KEY,
    version integer NOT NULL,
    name character varying(100) NOT NULL,
    premium boolean NOT NULL,
    source character varying(60) NOT NULL,
    owner_id uuid NOT NULL,
    note character varying(2000),
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_named_list_name ON named_list (name);

CREATE TABLE named_account (
    id uuid NOT NULL CONSTRAINT pk_named_account PRIMARY KEY,
    version integer NOT NULL,
    list_id uuid NOT NULL,
    account_id uuid NOT NULL,
    stage integer NOT NULL,
    stage_since timestamp with time zone NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id uuid NOT NULL
);
CREATE UNIQUE INDEX ix_named_account_account ON named_account (account_id);
CREATE INDEX ix_named_account_list ON named_account (list_id, stage, id);

CREATE TABLE named_check (
    named_account_id uuid NOT NULL,
    check_id character varying(60) NOT NULL,
    evidence character varying(1000) NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_named_check PRIMARY KEY (named_account_id, check_id)
);

CREATE TABLE named_stage_change (
    id uuid NOT NULL CONSTRAINT pk_named_stage_change PRIMARY KEY,
    named_account_id uuid NOT NULL,
    list_id uuid NOT NULL,
    before integer NOT NULL,
    after integer NOT NULL,
    reason character varying(500),
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_named_stage_change_account ON named_stage_change (named_account_id, id);
CREATE INDEX ix_named_stage_change_list ON named_stage_change (list_id, at);

CREATE TABLE named_goal (
    list_id uuid NOT NULL,
    quarter integer NOT NULL,
    stage integer NOT NULL,
    goal integer NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_named_goal PRIMARY KEY (list_id, quarter, stage)
);

CREATE TABLE named_touch (
    id uuid NOT NULL CONSTRAINT pk_named_touch PRIMARY KEY,
    named_account_id uuid NOT NULL,
    instrument integer NOT NULL,
    planned_on date NOT NULL,
    owner_id uuid NOT NULL,
    note character varying(500),
    done_on date,
    done_by_id uuid,
    outcome character varying(1000),
    cancelled_at timestamp with time zone,
    reminded_at timestamp with time zone,
    at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL
);
CREATE INDEX ix_named_touch_account ON named_touch (named_account_id, planned_on);
CREATE INDEX ix_named_touch_owner ON named_touch (owner_id, planned_on) WHERE done_on IS NULL AND cancelled_at IS NULL;
CREATE INDEX ix_named_touch_due ON named_touch (planned_on) WHERE done_on IS NULL AND cancelled_at IS NULL AND reminded_at IS NULL;

-- The ratio of premium to regular accounts stands with the rules of named accounts from now on.
UPDATE policy_version SET body = (body::jsonb - 'regularPerPremium')::text WHERE kind = 'qualification';

-- Marketing plans for named accounts too, where an administrator has not said anything about it.
UPDATE asp_net_roles SET grants = ('{"manageAccounts":"all"}'::jsonb || grants::jsonb)::text WHERE built_in AND name = 'marketing_manager';

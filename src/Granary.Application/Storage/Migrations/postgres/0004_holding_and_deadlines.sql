ALTER TABLE lead ADD COLUMN placed_at timestamp with time zone;
UPDATE lead SET placed_at = changed_at;

ALTER TABLE lead ALTER COLUMN placed_at SET NOT NULL;

ALTER TABLE lead ADD COLUMN next_step text;
ALTER TABLE lead ADD COLUMN next_at timestamp with time zone;
ALTER TABLE lead ADD COLUMN followed_at timestamp with time zone;

ALTER TABLE ownership_record ADD COLUMN reason character varying(500);
ALTER TABLE ownership_record ADD COLUMN from_pool_id uuid;
ALTER TABLE ownership_record ADD COLUMN follow_ups integer NOT NULL DEFAULT 0;
ALTER TABLE ownership_record ADD COLUMN first_follow_up_at timestamp with time zone;
ALTER TABLE ownership_record ADD COLUMN last_follow_up_at timestamp with time zone;
ALTER TABLE ownership_record ADD COLUMN decided_at timestamp with time zone;
ALTER TABLE ownership_record ADD COLUMN protected_until timestamp with time zone;
ALTER TABLE ownership_record ADD COLUMN locked_by uuid;

ALTER TABLE pool_member ADD COLUMN manages boolean NOT NULL DEFAULT false;

CREATE TABLE attachment (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    follow_up_id uuid NOT NULL,
    name character varying(255) NOT NULL,
    type character varying(100) NOT NULL,
    size integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (lead_id, id)
);

CREATE TABLE follow_up (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    author_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    method integer NOT NULL,
    content text NOT NULL,
    feedback text,
    next_step text,
    next_at timestamp with time zone,
    counted boolean NOT NULL,
    changes text,
    CONSTRAINT pk_follow_up PRIMARY KEY (lead_id, id)
);

CREATE TABLE follow_up_template (
    id uuid NOT NULL,
    user_id uuid,
    name character varying(60) NOT NULL,
    method integer NOT NULL,
    content text NOT NULL,
    next_in_days integer,
    CONSTRAINT pk_follow_up_template PRIMARY KEY (id)
);

CREATE TABLE lead_request (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    kind integer NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    reason character varying(500) NOT NULL,
    to_user_id uuid,
    decision integer,
    decided_by uuid,
    decided_at timestamp with time zone,
    comment character varying(500),
    CONSTRAINT pk_lead_request PRIMARY KEY (id)
);

CREATE TABLE log_position (
    consumer character varying(40) NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT pk_log_position PRIMARY KEY (consumer)
);

CREATE TABLE notice_channel (
    user_id uuid NOT NULL,
    kind integer NOT NULL,
    address bytea,
    kinds bigint NOT NULL,
    CONSTRAINT pk_notice_channel PRIMARY KEY (user_id, kind)
);

CREATE TABLE notice_delivery (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    kind integer NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone,
    delivered_at timestamp with time zone,
    error character varying(500),
    CONSTRAINT pk_notice_delivery PRIMARY KEY (id)
);

CREATE TABLE reactivated_lead (
    run_id uuid NOT NULL,
    lead_id uuid NOT NULL,
    from_pool_id uuid NOT NULL,
    owner_id uuid,
    CONSTRAINT pk_reactivated_lead PRIMARY KEY (run_id, lead_id)
);

CREATE TABLE reactivation (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    plan text NOT NULL,
    open boolean NOT NULL,
    next_at timestamp with time zone,
    author_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_reactivation PRIMARY KEY (id)
);

CREATE TABLE reactivation_run (
    id uuid NOT NULL,
    reactivation_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    selected integer NOT NULL,
    pushed integer NOT NULL,
    CONSTRAINT pk_reactivation_run PRIMARY KEY (reactivation_id, id)
);

CREATE TABLE response (
    ownership_id uuid NOT NULL,
    lead_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    rule_id character varying(60),
    respond_by timestamp with time zone,
    responded_at timestamp with time zone,
    to_at timestamp with time zone,
    CONSTRAINT pk_response PRIMARY KEY (ownership_id)
);

CREATE TABLE timer (
    lead_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    rule_id character varying(60),
    percent integer NOT NULL,
    deadline_at timestamp with time zone,
    deadline_rule character varying(60),
    state text NOT NULL,
    CONSTRAINT pk_timer PRIMARY KEY (lead_id)
);

CREATE TABLE violation (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    ownership_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    department_id uuid,
    rule_id character varying(60) NOT NULL,
    policy_version integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    minutes integer NOT NULL,
    clock integer NOT NULL,
    deadline_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    evidence text NOT NULL,
    CONSTRAINT pk_violation PRIMARY KEY (id)
);

CREATE TABLE violation_note (
    id uuid NOT NULL,
    violation_id uuid NOT NULL,
    kind integer NOT NULL,
    author_id uuid,
    at timestamp with time zone NOT NULL,
    text text,
    CONSTRAINT pk_violation_note PRIMARY KEY (violation_id, id)
);

CREATE INDEX ix_follow_up_author_id_recorded_at ON follow_up (author_id, recorded_at);

CREATE INDEX ix_follow_up_template_user_id ON follow_up_template (user_id);

CREATE INDEX ix_lead_request_lead_id_id ON lead_request (lead_id, id);

CREATE INDEX ix_lead_request_open ON lead_request (id) WHERE decision IS NULL;

CREATE INDEX ix_notice_delivery_next ON notice_delivery (next_at) WHERE next_at IS NOT NULL;

CREATE UNIQUE INDEX ix_notice_delivery_user_id_notice_id_kind ON notice_delivery (user_id, notice_id, kind);

CREATE INDEX ix_reactivated_lead_lead_id ON reactivated_lead (lead_id);

CREATE INDEX ix_reactivation_next ON reactivation (next_at) WHERE next_at IS NOT NULL;

CREATE INDEX ix_response_from_at ON response (from_at);

CREATE INDEX ix_response_owner_id_from_at ON response (owner_id, from_at);

CREATE INDEX ix_timer_due_at_lead_id ON timer (due_at, lead_id);

CREATE INDEX ix_violation_at ON violation (at);

CREATE INDEX ix_violation_lead_id ON violation (lead_id);

CREATE INDEX ix_violation_owner_id_at ON violation (owner_id, at);

CREATE UNIQUE INDEX ix_violation_ownership_id_rule_id_started_at ON violation (ownership_id, rule_id, started_at);

-- What was recorded of a missed deadline stays as it was.
CREATE FUNCTION keep_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME;
END $$;

CREATE TRIGGER violation_stays BEFORE UPDATE OR DELETE ON violation FOR EACH ROW EXECUTE FUNCTION keep_as_it_was();

CREATE TRIGGER violation_note_stays BEFORE UPDATE OR DELETE ON violation_note FOR EACH ROW EXECUTE FUNCTION keep_as_it_was();

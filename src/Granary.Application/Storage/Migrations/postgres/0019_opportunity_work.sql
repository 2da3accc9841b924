CREATE TABLE opportunity_paper (
    id uuid NOT NULL CONSTRAINT pk_opportunity_paper PRIMARY KEY,
    opportunity_id uuid NOT NULL,
    kind integer NOT NULL,
    body text NOT NULL,
    author_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_opportunity_paper ON opportunity_paper (opportunity_id, kind, id);

CREATE TABLE opportunity_evaluation (
    id uuid NOT NULL CONSTRAINT pk_opportunity_evaluation PRIMARY KEY,
    opportunity_id uuid NOT NULL,
    urgency integer NOT NULL,
    budget integer NOT NULL,
    competition integer NOT NULL,
    decision integer NOT NULL,
    total integer NOT NULL,
    grade integer NOT NULL,
    reason character varying(500),
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    verdict integer NOT NULL,
    judge_id uuid,
    judged_at timestamp with time zone,
    comment character varying(500)
);
CREATE INDEX ix_opportunity_evaluation ON opportunity_evaluation (opportunity_id, id);

CREATE TABLE inquiry_change (
    id uuid NOT NULL CONSTRAINT pk_inquiry_change PRIMARY KEY,
    opportunity_id uuid NOT NULL,
    before integer NOT NULL,
    after integer NOT NULL,
    reason character varying(500) NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_inquiry_change ON inquiry_change (opportunity_id, id);

CREATE TABLE opportunity_objection (
    id uuid NOT NULL CONSTRAINT pk_opportunity_objection PRIMARY KEY,
    opportunity_id uuid NOT NULL,
    text text NOT NULL,
    is_key boolean NOT NULL,
    due_at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    answer text,
    reusable boolean NOT NULL,
    answered_by uuid,
    answered_at timestamp with time zone,
    outcome integer NOT NULL,
    outcome_note text
);
CREATE INDEX ix_opportunity_objection ON opportunity_objection (opportunity_id, id);
CREATE INDEX ix_opportunity_objection_due ON opportunity_objection (due_at) WHERE answered_at IS NULL;

CREATE TABLE opportunity_contract (
    opportunity_id uuid NOT NULL CONSTRAINT pk_opportunity_contract PRIMARY KEY,
    number character varying(100),
    state integer NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    delivery text,
    payment text,
    breach text,
    schedule text NOT NULL,
    reason character varying(500),
    signed_on date,
    cleared_by uuid,
    changed_at timestamp with time zone NOT NULL
);

CREATE TABLE opportunity_payment (
    id uuid NOT NULL CONSTRAINT pk_opportunity_payment PRIMARY KEY,
    opportunity_id uuid NOT NULL,
    kind integer NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    paid_on date NOT NULL,
    note character varying(500),
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_opportunity_payment ON opportunity_payment (opportunity_id);

CREATE TABLE opportunity_handover (
    opportunity_id uuid NOT NULL CONSTRAINT pk_opportunity_handover PRIMARY KEY,
    receiver_id uuid NOT NULL,
    customer text NOT NULL,
    needs text NOT NULL,
    terms text NOT NULL,
    state integer NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    judged_at timestamp with time zone,
    comment character varying(500)
);

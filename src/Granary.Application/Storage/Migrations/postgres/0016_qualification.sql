ALTER TABLE lead ADD COLUMN qualification integer NOT NULL DEFAULT 0;
CREATE INDEX ix_lead_qualification ON lead (qualification, received_at DESC, id DESC) WHERE qualification > 0;

CREATE TABLE lead_qualification (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    stage integer NOT NULL,
    checks text NOT NULL,
    note character varying(500),
    policy_version integer NOT NULL,
    promoted boolean NOT NULL,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    acceptance integer NOT NULL,
    judge_id uuid,
    judged_at timestamp with time zone,
    reason character varying(500),
    CONSTRAINT pk_lead_qualification PRIMARY KEY (id)
);
CREATE INDEX ix_lead_qualification_lead ON lead_qualification (lead_id);
CREATE INDEX ix_lead_qualification_actor ON lead_qualification (actor_id, at);

ALTER TABLE lead ADD COLUMN project_grade character varying(1);

CREATE TABLE lead_review (
    id uuid NOT NULL CONSTRAINT pk_lead_review PRIMARY KEY,
    lead_id uuid NOT NULL,
    line character varying(60) NOT NULL,
    state integer NOT NULL,
    policy_version integer NOT NULL,
    creator_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    summary text,
    checked_by uuid,
    checked_at timestamp with time zone,
    check_note text,
    decided_by uuid,
    decided_at timestamp with time zone,
    reason text,
    passed_at timestamp with time zone,
    grade integer,
    amount bigint,
    own_percent bigint,
    customer integer,
    owner_id uuid,
    due_at timestamp with time zone,
    remind_at timestamp with time zone,
    look_on date
);
CREATE INDEX ix_lead_review_lead ON lead_review (lead_id, id);
CREATE UNIQUE INDEX ix_lead_review_live ON lead_review (lead_id) WHERE state <= 3;
CREATE INDEX ix_lead_review_state ON lead_review (state, id);
CREATE INDEX ix_lead_review_remind ON lead_review (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX ix_lead_review_passed ON lead_review (passed_at) WHERE passed_at IS NOT NULL;

CREATE TABLE review_voice (
    review_id uuid NOT NULL,
    member_id uuid NOT NULL,
    verdict integer NOT NULL,
    reason text,
    amount bigint,
    own_percent bigint,
    customer integer,
    owner_id uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_review_voice PRIMARY KEY (review_id, member_id)
);

CREATE TABLE review_step (
    id uuid NOT NULL CONSTRAINT pk_review_step PRIMARY KEY,
    review_id uuid NOT NULL,
    lead_id uuid NOT NULL,
    place integer NOT NULL,
    name character varying(100) NOT NULL,
    due_on date NOT NULL,
    owner_id uuid NOT NULL,
    done_on date,
    done_by uuid
);
CREATE INDEX ix_review_step_review ON review_step (review_id, place);
CREATE INDEX ix_review_step_owner ON review_step (owner_id) WHERE done_on IS NULL;

CREATE TABLE review_look (
    id uuid NOT NULL CONSTRAINT pk_review_look PRIMARY KEY,
    review_id uuid NOT NULL,
    outcome integer NOT NULL,
    before integer,
    after integer,
    reason text,
    actor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_review_look_review ON review_look (review_id, id);

CREATE TABLE lead_paper (
    id uuid NOT NULL CONSTRAINT pk_lead_paper PRIMARY KEY,
    lead_id uuid NOT NULL,
    kind integer NOT NULL,
    body text NOT NULL,
    author_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_lead_paper ON lead_paper (lead_id, kind, id);

-- Roles that came with the product learn the verbs of review, where an administrator has not said anything about them.
UPDATE asp_net_roles SET grants = (n.added::jsonb || asp_net_roles.grants::jsonb)::text
FROM (VALUES
  ('lead_administrator', '{"checkReviews":"all"}'),
  ('review_committee', '{"reviewLeads":"all"}'),
  ('system_administrator', '{"checkReviews":"all","reviewLeads":"all"}')
) AS n (name, added)
WHERE asp_net_roles.built_in AND asp_net_roles.name = n.name;

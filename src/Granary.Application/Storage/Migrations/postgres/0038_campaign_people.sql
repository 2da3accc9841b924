CREATE TABLE campaign_invitation (
    id uuid NOT NULL CONSTRAINT pk_campaign_invitation PRIMARY KEY,
    version integer NOT NULL,
    campaign_id uuid NOT NULL,
    lead_id uuid,
    contact_id uuid,
    owner_id uuid NOT NULL,
    channel integer NOT NULL,
    state integer NOT NULL,
    remind_on date,
    reminded_at timestamp with time zone,
    invited_at timestamp with time zone,
    answered_at timestamp with time zone,
    attended_at timestamp with time zone,
    checked_in_by_id uuid,
    note character varying(500),
    created_at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_campaign_invitation_lead_once ON campaign_invitation (campaign_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE UNIQUE INDEX ix_campaign_invitation_contact_once ON campaign_invitation (campaign_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX ix_campaign_invitation_list ON campaign_invitation (campaign_id, id);
CREATE INDEX ix_campaign_invitation_lead ON campaign_invitation (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX ix_campaign_invitation_contact ON campaign_invitation (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX ix_campaign_invitation_owner ON campaign_invitation (owner_id) WHERE state <= 1;
CREATE INDEX ix_campaign_invitation_due ON campaign_invitation (remind_on) WHERE state <= 1 AND reminded_at IS NULL AND remind_on IS NOT NULL;

CREATE TABLE campaign_task (
    id uuid NOT NULL CONSTRAINT pk_campaign_task PRIMARY KEY,
    version integer NOT NULL,
    campaign_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    material character varying(2000),
    goal integer NOT NULL,
    deadline date,
    created_by_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE INDEX ix_campaign_task_campaign ON campaign_task (campaign_id, id);

CREATE TABLE campaign_task_part (
    task_id uuid NOT NULL,
    user_id uuid NOT NULL,
    forwards integer NOT NULL,
    forwarded_at timestamp with time zone,
    reminded_at timestamp with time zone,
    CONSTRAINT pk_campaign_task_part PRIMARY KEY (task_id, user_id)
);
CREATE INDEX ix_campaign_task_part_user ON campaign_task_part (user_id);

CREATE TABLE campaign_team (
    id uuid NOT NULL CONSTRAINT pk_campaign_team PRIMARY KEY,
    campaign_id uuid NOT NULL,
    name character varying(60) NOT NULL,
    captain_id uuid NOT NULL,
    region character varying(60),
    goal integer NOT NULL
);
CREATE UNIQUE INDEX ix_campaign_team_name ON campaign_team (campaign_id, name);
CREATE INDEX ix_campaign_team_captain ON campaign_team (captain_id);

CREATE TABLE campaign_member (
    campaign_id uuid NOT NULL,
    user_id uuid NOT NULL,
    team_id uuid NOT NULL,
    exhibitors character varying(4000),
    goal integer NOT NULL,
    CONSTRAINT pk_campaign_member PRIMARY KEY (campaign_id, user_id)
);
CREATE INDEX ix_campaign_member_team ON campaign_member (team_id);
CREATE INDEX ix_campaign_member_user ON campaign_member (user_id);

CREATE TABLE campaign_link (
    id uuid NOT NULL CONSTRAINT pk_campaign_link PRIMARY KEY,
    version integer NOT NULL,
    campaign_id uuid NOT NULL,
    user_id uuid NOT NULL,
    lead_id uuid,
    company character varying(200) NOT NULL,
    company_key uuid NOT NULL,
    key_person boolean NOT NULL,
    intent boolean NOT NULL,
    on_day date NOT NULL,
    at timestamp with time zone NOT NULL,
    void boolean NOT NULL,
    corrected_at timestamp with time zone,
    corrected_by_id uuid,
    correction character varying(500)
);
CREATE INDEX ix_campaign_link_member ON campaign_link (campaign_id, user_id, on_day);
CREATE INDEX ix_campaign_link_lead ON campaign_link (lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE saved_report (
    id uuid NOT NULL CONSTRAINT pk_saved_report PRIMARY KEY,
    user_id uuid NOT NULL,
    name character varying(60) NOT NULL,
    report character varying(40) NOT NULL,
    query character varying(2000) NOT NULL,
    shared boolean NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_saved_report_name ON saved_report (user_id, name);
CREATE INDEX ix_saved_report_shared ON saved_report (name) WHERE shared;

CREATE TABLE report_schedule (
    id uuid NOT NULL CONSTRAINT pk_report_schedule PRIMARY KEY,
    report_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    plan text NOT NULL,
    channel integer NOT NULL,
    language character varying(10),
    open boolean NOT NULL,
    next_at timestamp with time zone,
    last_at timestamp with time zone,
    at timestamp with time zone NOT NULL
);
CREATE INDEX ix_report_schedule_report ON report_schedule (report_id);
CREATE INDEX ix_report_schedule_next ON report_schedule (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE report_recipient (
    schedule_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT pk_report_recipient PRIMARY KEY (schedule_id, user_id)
);
CREATE INDEX ix_report_recipient_user ON report_recipient (user_id);

CREATE TABLE report_delivery (
    id uuid NOT NULL CONSTRAINT pk_report_delivery PRIMARY KEY,
    schedule_id uuid NOT NULL,
    user_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone,
    delivered_at timestamp with time zone,
    error character varying(60)
);
CREATE UNIQUE INDEX ix_report_delivery_due ON report_delivery (schedule_id, due_at, user_id);
CREATE INDEX ix_report_delivery_next ON report_delivery (next_at) WHERE next_at IS NOT NULL;

ALTER TABLE organisation ADD COLUMN second_factor_roles text;

ALTER TABLE api_key ADD COLUMN permissions text;
ALTER TABLE api_key ADD COLUMN expires_at timestamp with time zone;
ALTER TABLE api_key ADD COLUMN previous_hash bytea;
ALTER TABLE api_key ADD COLUMN previous_until timestamp with time zone;
ALTER TABLE api_key ADD COLUMN last_used_at timestamp with time zone;

CREATE UNIQUE INDEX ix_api_key_previous_hash ON api_key (previous_hash);

CREATE TABLE session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    means integer NOT NULL,
    agent character varying(60) NOT NULL,
    address character varying(45) NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id)
);

CREATE INDEX ix_session_user_id ON session (user_id);

CREATE INDEX ix_session_seen_at ON session (seen_at);

CREATE TABLE second_factor (
    user_id uuid NOT NULL,
    secret bytea NOT NULL,
    last_step bigint NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT pk_second_factor PRIMARY KEY (user_id)
);

CREATE TABLE recovery_code (
    user_id uuid NOT NULL,
    hash uuid NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT pk_recovery_code PRIMARY KEY (user_id, hash)
);

CREATE TABLE invitation (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    reset boolean NOT NULL,
    author_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT pk_invitation PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ix_invitation_hash ON invitation (hash);

CREATE INDEX ix_invitation_user_id ON invitation (user_id);

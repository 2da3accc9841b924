CREATE TABLE event_redaction (
    position bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    original bytea NOT NULL,
    present bytea NOT NULL,
    reason_id uuid NOT NULL,
    told_by bigint NOT NULL,
    CONSTRAINT pk_event_redaction PRIMARY KEY (position)
);

CREATE TABLE audit_seal (
    number bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    events integer NOT NULL,
    hash bytea NOT NULL,
    marks bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_audit_seal PRIMARY KEY (number)
);

CREATE TABLE audit_verification (
    id uuid NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    requested_by_id uuid,
    noted bytea,
    state integer NOT NULL,
    leased_until timestamp with time zone,
    ended_at timestamp with time zone,
    up_to bigint NOT NULL,
    position bigint NOT NULL,
    events bigint NOT NULL,
    seals bigint NOT NULL,
    fault text,
    CONSTRAINT pk_audit_verification PRIMARY KEY (id)
);

CREATE INDEX ix_audit_verification_open ON audit_verification (requested_at) WHERE ended_at IS NULL;

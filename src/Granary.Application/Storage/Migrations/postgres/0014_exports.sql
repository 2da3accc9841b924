CREATE TABLE export_request (
    id uuid NOT NULL,
    asked_by_id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    query bytea NOT NULL,
    columns text NOT NULL,
    format integer NOT NULL,
    language character varying(10) NOT NULL,
    plain boolean NOT NULL,
    reason character varying(500),
    rows integer NOT NULL,
    state integer NOT NULL,
    decided_by_id uuid,
    decided_at timestamp with time zone,
    comment character varying(500),
    rows_done integer NOT NULL,
    revealed integer NOT NULL,
    size bigint NOT NULL,
    lease_until timestamp with time zone,
    ended_at timestamp with time zone,
    expires_at timestamp with time zone,
    error character varying(40),
    CONSTRAINT pk_export_request PRIMARY KEY (id)
);

CREATE TABLE export_piece (
    export_id uuid NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk_export_piece PRIMARY KEY (export_id, number)
);

CREATE INDEX ix_export_request_asked_by_id_id ON export_request (asked_by_id, id);

CREATE INDEX ix_export_request_open ON export_request (id) WHERE state <= 1;

CREATE INDEX ix_export_request_expires ON export_request (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE rate_alert (
    id uuid NOT NULL CONSTRAINT pk_rate_alert PRIMARY KEY,
    span integer NOT NULL,
    step character varying(40) NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    base bigint NOT NULL,
    reached bigint NOT NULL,
    base_before bigint NOT NULL,
    reached_before bigint NOT NULL,
    low double precision NOT NULL,
    median double precision NOT NULL,
    high double precision NOT NULL,
    dimension character varying(40),
    segment character varying(200),
    rate_effect double precision,
    mix_effect double precision,
    at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_rate_alert_period ON rate_alert (from_on, span, step);

CREATE TABLE retrospective (
    id uuid NOT NULL CONSTRAINT pk_retrospective PRIMARY KEY,
    from_on date NOT NULL,
    to_on date NOT NULL,
    department_id uuid NOT NULL,
    factors text,
    version integer NOT NULL,
    author_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_retrospective_period ON retrospective (department_id, from_on, to_on);

CREATE TABLE retrospective_measure (
    retrospective_id uuid NOT NULL,
    place integer NOT NULL,
    text character varying(500) NOT NULL,
    owner_id uuid NOT NULL,
    due_on date,
    done boolean NOT NULL,
    CONSTRAINT pk_retrospective_measure PRIMARY KEY (retrospective_id, place)
);
CREATE INDEX ix_retrospective_measure_owner ON retrospective_measure (owner_id) WHERE NOT done;

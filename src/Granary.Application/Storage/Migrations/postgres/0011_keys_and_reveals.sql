ALTER TABLE data_key ADD COLUMN made_at timestamp with time zone;

CREATE TABLE key_rotation (
    id integer NOT NULL,
    actor_id uuid,
    started_at timestamp with time zone NOT NULL,
    total bigint NOT NULL,
    done bigint NOT NULL,
    broken bigint NOT NULL,
    sealed_at timestamp with time zone,
    ended_at timestamp with time zone,
    lease_until timestamp with time zone,
    CONSTRAINT pk_key_rotation PRIMARY KEY (id)
);

CREATE TABLE contact_look (
    user_id uuid NOT NULL,
    day date NOT NULL,
    lead_id uuid NOT NULL,
    CONSTRAINT pk_contact_look PRIMARY KEY (user_id, day, lead_id)
);

CREATE TABLE undertaking (
    version integer NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    author_id uuid NOT NULL,
    published_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT pk_undertaking PRIMARY KEY (version)
);

CREATE TABLE undertaking_confirmation (
    version integer NOT NULL,
    user_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    address character varying(45) NOT NULL,
    language character varying(10) NOT NULL,
    CONSTRAINT pk_undertaking_confirmation PRIMARY KEY (version, user_id)
);

ALTER TABLE asp_net_roles ADD COLUMN title character varying(60);
ALTER TABLE asp_net_roles ADD COLUMN title_en character varying(60);
ALTER TABLE department ADD COLUMN head_id uuid;

CREATE TABLE leave_request (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    note character varying(200),
    state integer NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    comment character varying(200),
    CONSTRAINT pk_leave_request PRIMARY KEY (id)
);

CREATE INDEX ix_leave_request_user_id_last_day ON leave_request (user_id, last_day);
CREATE INDEX ix_leave_request_last_day ON leave_request (last_day);

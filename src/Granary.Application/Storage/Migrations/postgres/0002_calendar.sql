ALTER TABLE organisation ADD COLUMN working_week text;

CREATE TABLE calendar_day (
    date date NOT NULL,
    is_working_day boolean NOT NULL,
    name character varying(60) NOT NULL,
    source integer NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (date)
);

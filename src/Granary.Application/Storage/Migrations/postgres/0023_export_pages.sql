CREATE TABLE export_page (
    export_id uuid NOT NULL,
    number integer NOT NULL,
    leads text NOT NULL,
    CONSTRAINT pk_export_page PRIMARY KEY (export_id, number)
);

-- Files that were made before do not tell whose leads they hold; the next sweep takes them away.
UPDATE export_request SET expires_at = asked_at WHERE state = 2;

CREATE INDEX ix_consent_stop_at ON consent_stop (at);

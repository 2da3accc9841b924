ALTER TABLE account ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN industry character varying(200);
ALTER TABLE account ADD COLUMN size integer;
ALTER TABLE account ADD COLUMN headcount integer;
ALTER TABLE account ADD COLUMN province character varying(100);
ALTER TABLE account ADD COLUMN city character varying(100);
ALTER TABLE account ADD COLUMN tier character varying(60);
ALTER TABLE account ADD COLUMN parent_id uuid;
ALTER TABLE account ADD COLUMN website character varying(2000);
ALTER TABLE account ADD COLUMN sites text NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN past_orders text NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN competitors text NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN note character varying(4000);
ALTER TABLE account ADD COLUMN changed_at timestamp with time zone NOT NULL DEFAULT '1970-01-01 00:00:00+00';
UPDATE account SET changed_at = created_at;
CREATE INDEX ix_account_parent ON account (parent_id) WHERE parent_id IS NOT NULL;

ALTER TABLE account_contact ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE account_contact ADD COLUMN person_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE account_contact ADD COLUMN roles text NOT NULL DEFAULT '[]';
ALTER TABLE account_contact ADD COLUMN key_person boolean NOT NULL DEFAULT false;
ALTER TABLE account_contact ADD COLUMN we_chat bytea;
ALTER TABLE account_contact ADD COLUMN since date;
ALTER TABLE account_contact ADD COLUMN until date;
UPDATE account_contact SET person_id = id;
CREATE INDEX ix_account_contact_person ON account_contact (person_id);

CREATE TABLE account_contact_key (
    key uuid NOT NULL,
    contact_id uuid NOT NULL,
    kind integer NOT NULL,
    CONSTRAINT pk_account_contact_key PRIMARY KEY (key, contact_id)
);
CREATE INDEX ix_account_contact_key_contact ON account_contact_key (contact_id);
-- Until now a key was known by its account; whose of its contacts it is, their own values tell.
INSERT INTO account_contact_key (key, contact_id, kind)
SELECT k.key, c.id, k.kind FROM account_key k JOIN account_contact c ON c.account_id = k.account_id WHERE k.kind IN (1, 2, 3);

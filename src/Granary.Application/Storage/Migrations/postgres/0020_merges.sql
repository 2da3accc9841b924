ALTER TABLE lead ADD COLUMN merged_into_id uuid;
CREATE INDEX ix_lead_merged_into ON lead (merged_into_id) WHERE merged_into_id IS NOT NULL;
ALTER TABLE account ADD COLUMN merged_into_id uuid;
CREATE INDEX ix_account_merged_into ON account (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE record_merge (
    id uuid NOT NULL,
    survivor_id uuid NOT NULL,
    merged_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL,
    body bytea,
    undone_at timestamp with time zone,
    undone_by uuid,
    CONSTRAINT pk_record_merge PRIMARY KEY (id)
);
CREATE INDEX ix_record_merge_survivor ON record_merge (survivor_id);
CREATE INDEX ix_record_merge_merged ON record_merge (merged_id);

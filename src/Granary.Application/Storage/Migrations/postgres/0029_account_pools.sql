ALTER TABLE account ADD COLUMN pool_id uuid;
ALTER TABLE account ADD COLUMN pooled_at timestamp with time zone;
CREATE INDEX ix_account_pool ON account (pool_id, id) WHERE pool_id IS NOT NULL;

CREATE TABLE account_claim (
    id uuid NOT NULL CONSTRAINT pk_account_claim PRIMARY KEY,
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    pool_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    returned_at timestamp with time zone
);
CREATE INDEX ix_account_claim_user ON account_claim (user_id, at);
CREATE INDEX ix_account_claim_account ON account_claim (account_id, id);

ALTER TABLE opportunity ADD COLUMN deal_met_at timestamp with time zone;
CREATE INDEX ix_opportunity_deal_met ON opportunity (owner_id, deal_met_at) WHERE deal_met_at IS NOT NULL;

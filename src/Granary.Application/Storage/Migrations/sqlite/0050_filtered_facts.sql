-- Who filters by a channel and something else reads the facts that fit, and passes over the others within the index.
DROP INDEX "ix_lead_fact_channel";
CREATE INDEX "ix_lead_fact_channel" ON "lead_fact" ("channel_id", "received_on", "region", "industry", "campaign");

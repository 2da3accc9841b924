-- What reports know of each opportunity, with the touches that led to it: kept by the consumer that keeps the facts of leads.
CREATE TABLE "deal_fact" (
    "opportunity_id" BLOB NOT NULL CONSTRAINT "pk_deal_fact" PRIMARY KEY,
    "lead_id" BLOB,
    "owner_id" BLOB NOT NULL,
    "seller_id" BLOB NOT NULL,
    "channel_id" BLOB NOT NULL,
    "campaign" TEXT,
    "industry" TEXT,
    "region" TEXT,
    "products" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_on" TEXT NOT NULL,
    "won_at" INTEGER,
    "won_on" TEXT,
    "amount" INTEGER NOT NULL,
    "won_amount" INTEGER NOT NULL,
    "path" BLOB NOT NULL,
    "credit_lead_id" BLOB,
    "credit_channel_id" BLOB,
    "credit_campaign" TEXT
);
CREATE INDEX "ix_deal_fact_created" ON "deal_fact" ("created_on", "opportunity_id");
CREATE INDEX "ix_deal_fact_won" ON "deal_fact" ("won_on", "opportunity_id") WHERE won_on IS NOT NULL;
CREATE INDEX "ix_deal_fact_lead" ON "deal_fact" ("lead_id") WHERE lead_id IS NOT NULL;
CREATE INDEX "ix_deal_fact_credit" ON "deal_fact" ("credit_lead_id") WHERE credit_lead_id IS NOT NULL;

-- Everything is walked anew.
DELETE FROM "lead_fact";
DELETE FROM "report_cell";
DELETE FROM "log_position" WHERE "consumer" IN ('facts', 'facts.all');

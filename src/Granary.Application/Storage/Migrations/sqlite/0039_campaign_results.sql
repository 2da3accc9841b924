CREATE TABLE "campaign_split" (
    "campaign_id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "way" INTEGER NOT NULL,
    "owner_id" BLOB NULL,
    "pool_id" BLOB NULL,
    "reasons" TEXT NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_campaign_split" PRIMARY KEY ("campaign_id", "lead_id")
);
CREATE INDEX "ix_campaign_split_lead" ON "campaign_split" ("lead_id");

CREATE TABLE "campaign_report" (
    "campaign_id" BLOB NOT NULL,
    "on_day" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "leads" INTEGER NOT NULL,
    "mql_leads" INTEGER NOT NULL,
    "sql_leads" INTEGER NOT NULL,
    "opportunities" INTEGER NOT NULL,
    "opportunity_amount" INTEGER NOT NULL,
    "won" INTEGER NOT NULL,
    "won_amount" INTEGER NOT NULL,
    "payments" INTEGER NOT NULL,
    "cost" INTEGER NOT NULL,
    "made_at" INTEGER NOT NULL,
    CONSTRAINT "pk_campaign_report" PRIMARY KEY ("campaign_id", "on_day")
);

-- What reports know of each lead, and rollups that are a function of it: kept by a consumer of the event log.
CREATE TABLE "lead_fact" (
    "lead_id" BLOB NOT NULL CONSTRAINT "pk_lead_fact" PRIMARY KEY,
    "owner_id" BLOB NOT NULL,
    "first_owner_id" BLOB,
    "acquired" INTEGER,
    "channel_id" BLOB NOT NULL,
    "campaign" TEXT,
    "keyword" TEXT,
    "content" TEXT,
    "industry" TEXT,
    "region" TEXT,
    "products" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "invalid_reason" TEXT,
    "received_on" TEXT NOT NULL,
    "recorded_on" TEXT NOT NULL,
    "assigned_on" TEXT,
    "followed_on" TEXT,
    "mql_on" TEXT,
    "sql_on" TEXT,
    "opportunity_on" TEXT,
    "won_on" TEXT,
    "paid_on" TEXT,
    "last_paid_on" TEXT,
    "opportunity_id" BLOB,
    "amount" INTEGER NOT NULL,
    "won_amount" INTEGER NOT NULL,
    "paid_amount" INTEGER NOT NULL,
    "payments" TEXT NOT NULL
);
CREATE INDEX "ix_lead_fact_received" ON "lead_fact" ("received_on", "lead_id");
CREATE INDEX "ix_lead_fact_owner" ON "lead_fact" ("owner_id", "received_on", "lead_id");
CREATE INDEX "ix_lead_fact_channel" ON "lead_fact" ("channel_id", "received_on", "lead_id");
CREATE INDEX "ix_lead_fact_mql" ON "lead_fact" ("mql_on") WHERE mql_on IS NOT NULL;
CREATE INDEX "ix_lead_fact_sql" ON "lead_fact" ("sql_on") WHERE sql_on IS NOT NULL;
CREATE INDEX "ix_lead_fact_opportunity" ON "lead_fact" ("opportunity_on") WHERE opportunity_on IS NOT NULL;
CREATE INDEX "ix_lead_fact_won" ON "lead_fact" ("won_on") WHERE won_on IS NOT NULL;
CREATE INDEX "ix_lead_fact_paid" ON "lead_fact" ("paid_on", "last_paid_on") WHERE paid_on IS NOT NULL;

CREATE TABLE "report_cell" (
    "cube" INTEGER NOT NULL,
    "owner_id" BLOB NOT NULL,
    "period" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "n1" INTEGER NOT NULL,
    "n2" INTEGER NOT NULL,
    "n3" INTEGER NOT NULL,
    "n4" INTEGER NOT NULL,
    "n5" INTEGER NOT NULL,
    "n6" INTEGER NOT NULL,
    "m1" INTEGER NOT NULL,
    "m2" INTEGER NOT NULL,
    "m3" INTEGER NOT NULL,
    CONSTRAINT "pk_report_cell" PRIMARY KEY ("cube", "owner_id", "period", "key")
) WITHOUT ROWID;

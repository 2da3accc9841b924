CREATE TABLE "campaign" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "owner_id" BLOB NOT NULL,
    "region" TEXT NULL,
    "place" TEXT NULL,
    "starts_on" TEXT NULL,
    "ends_on" TEXT NULL,
    "sort_on" TEXT NOT NULL,
    "purpose" TEXT NULL,
    "form_id" BLOB NULL,
    "target_companies" INTEGER NULL,
    "target_key_people" INTEGER NULL,
    "target_intents" INTEGER NULL,
    "target_leads" INTEGER NULL,
    "target_opportunities" INTEGER NULL,
    "expected_amount" INTEGER NULL,
    "applied_by_id" BLOB NULL,
    "applied_at" INTEGER NULL,
    "decided_by_id" BLOB NULL,
    "decided_at" INTEGER NULL,
    "decision_note" TEXT NULL,
    "summary" TEXT NULL,
    "stage_at" INTEGER NOT NULL,
    "split_at" INTEGER NULL,
    "split_by_id" BLOB NULL,
    "report_on" TEXT NULL,
    "created_by_id" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_campaign_code" ON "campaign" ("code");
CREATE INDEX "ix_campaign_owner" ON "campaign" ("owner_id");
CREATE INDEX "ix_campaign_stage" ON "campaign" ("stage", "sort_on", "id");
CREATE INDEX "ix_campaign_sort" ON "campaign" ("sort_on", "id");
CREATE INDEX "ix_campaign_report" ON "campaign" ("report_on") WHERE report_on IS NOT NULL;

CREATE TABLE "campaign_item" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign_item" PRIMARY KEY,
    "campaign_id" BLOB NOT NULL,
    "line" TEXT NULL,
    "step" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" BLOB NOT NULL,
    "due_on" TEXT NULL,
    "state" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "done_by_id" BLOB NULL,
    "done_at" INTEGER NULL,
    "reminded_at" INTEGER NULL
);
CREATE INDEX "ix_campaign_item_campaign" ON "campaign_item" ("campaign_id", "step", "ordinal");
CREATE INDEX "ix_campaign_item_owner" ON "campaign_item" ("owner_id", "due_on") WHERE state = 0;
CREATE INDEX "ix_campaign_item_due" ON "campaign_item" ("due_on") WHERE state = 0 AND reminded_at IS NULL;

CREATE TABLE "campaign_cost" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign_cost" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "campaign_id" BLOB NOT NULL,
    "category" TEXT NOT NULL,
    "planned" INTEGER NOT NULL,
    "actual" INTEGER NULL,
    "on_day" TEXT NULL,
    "supplier" TEXT NULL,
    "note" TEXT NULL,
    "created_by_id" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);
CREATE INDEX "ix_campaign_cost_campaign" ON "campaign_cost" ("campaign_id", "id");

CREATE INDEX "ix_lead_campaign" ON "lead" ("campaign", "received_at", "id") WHERE campaign IS NOT NULL;

-- Roles that came with the product learn the verbs of campaigns, where an administrator has not said anything about them.
UPDATE "asp_net_roles" SET "grants" = json_patch(n.added, "asp_net_roles"."grants")
FROM (
    SELECT 'lead_administrator' AS name, '{"viewCampaigns":"all","joinCampaigns":"own","splitCampaigns":"all"}' AS added
    UNION ALL SELECT 'sdr', '{"viewCampaigns":"all","joinCampaigns":"own"}'
    UNION ALL SELECT 'sales_representative', '{"viewCampaigns":"all","joinCampaigns":"own"}'
    UNION ALL SELECT 'sales_supervisor', '{"viewCampaigns":"all","joinCampaigns":"own"}'
    UNION ALL SELECT 'sales_director', '{"viewCampaigns":"all","joinCampaigns":"own","approveCampaigns":"own, departmentTree"}'
    UNION ALL SELECT 'marketing_specialist', '{"viewCampaigns":"all","editCampaigns":"own","joinCampaigns":"own"}'
    UNION ALL SELECT 'marketing_manager', '{"viewCampaigns":"all","editCampaigns":"all","approveCampaigns":"all","splitCampaigns":"all","joinCampaigns":"own"}'
    UNION ALL SELECT 'operations', '{"viewCampaigns":"all"}'
    UNION ALL SELECT 'system_administrator', '{"viewCampaigns":"all","editCampaigns":"all","approveCampaigns":"all","splitCampaigns":"all","joinCampaigns":"all"}'
) AS n
WHERE "asp_net_roles"."built_in" AND "asp_net_roles"."name" = n.name;

CREATE TABLE "opportunity" (
    "id" BLOB NOT NULL CONSTRAINT "pk_opportunity" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account_id" BLOB NOT NULL,
    "contact_id" BLOB NULL,
    "lead_id" BLOB NULL,
    "owner_id" BLOB NOT NULL,
    "receiver_id" BLOB NULL,
    "line" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "stage_since" INTEGER NOT NULL,
    "closed_from" TEXT NULL,
    "ticked" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "expected_on" TEXT NULL,
    "product_line" TEXT NULL,
    "grade" INTEGER NULL,
    "evaluated_at" INTEGER NULL,
    "inquiry" INTEGER NOT NULL,
    "inquiry_before" INTEGER NULL,
    "plan_approved" INTEGER NULL,
    "plan_waits" INTEGER NOT NULL,
    "charter_due_at" INTEGER NULL,
    "handover_due_at" INTEGER NULL,
    "custom" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL,
    "closed_at" INTEGER NULL
);
CREATE UNIQUE INDEX "ix_opportunity_code" ON "opportunity" ("code");
CREATE INDEX "ix_opportunity_owner" ON "opportunity" ("owner_id", "id");
CREATE INDEX "ix_opportunity_account" ON "opportunity" ("account_id");
CREATE INDEX "ix_opportunity_receiver" ON "opportunity" ("receiver_id") WHERE receiver_id IS NOT NULL;
CREATE INDEX "ix_opportunity_lead" ON "opportunity" ("lead_id") WHERE lead_id IS NOT NULL;
CREATE INDEX "ix_opportunity_stage" ON "opportunity" ("line", "stage", "id") WHERE closed_at IS NULL;
CREATE INDEX "ix_opportunity_expected" ON "opportunity" ("expected_on") WHERE expected_on IS NOT NULL;

CREATE TABLE "lead_conversion" (
    "id" BLOB NOT NULL CONSTRAINT "pk_lead_conversion" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "account_id" BLOB NOT NULL,
    "account_made" INTEGER NOT NULL,
    "contact_id" BLOB NULL,
    "contact_made" INTEGER NOT NULL,
    "opportunity_id" BLOB NOT NULL,
    "opportunity_made" INTEGER NOT NULL,
    "opportunity_version" INTEGER NOT NULL,
    "criteria" TEXT NOT NULL,
    "ownership_id" BLOB NULL,
    "before" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "undone_at" INTEGER NULL,
    "undone_by" BLOB NULL
);
CREATE INDEX "ix_lead_conversion_lead" ON "lead_conversion" ("lead_id");
CREATE INDEX "ix_lead_conversion_opportunity" ON "lead_conversion" ("opportunity_id");
CREATE INDEX "ix_lead_conversion_account" ON "lead_conversion" ("account_id");

CREATE TABLE "code_series" (
    "series" TEXT NOT NULL CONSTRAINT "pk_code_series" PRIMARY KEY,
    "last" INTEGER NOT NULL
);

CREATE TABLE "account_number" (
    "account_id" BLOB NOT NULL CONSTRAINT "pk_account_number" PRIMARY KEY,
    "number" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_account_number" ON "account_number" ("number");

-- Roles that came with the product learn the verbs of opportunities, where an administrator has not said anything about them.
UPDATE "asp_net_roles" SET "grants" = json_patch(n.added, "asp_net_roles"."grants")
FROM (
    SELECT 'lead_administrator' AS name, '{"viewOpportunities":"all","editOpportunities":"all"}' AS added
    UNION ALL SELECT 'sdr', '{"viewOpportunities":"own","editOpportunities":"own"}'
    UNION ALL SELECT 'sales_representative', '{"viewOpportunities":"own","editOpportunities":"own"}'
    UNION ALL SELECT 'sales_supervisor', '{"viewOpportunities":"own, team","editOpportunities":"own, team","decideOpportunities":"own, team"}'
    UNION ALL SELECT 'sales_director', '{"viewOpportunities":"own, departmentTree","editOpportunities":"own, departmentTree","decideOpportunities":"own, departmentTree"}'
    UNION ALL SELECT 'delivery', '{"viewOpportunities":"own"}'
    UNION ALL SELECT 'legal', '{"viewOpportunities":"all","reviewContracts":"all"}'
    UNION ALL SELECT 'operations', '{"viewOpportunities":"all"}'
    UNION ALL SELECT 'system_administrator', '{"viewOpportunities":"all","editOpportunities":"all","decideOpportunities":"all","reviewContracts":"all"}'
) AS n
WHERE "asp_net_roles"."built_in" AND "asp_net_roles"."name" = n.name;

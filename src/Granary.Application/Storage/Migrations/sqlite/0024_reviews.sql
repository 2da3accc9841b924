ALTER TABLE "lead" ADD COLUMN "project_grade" TEXT;

CREATE TABLE "lead_review" (
    "id" BLOB NOT NULL CONSTRAINT "pk_lead_review" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "line" TEXT NOT NULL,
    "state" INTEGER NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "creator_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "summary" TEXT NULL,
    "checked_by" BLOB NULL,
    "checked_at" INTEGER NULL,
    "check_note" TEXT NULL,
    "decided_by" BLOB NULL,
    "decided_at" INTEGER NULL,
    "reason" TEXT NULL,
    "passed_at" INTEGER NULL,
    "grade" INTEGER NULL,
    "amount" INTEGER NULL,
    "own_percent" INTEGER NULL,
    "customer" INTEGER NULL,
    "owner_id" BLOB NULL,
    "due_at" INTEGER NULL,
    "remind_at" INTEGER NULL,
    "look_on" TEXT NULL
);
CREATE INDEX "ix_lead_review_lead" ON "lead_review" ("lead_id", "id");
CREATE UNIQUE INDEX "ix_lead_review_live" ON "lead_review" ("lead_id") WHERE state <= 3;
CREATE INDEX "ix_lead_review_state" ON "lead_review" ("state", "id");
CREATE INDEX "ix_lead_review_remind" ON "lead_review" ("remind_at") WHERE remind_at IS NOT NULL;
CREATE INDEX "ix_lead_review_passed" ON "lead_review" ("passed_at") WHERE passed_at IS NOT NULL;

CREATE TABLE "review_voice" (
    "review_id" BLOB NOT NULL,
    "member_id" BLOB NOT NULL,
    "verdict" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "amount" INTEGER NULL,
    "own_percent" INTEGER NULL,
    "customer" INTEGER NULL,
    "owner_id" BLOB NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_review_voice" PRIMARY KEY ("review_id", "member_id")
);

CREATE TABLE "review_step" (
    "id" BLOB NOT NULL CONSTRAINT "pk_review_step" PRIMARY KEY,
    "review_id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "owner_id" BLOB NOT NULL,
    "done_on" TEXT NULL,
    "done_by" BLOB NULL
);
CREATE INDEX "ix_review_step_review" ON "review_step" ("review_id", "place");
CREATE INDEX "ix_review_step_owner" ON "review_step" ("owner_id") WHERE done_on IS NULL;

CREATE TABLE "review_look" (
    "id" BLOB NOT NULL CONSTRAINT "pk_review_look" PRIMARY KEY,
    "review_id" BLOB NOT NULL,
    "outcome" INTEGER NOT NULL,
    "before" INTEGER NULL,
    "after" INTEGER NULL,
    "reason" TEXT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_review_look_review" ON "review_look" ("review_id", "id");

CREATE TABLE "lead_paper" (
    "id" BLOB NOT NULL CONSTRAINT "pk_lead_paper" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_lead_paper" ON "lead_paper" ("lead_id", "kind", "id");

-- Roles that came with the product learn the verbs of review, where an administrator has not said anything about them.
UPDATE "asp_net_roles" SET "grants" = json_patch(n.added, "asp_net_roles"."grants")
FROM (
    SELECT 'lead_administrator' AS name, '{"checkReviews":"all"}' AS added
    UNION ALL SELECT 'review_committee', '{"reviewLeads":"all"}'
    UNION ALL SELECT 'system_administrator', '{"checkReviews":"all","reviewLeads":"all"}'
) AS n
WHERE "asp_net_roles"."built_in" AND "asp_net_roles"."name" = n.name;

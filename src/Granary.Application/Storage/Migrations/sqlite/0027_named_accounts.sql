CREATE TABLE "named_list" (
    "id" BLOB NOT NULL CONSTRAINT "pk_named_list" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "premium" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "owner_id" BLOB NOT NULL,
    "note" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_named_list_name" ON "named_list" ("name");

CREATE TABLE "named_account" (
    "id" BLOB NOT NULL CONSTRAINT "pk_named_account" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "list_id" BLOB NOT NULL,
    "account_id" BLOB NOT NULL,
    "stage" INTEGER NOT NULL,
    "stage_since" INTEGER NOT NULL,
    "added_at" INTEGER NOT NULL,
    "added_by_id" BLOB NOT NULL
);
CREATE UNIQUE INDEX "ix_named_account_account" ON "named_account" ("account_id");
CREATE INDEX "ix_named_account_list" ON "named_account" ("list_id", "stage", "id");

CREATE TABLE "named_check" (
    "named_account_id" BLOB NOT NULL,
    "check_id" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_named_check" PRIMARY KEY ("named_account_id", "check_id")
);

CREATE TABLE "named_stage_change" (
    "id" BLOB NOT NULL CONSTRAINT "pk_named_stage_change" PRIMARY KEY,
    "named_account_id" BLOB NOT NULL,
    "list_id" BLOB NOT NULL,
    "before" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_named_stage_change_account" ON "named_stage_change" ("named_account_id", "id");
CREATE INDEX "ix_named_stage_change_list" ON "named_stage_change" ("list_id", "at");

CREATE TABLE "named_goal" (
    "list_id" BLOB NOT NULL,
    "quarter" INTEGER NOT NULL,
    "stage" INTEGER NOT NULL,
    "goal" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_named_goal" PRIMARY KEY ("list_id", "quarter", "stage")
);

CREATE TABLE "named_touch" (
    "id" BLOB NOT NULL CONSTRAINT "pk_named_touch" PRIMARY KEY,
    "named_account_id" BLOB NOT NULL,
    "instrument" INTEGER NOT NULL,
    "planned_on" TEXT NOT NULL,
    "owner_id" BLOB NOT NULL,
    "note" TEXT NULL,
    "done_on" TEXT NULL,
    "done_by_id" BLOB NULL,
    "outcome" TEXT NULL,
    "cancelled_at" INTEGER NULL,
    "reminded_at" INTEGER NULL,
    "at" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL
);
CREATE INDEX "ix_named_touch_account" ON "named_touch" ("named_account_id", "planned_on");
CREATE INDEX "ix_named_touch_owner" ON "named_touch" ("owner_id", "planned_on") WHERE done_on IS NULL AND cancelled_at IS NULL;
CREATE INDEX "ix_named_touch_due" ON "named_touch" ("planned_on") WHERE done_on IS NULL AND cancelled_at IS NULL AND reminded_at IS NULL;

-- The ratio of premium to regular accounts stands with the rules of named accounts from now on.
UPDATE "policy_version" SET "body" = json_remove("body", '$.regularPerPremium') WHERE "kind" = 'qualification';

-- Marketing plans for named accounts too, where an administrator has not said anything about it.
UPDATE "asp_net_roles" SET "grants" = json_patch('{"manageAccounts":"all"}', "grants") WHERE "built_in" AND "name" = 'marketing_manager';

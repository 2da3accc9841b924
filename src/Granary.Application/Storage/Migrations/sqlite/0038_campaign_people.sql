CREATE TABLE "campaign_invitation" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign_invitation" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "campaign_id" BLOB NOT NULL,
    "lead_id" BLOB NULL,
    "contact_id" BLOB NULL,
    "owner_id" BLOB NOT NULL,
    "channel" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "remind_on" TEXT NULL,
    "reminded_at" INTEGER NULL,
    "invited_at" INTEGER NULL,
    "answered_at" INTEGER NULL,
    "attended_at" INTEGER NULL,
    "checked_in_by_id" BLOB NULL,
    "note" TEXT NULL,
    "created_at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_campaign_invitation_lead_once" ON "campaign_invitation" ("campaign_id", "lead_id") WHERE lead_id IS NOT NULL;
CREATE UNIQUE INDEX "ix_campaign_invitation_contact_once" ON "campaign_invitation" ("campaign_id", "contact_id") WHERE contact_id IS NOT NULL;
CREATE INDEX "ix_campaign_invitation_list" ON "campaign_invitation" ("campaign_id", "id");
CREATE INDEX "ix_campaign_invitation_lead" ON "campaign_invitation" ("lead_id") WHERE lead_id IS NOT NULL;
CREATE INDEX "ix_campaign_invitation_contact" ON "campaign_invitation" ("contact_id") WHERE contact_id IS NOT NULL;
CREATE INDEX "ix_campaign_invitation_owner" ON "campaign_invitation" ("owner_id") WHERE state <= 1;
CREATE INDEX "ix_campaign_invitation_due" ON "campaign_invitation" ("remind_on") WHERE state <= 1 AND reminded_at IS NULL AND remind_on IS NOT NULL;

CREATE TABLE "campaign_task" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign_task" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "campaign_id" BLOB NOT NULL,
    "title" TEXT NOT NULL,
    "material" TEXT NULL,
    "goal" INTEGER NOT NULL,
    "deadline" TEXT NULL,
    "created_by_id" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);
CREATE INDEX "ix_campaign_task_campaign" ON "campaign_task" ("campaign_id", "id");

CREATE TABLE "campaign_task_part" (
    "task_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    "forwards" INTEGER NOT NULL,
    "forwarded_at" INTEGER NULL,
    "reminded_at" INTEGER NULL,
    CONSTRAINT "pk_campaign_task_part" PRIMARY KEY ("task_id", "user_id")
);
CREATE INDEX "ix_campaign_task_part_user" ON "campaign_task_part" ("user_id");

CREATE TABLE "campaign_team" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign_team" PRIMARY KEY,
    "campaign_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "captain_id" BLOB NOT NULL,
    "region" TEXT NULL,
    "goal" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_campaign_team_name" ON "campaign_team" ("campaign_id", "name");
CREATE INDEX "ix_campaign_team_captain" ON "campaign_team" ("captain_id");

CREATE TABLE "campaign_member" (
    "campaign_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    "team_id" BLOB NOT NULL,
    "exhibitors" TEXT NULL,
    "goal" INTEGER NOT NULL,
    CONSTRAINT "pk_campaign_member" PRIMARY KEY ("campaign_id", "user_id")
);
CREATE INDEX "ix_campaign_member_team" ON "campaign_member" ("team_id");
CREATE INDEX "ix_campaign_member_user" ON "campaign_member" ("user_id");

CREATE TABLE "campaign_link" (
    "id" BLOB NOT NULL CONSTRAINT "pk_campaign_link" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "campaign_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    "lead_id" BLOB NULL,
    "company" TEXT NOT NULL,
    "company_key" BLOB NOT NULL,
    "key_person" INTEGER NOT NULL,
    "intent" INTEGER NOT NULL,
    "on_day" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "void" INTEGER NOT NULL,
    "corrected_at" INTEGER NULL,
    "corrected_by_id" BLOB NULL,
    "correction" TEXT NULL
);
CREATE INDEX "ix_campaign_link_member" ON "campaign_link" ("campaign_id", "user_id", "on_day");
CREATE INDEX "ix_campaign_link_lead" ON "campaign_link" ("lead_id") WHERE lead_id IS NOT NULL;

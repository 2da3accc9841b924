CREATE TABLE "saved_report" (
    "id" BLOB NOT NULL CONSTRAINT "pk_saved_report" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "report" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" INTEGER NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_saved_report_name" ON "saved_report" ("user_id", "name");
CREATE INDEX "ix_saved_report_shared" ON "saved_report" ("name") WHERE shared;

CREATE TABLE "report_schedule" (
    "id" BLOB NOT NULL CONSTRAINT "pk_report_schedule" PRIMARY KEY,
    "report_id" BLOB NOT NULL,
    "owner_id" BLOB NOT NULL,
    "plan" TEXT NOT NULL,
    "channel" INTEGER NOT NULL,
    "language" TEXT NULL,
    "open" INTEGER NOT NULL,
    "next_at" INTEGER NULL,
    "last_at" INTEGER NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_report_schedule_report" ON "report_schedule" ("report_id");
CREATE INDEX "ix_report_schedule_next" ON "report_schedule" ("next_at") WHERE next_at IS NOT NULL;

CREATE TABLE "report_recipient" (
    "schedule_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    CONSTRAINT "pk_report_recipient" PRIMARY KEY ("schedule_id", "user_id")
);
CREATE INDEX "ix_report_recipient_user" ON "report_recipient" ("user_id");

CREATE TABLE "report_delivery" (
    "id" BLOB NOT NULL CONSTRAINT "pk_report_delivery" PRIMARY KEY,
    "schedule_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    "due_at" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_at" INTEGER NULL,
    "delivered_at" INTEGER NULL,
    "error" TEXT NULL
);
CREATE UNIQUE INDEX "ix_report_delivery_due" ON "report_delivery" ("schedule_id", "due_at", "user_id");
CREATE INDEX "ix_report_delivery_next" ON "report_delivery" ("next_at") WHERE next_at IS NOT NULL;

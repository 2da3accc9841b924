ALTER TABLE lead ADD COLUMN placed_at INTEGER NOT NULL DEFAULT 0;
UPDATE lead SET placed_at = changed_at;

ALTER TABLE lead ADD COLUMN next_step TEXT;
ALTER TABLE lead ADD COLUMN next_at INTEGER;
ALTER TABLE lead ADD COLUMN followed_at INTEGER;

ALTER TABLE ownership_record ADD COLUMN reason TEXT;
ALTER TABLE ownership_record ADD COLUMN from_pool_id BLOB;
ALTER TABLE ownership_record ADD COLUMN follow_ups INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ownership_record ADD COLUMN first_follow_up_at INTEGER;
ALTER TABLE ownership_record ADD COLUMN last_follow_up_at INTEGER;
ALTER TABLE ownership_record ADD COLUMN decided_at INTEGER;
ALTER TABLE ownership_record ADD COLUMN protected_until INTEGER;
ALTER TABLE ownership_record ADD COLUMN locked_by BLOB;

ALTER TABLE pool_member ADD COLUMN manages INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "attachment" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "follow_up_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content" BLOB NOT NULL,
    CONSTRAINT "pk_attachment" PRIMARY KEY ("lead_id", "id")
);

CREATE TABLE "follow_up" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "author_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "recorded_at" INTEGER NOT NULL,
    "method" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "feedback" TEXT NULL,
    "next_step" TEXT NULL,
    "next_at" INTEGER NULL,
    "counted" INTEGER NOT NULL,
    "changes" TEXT NULL,
    CONSTRAINT "pk_follow_up" PRIMARY KEY ("lead_id", "id")
);

CREATE TABLE "follow_up_template" (
    "id" BLOB NOT NULL CONSTRAINT "pk_follow_up_template" PRIMARY KEY,
    "user_id" BLOB NULL,
    "name" TEXT NOT NULL,
    "method" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "next_in_days" INTEGER NULL
);

CREATE TABLE "lead_request" (
    "id" BLOB NOT NULL CONSTRAINT "pk_lead_request" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "asked_by" BLOB NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "to_user_id" BLOB NULL,
    "decision" INTEGER NULL,
    "decided_by" BLOB NULL,
    "decided_at" INTEGER NULL,
    "comment" TEXT NULL
);

CREATE TABLE "log_position" (
    "consumer" TEXT NOT NULL CONSTRAINT "pk_log_position" PRIMARY KEY,
    "position" INTEGER NOT NULL
);

CREATE TABLE "notice_channel" (
    "user_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "address" BLOB NULL,
    "kinds" INTEGER NOT NULL,
    CONSTRAINT "pk_notice_channel" PRIMARY KEY ("user_id", "kind")
);

CREATE TABLE "notice_delivery" (
    "id" BLOB NOT NULL CONSTRAINT "pk_notice_delivery" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "notice_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_at" INTEGER NULL,
    "delivered_at" INTEGER NULL,
    "error" TEXT NULL
);

CREATE TABLE "reactivated_lead" (
    "run_id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "from_pool_id" BLOB NOT NULL,
    "owner_id" BLOB NULL,
    CONSTRAINT "pk_reactivated_lead" PRIMARY KEY ("run_id", "lead_id")
);

CREATE TABLE "reactivation" (
    "id" BLOB NOT NULL CONSTRAINT "pk_reactivation" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "open" INTEGER NOT NULL,
    "next_at" INTEGER NULL,
    "author_id" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "reactivation_run" (
    "id" BLOB NOT NULL,
    "reactivation_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "actor_id" BLOB NULL,
    "selected" INTEGER NOT NULL,
    "pushed" INTEGER NOT NULL,
    CONSTRAINT "pk_reactivation_run" PRIMARY KEY ("reactivation_id", "id")
);

CREATE TABLE "response" (
    "ownership_id" BLOB NOT NULL CONSTRAINT "pk_response" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "owner_id" BLOB NOT NULL,
    "from_at" INTEGER NOT NULL,
    "rule_id" TEXT NULL,
    "respond_by" INTEGER NULL,
    "responded_at" INTEGER NULL,
    "to_at" INTEGER NULL
);

CREATE TABLE "timer" (
    "lead_id" BLOB NOT NULL CONSTRAINT "pk_timer" PRIMARY KEY,
    "due_at" INTEGER NOT NULL,
    "rule_id" TEXT NULL,
    "percent" INTEGER NOT NULL,
    "deadline_at" INTEGER NULL,
    "deadline_rule" TEXT NULL,
    "state" TEXT NOT NULL
);

CREATE TABLE "violation" (
    "id" BLOB NOT NULL CONSTRAINT "pk_violation" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "ownership_id" BLOB NOT NULL,
    "owner_id" BLOB NOT NULL,
    "department_id" BLOB NULL,
    "rule_id" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "started_at" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "clock" INTEGER NOT NULL,
    "deadline_at" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "evidence" TEXT NOT NULL
);

CREATE TABLE "violation_note" (
    "id" BLOB NOT NULL,
    "violation_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "author_id" BLOB NULL,
    "at" INTEGER NOT NULL,
    "text" TEXT NULL,
    CONSTRAINT "pk_violation_note" PRIMARY KEY ("violation_id", "id")
);

CREATE INDEX "ix_follow_up_author_id_recorded_at" ON "follow_up" ("author_id", "recorded_at");

CREATE INDEX "ix_follow_up_template_user_id" ON "follow_up_template" ("user_id");

CREATE INDEX "ix_lead_request_lead_id_id" ON "lead_request" ("lead_id", "id");

CREATE INDEX "ix_lead_request_open" ON "lead_request" ("id") WHERE decision IS NULL;

CREATE INDEX "ix_notice_delivery_next" ON "notice_delivery" ("next_at") WHERE next_at IS NOT NULL;

CREATE UNIQUE INDEX "ix_notice_delivery_user_id_notice_id_kind" ON "notice_delivery" ("user_id", "notice_id", "kind");

CREATE INDEX "ix_reactivated_lead_lead_id" ON "reactivated_lead" ("lead_id");

CREATE INDEX "ix_reactivation_next" ON "reactivation" ("next_at") WHERE next_at IS NOT NULL;

CREATE INDEX "ix_response_from_at" ON "response" ("from_at");

CREATE INDEX "ix_response_owner_id_from_at" ON "response" ("owner_id", "from_at");

CREATE INDEX "ix_timer_due_at_lead_id" ON "timer" ("due_at", "lead_id");

CREATE INDEX "ix_violation_at" ON "violation" ("at");

CREATE INDEX "ix_violation_lead_id" ON "violation" ("lead_id");

CREATE INDEX "ix_violation_owner_id_at" ON "violation" ("owner_id", "at");

CREATE UNIQUE INDEX "ix_violation_ownership_id_rule_id_started_at" ON "violation" ("ownership_id", "rule_id", "started_at");

-- What was recorded of a missed deadline stays as it was.
CREATE TRIGGER violation_stays_on_update BEFORE UPDATE ON violation BEGIN SELECT RAISE(ABORT, 'violation is only appended to'); END;

CREATE TRIGGER violation_stays_on_delete BEFORE DELETE ON violation BEGIN SELECT RAISE(ABORT, 'violation is only appended to'); END;

CREATE TRIGGER violation_note_stays_on_update BEFORE UPDATE ON violation_note BEGIN SELECT RAISE(ABORT, 'violation_note is only appended to'); END;

CREATE TRIGGER violation_note_stays_on_delete BEFORE DELETE ON violation_note BEGIN SELECT RAISE(ABORT, 'violation_note is only appended to'); END;

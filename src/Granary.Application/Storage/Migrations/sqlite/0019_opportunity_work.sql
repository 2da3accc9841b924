CREATE TABLE "opportunity_paper" (
    "id" BLOB NOT NULL CONSTRAINT "pk_opportunity_paper" PRIMARY KEY,
    "opportunity_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_opportunity_paper" ON "opportunity_paper" ("opportunity_id", "kind", "id");

CREATE TABLE "opportunity_evaluation" (
    "id" BLOB NOT NULL CONSTRAINT "pk_opportunity_evaluation" PRIMARY KEY,
    "opportunity_id" BLOB NOT NULL,
    "urgency" INTEGER NOT NULL,
    "budget" INTEGER NOT NULL,
    "competition" INTEGER NOT NULL,
    "decision" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "grade" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "verdict" INTEGER NOT NULL,
    "judge_id" BLOB NULL,
    "judged_at" INTEGER NULL,
    "comment" TEXT NULL
);
CREATE INDEX "ix_opportunity_evaluation" ON "opportunity_evaluation" ("opportunity_id", "id");

CREATE TABLE "inquiry_change" (
    "id" BLOB NOT NULL CONSTRAINT "pk_inquiry_change" PRIMARY KEY,
    "opportunity_id" BLOB NOT NULL,
    "before" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_inquiry_change" ON "inquiry_change" ("opportunity_id", "id");

CREATE TABLE "opportunity_objection" (
    "id" BLOB NOT NULL CONSTRAINT "pk_opportunity_objection" PRIMARY KEY,
    "opportunity_id" BLOB NOT NULL,
    "text" TEXT NOT NULL,
    "is_key" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "answer" TEXT NULL,
    "reusable" INTEGER NOT NULL,
    "answered_by" BLOB NULL,
    "answered_at" INTEGER NULL,
    "outcome" INTEGER NOT NULL,
    "outcome_note" TEXT NULL
);
CREATE INDEX "ix_opportunity_objection" ON "opportunity_objection" ("opportunity_id", "id");
CREATE INDEX "ix_opportunity_objection_due" ON "opportunity_objection" ("due_at") WHERE answered_at IS NULL;

CREATE TABLE "opportunity_contract" (
    "opportunity_id" BLOB NOT NULL CONSTRAINT "pk_opportunity_contract" PRIMARY KEY,
    "number" TEXT NULL,
    "state" INTEGER NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "delivery" TEXT NULL,
    "payment" TEXT NULL,
    "breach" TEXT NULL,
    "schedule" TEXT NOT NULL,
    "reason" TEXT NULL,
    "signed_on" TEXT NULL,
    "cleared_by" BLOB NULL,
    "changed_at" INTEGER NOT NULL
);

CREATE TABLE "opportunity_payment" (
    "id" BLOB NOT NULL CONSTRAINT "pk_opportunity_payment" PRIMARY KEY,
    "opportunity_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "paid_on" TEXT NOT NULL,
    "note" TEXT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE INDEX "ix_opportunity_payment" ON "opportunity_payment" ("opportunity_id");

CREATE TABLE "opportunity_handover" (
    "opportunity_id" BLOB NOT NULL CONSTRAINT "pk_opportunity_handover" PRIMARY KEY,
    "receiver_id" BLOB NOT NULL,
    "customer" TEXT NOT NULL,
    "needs" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "state" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "judged_at" INTEGER NULL,
    "comment" TEXT NULL
);

ALTER TABLE "lead" ADD COLUMN "qualification" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "ix_lead_qualification" ON "lead" ("qualification", "received_at" DESC, "id" DESC) WHERE qualification > 0;

CREATE TABLE "lead_qualification" (
    "id" BLOB NOT NULL CONSTRAINT "pk_lead_qualification" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "stage" INTEGER NOT NULL,
    "checks" TEXT NOT NULL,
    "note" TEXT,
    "policy_version" INTEGER NOT NULL,
    "promoted" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "acceptance" INTEGER NOT NULL,
    "judge_id" BLOB,
    "judged_at" INTEGER,
    "reason" TEXT
);
CREATE INDEX "ix_lead_qualification_lead" ON "lead_qualification" ("lead_id");
CREATE INDEX "ix_lead_qualification_actor" ON "lead_qualification" ("actor_id", "at");

ALTER TABLE "lead" ADD COLUMN "merged_into_id" BLOB;
CREATE INDEX "ix_lead_merged_into" ON "lead" ("merged_into_id") WHERE merged_into_id IS NOT NULL;
ALTER TABLE "account" ADD COLUMN "merged_into_id" BLOB;
CREATE INDEX "ix_account_merged_into" ON "account" ("merged_into_id") WHERE merged_into_id IS NOT NULL;

CREATE TABLE "record_merge" (
    "id" BLOB NOT NULL CONSTRAINT "pk_record_merge" PRIMARY KEY,
    "survivor_id" BLOB NOT NULL,
    "merged_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "actor_id" BLOB NOT NULL,
    "body" BLOB,
    "undone_at" INTEGER,
    "undone_by" BLOB
);
CREATE INDEX "ix_record_merge_survivor" ON "record_merge" ("survivor_id");
CREATE INDEX "ix_record_merge_merged" ON "record_merge" ("merged_id");

ALTER TABLE "account" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "account" ADD COLUMN "industry" TEXT;
ALTER TABLE "account" ADD COLUMN "size" INTEGER;
ALTER TABLE "account" ADD COLUMN "headcount" INTEGER;
ALTER TABLE "account" ADD COLUMN "province" TEXT;
ALTER TABLE "account" ADD COLUMN "city" TEXT;
ALTER TABLE "account" ADD COLUMN "tier" TEXT;
ALTER TABLE "account" ADD COLUMN "parent_id" BLOB;
ALTER TABLE "account" ADD COLUMN "website" TEXT;
ALTER TABLE "account" ADD COLUMN "sites" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "account" ADD COLUMN "past_orders" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "account" ADD COLUMN "competitors" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "account" ADD COLUMN "note" TEXT;
ALTER TABLE "account" ADD COLUMN "changed_at" INTEGER NOT NULL DEFAULT 0;
UPDATE "account" SET "changed_at" = "created_at";
CREATE INDEX "ix_account_parent" ON "account" ("parent_id") WHERE parent_id IS NOT NULL;

ALTER TABLE "account_contact" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "account_contact" ADD COLUMN "person_id" BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE "account_contact" ADD COLUMN "roles" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "account_contact" ADD COLUMN "key_person" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "account_contact" ADD COLUMN "we_chat" BLOB;
ALTER TABLE "account_contact" ADD COLUMN "since" TEXT;
ALTER TABLE "account_contact" ADD COLUMN "until" TEXT;
UPDATE "account_contact" SET "person_id" = "id";
CREATE INDEX "ix_account_contact_person" ON "account_contact" ("person_id");

CREATE TABLE "account_contact_key" (
    "key" BLOB NOT NULL,
    "contact_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    CONSTRAINT "pk_account_contact_key" PRIMARY KEY ("key", "contact_id")
);
CREATE INDEX "ix_account_contact_key_contact" ON "account_contact_key" ("contact_id");
-- Until now a key was known by its account; whose of its contacts it is, their own values tell.
INSERT INTO "account_contact_key" ("key", "contact_id", "kind")
SELECT k."key", c."id", k."kind" FROM "account_key" k JOIN "account_contact" c ON c."account_id" = k."account_id" WHERE k."kind" IN (1, 2, 3);

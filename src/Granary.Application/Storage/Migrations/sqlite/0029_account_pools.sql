ALTER TABLE "account" ADD COLUMN "pool_id" BLOB NULL;
ALTER TABLE "account" ADD COLUMN "pooled_at" INTEGER NULL;
CREATE INDEX "ix_account_pool" ON "account" ("pool_id", "id") WHERE pool_id IS NOT NULL;

CREATE TABLE "account_claim" (
    "id" BLOB NOT NULL CONSTRAINT "pk_account_claim" PRIMARY KEY,
    "account_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    "pool_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "returned_at" INTEGER NULL
);
CREATE INDEX "ix_account_claim_user" ON "account_claim" ("user_id", "at");
CREATE INDEX "ix_account_claim_account" ON "account_claim" ("account_id", "id");

CREATE TABLE "partner" (
    "id" BLOB NOT NULL CONSTRAINT "pk_partner" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" INTEGER NOT NULL,
    "owner_id" BLOB NOT NULL,
    "account_id" BLOB NULL,
    "region" TEXT NULL,
    "note" TEXT NULL,
    "ended_at" INTEGER NULL,
    "created_at" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_partner_name" ON "partner" ("name");
CREATE INDEX "ix_partner_owner" ON "partner" ("owner_id");
CREATE INDEX "ix_partner_account" ON "partner" ("account_id") WHERE account_id IS NOT NULL;

CREATE TABLE "partner_registration" (
    "id" BLOB NOT NULL CONSTRAINT "pk_partner_registration" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "partner_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "company_key" BLOB NOT NULL,
    "need" TEXT NOT NULL,
    "amount" INTEGER NULL,
    "expected_on" TEXT NULL,
    "state" INTEGER NOT NULL,
    "asked_by_id" BLOB NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "decided_by_id" BLOB NULL,
    "decided_at" INTEGER NULL,
    "reason" TEXT NULL,
    "expires_at" INTEGER NULL,
    "opportunity_id" BLOB NULL
);
CREATE INDEX "ix_partner_registration_partner" ON "partner_registration" ("partner_id", "id");
CREATE INDEX "ix_partner_registration_state" ON "partner_registration" ("state", "id");
CREATE INDEX "ix_partner_registration_company" ON "partner_registration" ("company_key");
CREATE INDEX "ix_partner_registration_expires" ON "partner_registration" ("expires_at") WHERE expires_at IS NOT NULL;
CREATE INDEX "ix_partner_registration_opportunity" ON "partner_registration" ("opportunity_id") WHERE opportunity_id IS NOT NULL;

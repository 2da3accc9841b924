CREATE TABLE "event_redaction" (
    "position" INTEGER NOT NULL CONSTRAINT "pk_event_redaction" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "original" BLOB NOT NULL,
    "present" BLOB NOT NULL,
    "reason_id" BLOB NOT NULL,
    "told_by" INTEGER NOT NULL
);

CREATE TABLE "audit_seal" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_audit_seal" PRIMARY KEY,
    "first" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "hash" BLOB NOT NULL,
    "marks" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE TABLE "audit_verification" (
    "id" BLOB NOT NULL CONSTRAINT "pk_audit_verification" PRIMARY KEY,
    "requested_at" INTEGER NOT NULL,
    "requested_by_id" BLOB NULL,
    "noted" BLOB NULL,
    "state" INTEGER NOT NULL,
    "leased_until" INTEGER NULL,
    "ended_at" INTEGER NULL,
    "up_to" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "seals" INTEGER NOT NULL,
    "fault" TEXT NULL
);

CREATE INDEX "ix_audit_verification_open" ON "audit_verification" ("requested_at") WHERE ended_at IS NULL;

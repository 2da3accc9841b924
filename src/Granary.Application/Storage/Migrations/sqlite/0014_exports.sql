CREATE TABLE "export_request" (
    "id" BLOB NOT NULL CONSTRAINT "pk_export_request" PRIMARY KEY,
    "asked_by_id" BLOB NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "query" BLOB NOT NULL,
    "columns" TEXT NOT NULL,
    "format" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "plain" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "rows" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "decided_by_id" BLOB NULL,
    "decided_at" INTEGER NULL,
    "comment" TEXT NULL,
    "rows_done" INTEGER NOT NULL,
    "revealed" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "lease_until" INTEGER NULL,
    "ended_at" INTEGER NULL,
    "expires_at" INTEGER NULL,
    "error" TEXT NULL
);

CREATE TABLE "export_piece" (
    "export_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "content" BLOB NOT NULL,
    CONSTRAINT "pk_export_piece" PRIMARY KEY ("export_id", "number")
);

CREATE INDEX "ix_export_request_asked_by_id_id" ON "export_request" ("asked_by_id", "id");

CREATE INDEX "ix_export_request_open" ON "export_request" ("id") WHERE state <= 1;

CREATE INDEX "ix_export_request_expires" ON "export_request" ("expires_at") WHERE expires_at IS NOT NULL;

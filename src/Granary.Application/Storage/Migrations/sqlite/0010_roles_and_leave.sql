ALTER TABLE asp_net_roles ADD COLUMN title TEXT;
ALTER TABLE asp_net_roles ADD COLUMN title_en TEXT;
ALTER TABLE department ADD COLUMN head_id BLOB;

CREATE TABLE "leave_request" (
    "id" BLOB NOT NULL CONSTRAINT "pk_leave_request" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "first_day" TEXT NOT NULL,
    "last_day" TEXT NOT NULL,
    "note" TEXT NULL,
    "state" INTEGER NOT NULL,
    "asked_by" BLOB NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "decided_by" BLOB NULL,
    "decided_at" INTEGER NULL,
    "comment" TEXT NULL
);

CREATE INDEX "ix_leave_request_user_id_last_day" ON "leave_request" ("user_id", "last_day");
CREATE INDEX "ix_leave_request_last_day" ON "leave_request" ("last_day");

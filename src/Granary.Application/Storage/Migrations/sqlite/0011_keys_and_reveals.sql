ALTER TABLE "data_key" ADD COLUMN "made_at" INTEGER;

CREATE TABLE "key_rotation" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_key_rotation" PRIMARY KEY,
    "actor_id" BLOB,
    "started_at" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL,
    "broken" INTEGER NOT NULL,
    "sealed_at" INTEGER,
    "ended_at" INTEGER,
    "lease_until" INTEGER
);

CREATE TABLE "contact_look" (
    "user_id" BLOB NOT NULL,
    "day" TEXT NOT NULL,
    "lead_id" BLOB NOT NULL,
    CONSTRAINT "pk_contact_look" PRIMARY KEY ("user_id", "day", "lead_id")
);

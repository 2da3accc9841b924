CREATE TABLE "retrospective" (
    "id" BLOB NOT NULL CONSTRAINT "pk_retrospective" PRIMARY KEY,
    "from_on" TEXT NOT NULL,
    "to_on" TEXT NOT NULL,
    "department_id" BLOB NOT NULL,
    "factors" TEXT NULL,
    "version" INTEGER NOT NULL,
    "author_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_retrospective_period" ON "retrospective" ("department_id", "from_on", "to_on");

CREATE TABLE "retrospective_measure" (
    "retrospective_id" BLOB NOT NULL,
    "place" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "owner_id" BLOB NOT NULL,
    "due_on" TEXT NULL,
    "done" INTEGER NOT NULL,
    CONSTRAINT "pk_retrospective_measure" PRIMARY KEY ("retrospective_id", "place")
);
CREATE INDEX "ix_retrospective_measure_owner" ON "retrospective_measure" ("owner_id") WHERE NOT done;

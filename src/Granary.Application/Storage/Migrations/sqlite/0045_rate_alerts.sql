CREATE TABLE "rate_alert" (
    "id" BLOB NOT NULL CONSTRAINT "pk_rate_alert" PRIMARY KEY,
    "span" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "from_on" TEXT NOT NULL,
    "to_on" TEXT NOT NULL,
    "base" INTEGER NOT NULL,
    "reached" INTEGER NOT NULL,
    "base_before" INTEGER NOT NULL,
    "reached_before" INTEGER NOT NULL,
    "low" REAL NOT NULL,
    "median" REAL NOT NULL,
    "high" REAL NOT NULL,
    "dimension" TEXT NULL,
    "segment" TEXT NULL,
    "rate_effect" REAL NULL,
    "mix_effect" REAL NULL,
    "at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_rate_alert_period" ON "rate_alert" ("from_on", "span", "step");

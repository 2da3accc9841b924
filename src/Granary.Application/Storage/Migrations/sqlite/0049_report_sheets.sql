-- Rollups hold all cells of a cube, an owner and a period in one row.
CREATE TABLE "report_sheet" (
    "cube" INTEGER NOT NULL,
    "owner_id" BLOB NOT NULL,
    "period" INTEGER NOT NULL,
    "cells" BLOB NOT NULL,
    CONSTRAINT "pk_report_sheet" PRIMARY KEY ("cube", "owner_id", "period")
);
DROP TABLE "report_cell";

-- Everything is walked anew.
DELETE FROM "lead_fact";
DELETE FROM "work_fact";
DELETE FROM "deal_fact";
DELETE FROM "log_position" WHERE "consumer" IN ('facts', 'facts.all');

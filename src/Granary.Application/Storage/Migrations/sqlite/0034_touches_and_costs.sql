ALTER TABLE "touch" ADD COLUMN "channel_id" BLOB NULL;
ALTER TABLE "touch" ADD COLUMN "campaign" TEXT NULL;
ALTER TABLE "touch" ADD COLUMN "keyword" TEXT NULL;
ALTER TABLE "touch" ADD COLUMN "content" TEXT NULL;
ALTER TABLE "touch" ADD COLUMN "link_id" BLOB NULL;
ALTER TABLE "touch" ADD COLUMN "visitor_id" BLOB NULL;
CREATE INDEX "ix_touch_link" ON "touch" ("link_id", "at") WHERE link_id IS NOT NULL;
CREATE INDEX "ix_touch_visitor" ON "touch" ("visitor_id") WHERE visitor_id IS NOT NULL;

CREATE TABLE "touch_day" (
    "day" TEXT NOT NULL,
    "channel_id" BLOB NOT NULL,
    "campaign" TEXT NOT NULL,
    "kind" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    CONSTRAINT "pk_touch_day" PRIMARY KEY ("day", "channel_id", "campaign", "kind")
);
CREATE INDEX "ix_touch_day_channel" ON "touch_day" ("channel_id", "day");

-- The embedded database knows no time zones: days of what was there are those of the zone that organisations begin with, until they are counted anew.
INSERT INTO "touch_day" ("day", "channel_id", "campaign", "kind", "count")
SELECT strftime('%Y-%m-%d', "at" / 1000, 'unixepoch', '+8 hours'), zeroblob(16), '', "kind", sum("count")
FROM "touch" GROUP BY 1, "kind";

CREATE TABLE "channel_cost" (
    "id" BLOB NOT NULL CONSTRAINT "pk_channel_cost" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "channel_id" BLOB NOT NULL,
    "day" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "keyword" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "impressions" INTEGER NULL,
    "clicks" INTEGER NULL,
    "note" TEXT NULL,
    "author_id" BLOB NOT NULL,
    "recorded_at" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "ix_channel_cost_unique" ON "channel_cost" ("channel_id", "day", "campaign", "keyword", "content");
CREATE INDEX "ix_channel_cost_day" ON "channel_cost" ("day", "channel_id", "amount");
CREATE INDEX "ix_channel_cost_campaign" ON "channel_cost" ("campaign", "day") WHERE campaign <> '';

-- Roles that came with the product learn the verb of costs, where an administrator has not said anything about it.
UPDATE "asp_net_roles" SET "grants" = json_patch(n.added, "asp_net_roles"."grants")
FROM (
    SELECT 'lead_administrator' AS name, '{"manageCosts":"all"}' AS added
    UNION ALL SELECT 'marketing_specialist', '{"manageCosts":"all"}'
    UNION ALL SELECT 'marketing_manager', '{"manageCosts":"all"}'
    UNION ALL SELECT 'operations', '{"manageCosts":"all"}'
    UNION ALL SELECT 'system_administrator', '{"manageCosts":"all"}'
) AS n
WHERE "asp_net_roles"."built_in" AND "asp_net_roles"."name" = n.name;

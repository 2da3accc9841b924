CREATE TABLE "tracked_link" (
    "id" BLOB NOT NULL CONSTRAINT "pk_tracked_link" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "utm_source" TEXT NULL,
    "utm_medium" TEXT NULL,
    "utm_campaign" TEXT NULL,
    "utm_term" TEXT NULL,
    "utm_content" TEXT NULL,
    "channel_id" BLOB NULL,
    "campaign" TEXT NULL,
    "content" TEXT NULL,
    "user_id" BLOB NULL,
    "author_id" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "retired_at" INTEGER NULL
);
CREATE UNIQUE INDEX "ix_tracked_link_code" ON "tracked_link" ("code");
CREATE INDEX "ix_tracked_link_user" ON "tracked_link" ("user_id", "id") WHERE user_id IS NOT NULL;
CREATE INDEX "ix_tracked_link_author" ON "tracked_link" ("author_id");

CREATE TABLE "link_day" (
    "link_id" BLOB NOT NULL,
    "day" TEXT NOT NULL,
    "clicks" INTEGER NOT NULL,
    "visitors" INTEGER NOT NULL,
    CONSTRAINT "pk_link_day" PRIMARY KEY ("link_id", "day")
);

CREATE TABLE "link_visitor" (
    "link_id" BLOB NOT NULL,
    "visitor_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_link_visitor" PRIMARY KEY ("link_id", "visitor_id")
);
CREATE INDEX "ix_link_visitor_at" ON "link_visitor" ("at");
CREATE INDEX "ix_link_visitor_visitor" ON "link_visitor" ("visitor_id");

CREATE TABLE "visitor" (
    "id" BLOB NOT NULL CONSTRAINT "pk_visitor" PRIMARY KEY,
    "lead_id" BLOB NULL,
    "since" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL
);
CREATE INDEX "ix_visitor_lead" ON "visitor" ("lead_id") WHERE lead_id IS NOT NULL;
CREATE INDEX "ix_visitor_changed" ON "visitor" ("changed_at") WHERE lead_id IS NULL;

CREATE TABLE "visitor_touch" (
    "visitor_id" BLOB NOT NULL,
    "id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "detail" TEXT NULL,
    "channel_id" BLOB NULL,
    "campaign" TEXT NULL,
    "keyword" TEXT NULL,
    "content" TEXT NULL,
    "link_id" BLOB NULL,
    CONSTRAINT "pk_visitor_touch" PRIMARY KEY ("visitor_id", "id")
);
CREATE INDEX "ix_visitor_touch_at" ON "visitor_touch" ("at");

CREATE INDEX "ix_lead_referred" ON "lead" ("referred_by", "received_at") WHERE referred_by IS NOT NULL;

-- Roles that came with the product learn the verb of links, where an administrator has not said anything about it.
UPDATE "asp_net_roles" SET "grants" = json_patch(n.added, "asp_net_roles"."grants")
FROM (
    SELECT 'lead_creator' AS name, '{"shareLinks":"own"}' AS added
    UNION ALL SELECT 'lead_administrator', '{"shareLinks":"all"}'
    UNION ALL SELECT 'sdr', '{"shareLinks":"own"}'
    UNION ALL SELECT 'sales_representative', '{"shareLinks":"own"}'
    UNION ALL SELECT 'sales_supervisor', '{"shareLinks":"own, team"}'
    UNION ALL SELECT 'sales_director', '{"shareLinks":"own, departmentTree"}'
    UNION ALL SELECT 'marketing_specialist', '{"shareLinks":"all"}'
    UNION ALL SELECT 'marketing_manager', '{"shareLinks":"all"}'
    UNION ALL SELECT 'delivery', '{"shareLinks":"own"}'
    UNION ALL SELECT 'system_administrator', '{"shareLinks":"all"}'
) AS n
WHERE "asp_net_roles"."built_in" AND "asp_net_roles"."name" = n.name;

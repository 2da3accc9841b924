ALTER TABLE touch
    ADD COLUMN channel_id uuid,
    ADD COLUMN campaign character varying(200),
    ADD COLUMN keyword character varying(200),
    ADD COLUMN content character varying(200),
    ADD COLUMN link_id uuid,
    ADD COLUMN visitor_id uuid;
CREATE INDEX ix_touch_link ON touch (link_id, at) WHERE link_id IS NOT NULL;
CREATE INDEX ix_touch_visitor ON touch (visitor_id) WHERE visitor_id IS NOT NULL;

CREATE TABLE touch_day (
    day date NOT NULL,
    channel_id uuid NOT NULL,
    campaign character varying(200) NOT NULL,
    kind integer NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT pk_touch_day PRIMARY KEY (day, channel_id, campaign, kind)
);
CREATE INDEX ix_touch_day_channel ON touch_day (channel_id, day);

INSERT INTO touch_day (day, channel_id, campaign, kind, count)
SELECT (t.at AT TIME ZONE o.time_zone)::date, '00000000-0000-0000-0000-000000000000'::uuid, '', t.kind, sum(t.count)
FROM touch t CROSS JOIN organisation o GROUP BY 1, t.kind;

CREATE TABLE channel_cost (
    id uuid NOT NULL CONSTRAINT pk_channel_cost PRIMARY KEY,
    version integer NOT NULL,
    channel_id uuid NOT NULL,
    day date NOT NULL,
    campaign character varying(200) NOT NULL,
    keyword character varying(200) NOT NULL,
    content character varying(200) NOT NULL,
    amount bigint NOT NULL,
    impressions bigint,
    clicks bigint,
    note character varying(500),
    author_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
CREATE UNIQUE INDEX ix_channel_cost_unique ON channel_cost (channel_id, day, campaign, keyword, content);
CREATE INDEX ix_channel_cost_day ON channel_cost (day, channel_id, amount);
CREATE INDEX ix_channel_cost_campaign ON channel_cost (campaign, day) WHERE campaign <> '';

-- Roles that came with the product learn the verb of costs, where an administrator has not said anything about it.
UPDATE asp_net_roles SET grants = (n.added::jsonb || asp_net_roles.grants::jsonb)::text
FROM (VALUES
  ('lead_administrator', '{"manageCosts":"all"}'),
  ('marketing_specialist', '{"manageCosts":"all"}'),
  ('marketing_manager', '{"manageCosts":"all"}'),
  ('operations', '{"manageCosts":"all"}'),
  ('system_administrator', '{"manageCosts":"all"}')
) AS n (name, added)
WHERE asp_net_roles.built_in AND asp_net_roles.name = n.name;

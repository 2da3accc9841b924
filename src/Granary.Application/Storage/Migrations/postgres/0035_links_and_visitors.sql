CREATE TABLE tracked_link (
    id uuid NOT NULL CONSTRAINT pk_tracked_link PRIMARY KEY,
    version integer NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(100) NOT NULL,
    target character varying(2000) NOT NULL,
    utm_source character varying(200),
    utm_medium character varying(200),
    utm_campaign character varying(200),
    utm_term character varying(200),
    utm_content character varying(200),
    channel_id uuid,
    campaign character varying(200),
    content character varying(200),
    user_id uuid,
    author_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone
);
CREATE UNIQUE INDEX ix_tracked_link_code ON tracked_link (code);
CREATE INDEX ix_tracked_link_user ON tracked_link (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX ix_tracked_link_author ON tracked_link (author_id);

CREATE TABLE link_day (
    link_id uuid NOT NULL,
    day date NOT NULL,
    clicks bigint NOT NULL,
    visitors bigint NOT NULL,
    CONSTRAINT pk_link_day PRIMARY KEY (link_id, day)
);

CREATE TABLE link_visitor (
    link_id uuid NOT NULL,
    visitor_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_link_visitor PRIMARY KEY (link_id, visitor_id)
);
CREATE INDEX ix_link_visitor_at ON link_visitor (at);
CREATE INDEX ix_link_visitor_visitor ON link_visitor (visitor_id);

CREATE TABLE visitor (
    id uuid NOT NULL CONSTRAINT pk_visitor PRIMARY KEY,
    lead_id uuid,
    since timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE INDEX ix_visitor_lead ON visitor (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX ix_visitor_changed ON visitor (changed_at) WHERE lead_id IS NULL;

CREATE TABLE visitor_touch (
    visitor_id uuid NOT NULL,
    id uuid NOT NULL,
    kind integer NOT NULL,
    at timestamp with time zone NOT NULL,
    detail text,
    channel_id uuid,
    campaign character varying(200),
    keyword character varying(200),
    content character varying(200),
    link_id uuid,
    CONSTRAINT pk_visitor_touch PRIMARY KEY (visitor_id, id)
);
CREATE INDEX ix_visitor_touch_at ON visitor_touch (at);

CREATE INDEX ix_lead_referred ON lead (referred_by, received_at) WHERE referred_by IS NOT NULL;

-- Roles that came with the product learn the verb of links, where an administrator has not said anything about it.
UPDATE asp_net_roles SET grants = (n.added::jsonb || asp_net_roles.grants::jsonb)::text
FROM (VALUES
  ('lead_creator', '{"shareLinks":"own"}'),
  ('lead_administrator', '{"shareLinks":"all"}'),
  ('sdr', '{"shareLinks":"own"}'),
  ('sales_representative', '{"shareLinks":"own"}'),
  ('sales_supervisor', '{"shareLinks":"own, team"}'),
  ('sales_director', '{"shareLinks":"own, departmentTree"}'),
  ('marketing_specialist', '{"shareLinks":"all"}'),
  ('marketing_manager', '{"shareLinks":"all"}'),
  ('delivery', '{"shareLinks":"own"}'),
  ('system_administrator', '{"shareLinks":"all"}')
) AS n (name, added)
WHERE asp_net_roles.built_in AND asp_net_roles.name = n.name;

-- Roles that came with the product learn the verbs of privacy, where an administrator has not said anything about them.
UPDATE asp_net_roles SET grants = (n.added::jsonb || asp_net_roles.grants::jsonb)::text
FROM (VALUES
  ('lead_administrator', '{"exportLeads":"all"}'),
  ('sales_supervisor', '{"exportLeads":"own, team, pools"}'),
  ('sales_director', '{"exportLeads":"own, departmentTree, pools","approveExports":"own, departmentTree, pools"}'),
  ('marketing_manager', '{"exportLeads":"all"}'),
  ('operations', '{"exportLeads":"all"}'),
  ('legal', '{"managePrivacy":"all","viewAudit":"all"}'),
  ('system_administrator', '{"exportLeads":"all","approveExports":"all","managePrivacy":"all","viewAudit":"all"}')
) AS n (name, added)
WHERE asp_net_roles.built_in AND asp_net_roles.name = n.name;

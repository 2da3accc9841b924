-- Roles that came with the product learn the verbs of privacy, where an administrator has not said anything about them.
UPDATE "asp_net_roles" SET "grants" = json_patch(n.added, "asp_net_roles"."grants")
FROM (
    SELECT 'lead_administrator' AS name, '{"exportLeads":"all"}' AS added
    UNION ALL SELECT 'sales_supervisor', '{"exportLeads":"own, team, pools"}'
    UNION ALL SELECT 'sales_director', '{"exportLeads":"own, departmentTree, pools","approveExports":"own, departmentTree, pools"}'
    UNION ALL SELECT 'marketing_manager', '{"exportLeads":"all"}'
    UNION ALL SELECT 'operations', '{"exportLeads":"all"}'
    UNION ALL SELECT 'legal', '{"managePrivacy":"all","viewAudit":"all"}'
    UNION ALL SELECT 'system_administrator', '{"exportLeads":"all","approveExports":"all","managePrivacy":"all","viewAudit":"all"}'
) AS n
WHERE "asp_net_roles"."built_in" AND "asp_net_roles"."name" = n.name;

CREATE VIEW named_owner AS
SELECT n.account_id, COALESCE(a.owner_id, l.owner_id) AS owner_id
FROM named_account n JOIN named_list l ON l.id = n.list_id JOIN account a ON a.id = n.account_id;

-- Cells of keywords and contents stand at numbers. What stands in sheets is gathered anew.
DELETE FROM report_sheet;
DELETE FROM lead_fact;
DELETE FROM work_fact;
DELETE FROM deal_fact;
DELETE FROM log_position WHERE consumer IN ('facts', 'facts.all');

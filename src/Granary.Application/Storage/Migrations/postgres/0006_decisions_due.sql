ALTER TABLE lead_request ADD COLUMN due_at timestamp with time zone;
ALTER TABLE lead_request ADD COLUMN remind_at timestamp with time zone;

CREATE INDEX ix_lead_request_remind ON lead_request (remind_at) WHERE remind_at IS NOT NULL;

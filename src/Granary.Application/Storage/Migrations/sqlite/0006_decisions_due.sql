ALTER TABLE lead_request ADD COLUMN due_at INTEGER;
ALTER TABLE lead_request ADD COLUMN remind_at INTEGER;

CREATE INDEX "ix_lead_request_remind" ON "lead_request" ("remind_at") WHERE remind_at IS NOT NULL;

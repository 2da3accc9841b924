CREATE INDEX "ix_ownership_record_held" ON "ownership_record" ("from_pool_id", "id") WHERE to_at IS NULL AND from_pool_id IS NOT NULL;

CREATE INDEX "ix_timer_deadline" ON "timer" ("deadline_at", "lead_id") WHERE deadline_at IS NOT NULL;

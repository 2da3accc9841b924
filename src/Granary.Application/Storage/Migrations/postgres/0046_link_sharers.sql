ALTER TABLE link_day ADD COLUMN user_id uuid;
CREATE INDEX ix_link_day_user ON link_day (user_id, day) WHERE user_id IS NOT NULL;

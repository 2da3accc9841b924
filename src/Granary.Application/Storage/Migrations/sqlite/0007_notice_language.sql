ALTER TABLE notice_channel ADD COLUMN language TEXT;

ALTER TABLE notice_channel ADD COLUMN language character varying(10);

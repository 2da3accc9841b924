ALTER TABLE import_batch ADD COLUMN kind integer NOT NULL DEFAULT 0;
ALTER TABLE export_request ADD COLUMN kind integer NOT NULL DEFAULT 0;

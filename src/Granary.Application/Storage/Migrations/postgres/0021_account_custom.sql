ALTER TABLE account ADD COLUMN custom text;

-- Rows of an import are looked for when it is taken back, and there only those that refreshed a lead one by one.
DROP INDEX "ix_import_row_import_id_number";
CREATE INDEX "ix_import_row_refreshed" ON "import_row" ("import_id") WHERE outcome = 2;

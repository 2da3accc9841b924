-- What became of leads before they came here, as imports tell it.
ALTER TABLE lead ADD COLUMN history text;

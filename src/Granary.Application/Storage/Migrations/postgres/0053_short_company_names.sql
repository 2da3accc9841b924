-- Names without a legal form stand for registered ones that begin alike, and hide among many that do not.
CREATE INDEX ix_lead_company_short ON lead (company_key, id) WHERE company_key NOT LIKE '%有限公司' AND company_key NOT LIKE '%有限责任公司';

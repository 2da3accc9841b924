ALTER TABLE lead ADD COLUMN privacy integer NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN anonymised_at timestamp with time zone;

CREATE TABLE consent (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    purpose character varying(100) NOT NULL,
    text_version character varying(100),
    channel text,
    given_at timestamp with time zone,
    source integer NOT NULL,
    evidence bytea,
    recorded_at timestamp with time zone NOT NULL,
    recorder_id uuid,
    withdrawn_at timestamp with time zone,
    withdrawn_how integer,
    withdrawn_by uuid,
    reason bytea,
    CONSTRAINT pk_consent PRIMARY KEY (id)
);

CREATE TABLE consent_key (
    key uuid NOT NULL,
    consent_id uuid NOT NULL,
    CONSTRAINT pk_consent_key PRIMARY KEY (key, consent_id)
);

CREATE TABLE consent_stop (
    key uuid NOT NULL,
    purpose character varying(100) NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_consent_stop PRIMARY KEY (key, purpose)
);

CREATE TABLE erasure (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    request_id uuid,
    leads text NOT NULL,
    keys text NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id)
);

CREATE TABLE person_request (
    id uuid NOT NULL,
    version integer NOT NULL,
    kind integer NOT NULL,
    state integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    person bytea,
    identity bytea,
    wish bytea,
    keys text NOT NULL,
    leads text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    remind_at timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone,
    note bytea,
    CONSTRAINT pk_person_request PRIMARY KEY (id)
);

CREATE TABLE privacy_proof (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    act character varying(40) NOT NULL,
    request_id uuid,
    actor_id uuid,
    counts text NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT pk_privacy_proof PRIMARY KEY (seq)
);

CREATE INDEX ix_consent_lead_id_id ON consent (lead_id, id);

CREATE INDEX ix_consent_key_consent_id ON consent_key (consent_id);

CREATE INDEX ix_lead_retention ON lead (status, changed_at) WHERE anonymised_at IS NULL AND status >= 3;

CREATE INDEX ix_person_request_remind ON person_request (remind_at) WHERE remind_at IS NOT NULL;

CREATE INDEX ix_person_request_state_due_at ON person_request (state, due_at);

CREATE INDEX ix_privacy_proof_request_id ON privacy_proof (request_id);

-- Consent that leads brought before there was a ledger. A lead had one at the most, so that its id serves.
INSERT INTO consent (id, lead_id, purpose, text_version, channel, given_at, source, recorded_at, recorder_id)
SELECT l.id, l.id, left(l.consent::jsonb ->> 'purpose', 100), left(l.consent::jsonb ->> 'textVersion', 100), c.path,
    coalesce(date_trunc('milliseconds', (l.consent::jsonb ->> 'givenAt')::timestamptz), l.received_at),
    CASE WHEN l.import_id IS NOT NULL THEN 4 WHEN l.recorder_id IS NULL THEN 1 ELSE 2 END, l.recorded_at, l.recorder_id
FROM lead l LEFT JOIN channel c ON c.id = l.channel_id
WHERE l.consent::jsonb ->> 'purpose' IS NOT NULL;

INSERT INTO consent_key (key, consent_id)
SELECT p.key, p.lead_id FROM consent c JOIN contact_point p ON p.lead_id = c.lead_id WHERE p.kind <> 4
ON CONFLICT DO NOTHING;

-- Proofs and what was erased stay as they were written.
CREATE TRIGGER privacy_proof_stays BEFORE UPDATE OR DELETE ON privacy_proof FOR EACH ROW EXECUTE FUNCTION keep_as_it_was();

CREATE TRIGGER erasure_stays BEFORE UPDATE OR DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION keep_as_it_was();

-- What was recorded of a missed deadline stays as it was, but for words about a person, which can be taken out and never changed.
CREATE FUNCTION keep_but_words_of_violation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'evidence' = to_jsonb(OLD) - 'evidence'
        AND NEW.evidence = (OLD.evidence::jsonb #- '{lead,requirement}' #- '{lead,nextStep}')::text THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME;
END $$;

CREATE FUNCTION keep_but_words_of_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.text IS NULL AND to_jsonb(NEW) - 'text' = to_jsonb(OLD) - 'text' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME;
END $$;

DROP TRIGGER violation_stays ON violation;

CREATE TRIGGER violation_stays BEFORE UPDATE OR DELETE ON violation FOR EACH ROW EXECUTE FUNCTION keep_but_words_of_violation();

DROP TRIGGER violation_note_stays ON violation_note;

CREATE TRIGGER violation_note_stays BEFORE UPDATE OR DELETE ON violation_note FOR EACH ROW EXECUTE FUNCTION keep_but_words_of_note();

ALTER TABLE lead ADD COLUMN privacy INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN anonymised_at INTEGER;

CREATE TABLE "consent" (
    "id" BLOB NOT NULL CONSTRAINT "pk_consent" PRIMARY KEY,
    "lead_id" BLOB NOT NULL,
    "purpose" TEXT NOT NULL,
    "text_version" TEXT NULL,
    "channel" TEXT NULL,
    "given_at" INTEGER NULL,
    "source" INTEGER NOT NULL,
    "evidence" BLOB NULL,
    "recorded_at" INTEGER NOT NULL,
    "recorder_id" BLOB NULL,
    "withdrawn_at" INTEGER NULL,
    "withdrawn_how" INTEGER NULL,
    "withdrawn_by" BLOB NULL,
    "reason" BLOB NULL
);

CREATE TABLE "consent_key" (
    "key" BLOB NOT NULL,
    "consent_id" BLOB NOT NULL,
    CONSTRAINT "pk_consent_key" PRIMARY KEY ("key", "consent_id")
) WITHOUT ROWID;

CREATE TABLE "consent_stop" (
    "key" BLOB NOT NULL,
    "purpose" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_consent_stop" PRIMARY KEY ("key", "purpose")
) WITHOUT ROWID;

CREATE TABLE "erasure" (
    "id" BLOB NOT NULL CONSTRAINT "pk_erasure" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "request_id" BLOB NULL,
    "leads" TEXT NOT NULL,
    "keys" TEXT NOT NULL
);

CREATE TABLE "person_request" (
    "id" BLOB NOT NULL CONSTRAINT "pk_person_request" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "received_at" INTEGER NOT NULL,
    "recorded_at" INTEGER NOT NULL,
    "recorded_by" BLOB NOT NULL,
    "person" BLOB NULL,
    "identity" BLOB NULL,
    "wish" BLOB NULL,
    "keys" TEXT NOT NULL,
    "leads" TEXT NOT NULL,
    "due_at" INTEGER NOT NULL,
    "remind_at" INTEGER NULL,
    "decided_by" BLOB NULL,
    "decided_at" INTEGER NULL,
    "note" BLOB NULL
);

CREATE TABLE "privacy_proof" (
    "seq" INTEGER NOT NULL CONSTRAINT "pk_privacy_proof" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "act" TEXT NOT NULL,
    "request_id" BLOB NULL,
    "actor_id" BLOB NULL,
    "counts" TEXT NOT NULL,
    "previous" BLOB NOT NULL,
    "hash" BLOB NOT NULL
);

CREATE INDEX "ix_consent_lead_id_id" ON "consent" ("lead_id", "id");

CREATE INDEX "ix_consent_key_consent_id" ON "consent_key" ("consent_id");

CREATE INDEX "ix_lead_retention" ON "lead" ("status", "changed_at") WHERE anonymised_at IS NULL AND status >= 3;

CREATE INDEX "ix_person_request_remind" ON "person_request" ("remind_at") WHERE remind_at IS NOT NULL;

CREATE INDEX "ix_person_request_state_due_at" ON "person_request" ("state", "due_at");

CREATE INDEX "ix_privacy_proof_request_id" ON "privacy_proof" ("request_id");

-- Consent that leads brought before there was a ledger. A lead had one at the most, so that its id serves.
INSERT INTO consent (id, lead_id, purpose, text_version, channel, given_at, source, recorded_at, recorder_id)
SELECT l.id, l.id, substr(json_extract(l.consent, '$.purpose'), 1, 100), substr(json_extract(l.consent, '$.textVersion'), 1, 100), c.path,
    coalesce(CAST(round(unixepoch(json_extract(l.consent, '$.givenAt'), 'subsec') * 1000) AS INTEGER), l.received_at),
    CASE WHEN l.import_id IS NOT NULL THEN 4 WHEN l.recorder_id IS NULL THEN 1 ELSE 2 END, l.recorded_at, l.recorder_id
FROM lead l LEFT JOIN channel c ON c.id = l.channel_id
WHERE json_extract(l.consent, '$.purpose') IS NOT NULL;

INSERT OR IGNORE INTO consent_key (key, consent_id)
SELECT p.key, p.lead_id FROM consent c JOIN contact_point p ON p.lead_id = c.lead_id WHERE p.kind <> 4;

-- Proofs and what was erased stay as they were written.
CREATE TRIGGER privacy_proof_stays_on_update BEFORE UPDATE ON privacy_proof BEGIN SELECT RAISE(ABORT, 'privacy_proof is only appended to'); END;

CREATE TRIGGER privacy_proof_stays_on_delete BEFORE DELETE ON privacy_proof BEGIN SELECT RAISE(ABORT, 'privacy_proof is only appended to'); END;

CREATE TRIGGER erasure_stays_on_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is only appended to'); END;

CREATE TRIGGER erasure_stays_on_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is only appended to'); END;

-- What was recorded of a missed deadline stays as it was, but for words about a person, which can be taken out and never changed.
DROP TRIGGER violation_stays_on_update;

CREATE TRIGGER violation_stays_on_update BEFORE UPDATE ON violation
WHEN NOT (NEW.id IS OLD.id AND NEW.lead_id IS OLD.lead_id AND NEW.ownership_id IS OLD.ownership_id AND NEW.owner_id IS OLD.owner_id
    AND NEW.department_id IS OLD.department_id AND NEW.rule_id IS OLD.rule_id AND NEW.policy_version IS OLD.policy_version
    AND NEW.started_at IS OLD.started_at AND NEW.minutes IS OLD.minutes AND NEW.clock IS OLD.clock AND NEW.deadline_at IS OLD.deadline_at
    AND NEW.at IS OLD.at AND NEW.evidence IS json_remove(OLD.evidence, '$.lead.requirement', '$.lead.nextStep'))
BEGIN SELECT RAISE(ABORT, 'violation is only appended to'); END;

DROP TRIGGER violation_note_stays_on_update;

CREATE TRIGGER violation_note_stays_on_update BEFORE UPDATE ON violation_note
WHEN NOT (NEW.id IS OLD.id AND NEW.violation_id IS OLD.violation_id AND NEW.kind IS OLD.kind AND NEW.author_id IS OLD.author_id AND NEW.at IS OLD.at
    AND NEW.text IS NULL)
BEGIN SELECT RAISE(ABORT, 'violation_note is only appended to'); END;

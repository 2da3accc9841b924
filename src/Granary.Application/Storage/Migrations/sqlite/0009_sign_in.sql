ALTER TABLE organisation ADD COLUMN second_factor_roles TEXT;

ALTER TABLE api_key ADD COLUMN permissions TEXT;
ALTER TABLE api_key ADD COLUMN expires_at INTEGER;
ALTER TABLE api_key ADD COLUMN previous_hash BLOB;
ALTER TABLE api_key ADD COLUMN previous_until INTEGER;
ALTER TABLE api_key ADD COLUMN last_used_at INTEGER;

CREATE UNIQUE INDEX "ix_api_key_previous_hash" ON "api_key" ("previous_hash");

CREATE TABLE session (
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    means INTEGER NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id)
);

CREATE INDEX "ix_session_user_id" ON "session" ("user_id");

CREATE INDEX "ix_session_seen_at" ON "session" ("seen_at");

CREATE TABLE second_factor (
    user_id BLOB NOT NULL,
    secret BLOB NOT NULL,
    last_step INTEGER NOT NULL,
    confirmed_at INTEGER,
    CONSTRAINT pk_second_factor PRIMARY KEY (user_id)
);

CREATE TABLE recovery_code (
    user_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    used_at INTEGER,
    CONSTRAINT pk_recovery_code PRIMARY KEY (user_id, hash)
);

CREATE TABLE invitation (
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    reset INTEGER NOT NULL,
    author_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    withdrawn_at INTEGER,
    CONSTRAINT pk_invitation PRIMARY KEY (id)
);

CREATE UNIQUE INDEX "ix_invitation_hash" ON "invitation" ("hash");

CREATE INDEX "ix_invitation_user_id" ON "invitation" ("user_id");

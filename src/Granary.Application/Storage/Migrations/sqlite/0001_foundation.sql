CREATE TABLE "account" (
    "id" BLOB NOT NULL CONSTRAINT "pk_account" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "credit_code" TEXT NULL,
    "owner_id" BLOB NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "account_contact" (
    "id" BLOB NOT NULL CONSTRAINT "pk_account_contact" PRIMARY KEY,
    "account_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NULL,
    "phone" BLOB NULL,
    "email" BLOB NULL
);

CREATE TABLE "account_key" (
    "key" BLOB NOT NULL,
    "account_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "account_name" TEXT NOT NULL,
    "owner_id" BLOB NULL,
    CONSTRAINT "pk_account_key" PRIMARY KEY ("key", "account_id")
) WITHOUT ROWID;

CREATE TABLE "api_key" (
    "id" BLOB NOT NULL CONSTRAINT "pk_api_key" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "prefix" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "revoked_at" INTEGER NULL
);

CREATE TABLE "asp_net_roles" (
    "id" BLOB NOT NULL CONSTRAINT "pk_asp_net_roles" PRIMARY KEY,
    "grants" TEXT NOT NULL,
    "built_in" INTEGER NOT NULL,
    "name" TEXT NULL,
    "normalized_name" TEXT NULL,
    "concurrency_stamp" TEXT NULL
);

CREATE TABLE "asp_net_users" (
    "id" BLOB NOT NULL CONSTRAINT "pk_asp_net_users" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "department_id" BLOB NULL,
    "status" INTEGER NOT NULL,
    "profile" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "user_name" TEXT NULL,
    "normalized_user_name" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "phone_number" TEXT NULL,
    "phone_number_confirmed" INTEGER NOT NULL,
    "two_factor_enabled" INTEGER NOT NULL,
    "lockout_end" INTEGER NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);

CREATE TABLE "assignment_record" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "rule_id" TEXT NULL,
    "policy_version" INTEGER NOT NULL,
    "owner_id" BLOB NULL,
    "pool_id" BLOB NULL,
    "actor_id" BLOB NULL,
    "candidates" BLOB NOT NULL,
    CONSTRAINT "pk_assignment_record" PRIMARY KEY ("lead_id", "id")
);

CREATE TABLE "blacklist_entry" (
    "id" BLOB NOT NULL CONSTRAINT "pk_blacklist_entry" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "value" BLOB NOT NULL,
    "reason" TEXT NOT NULL,
    "author_id" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER NULL
);

CREATE TABLE "channel" (
    "id" BLOB NOT NULL CONSTRAINT "pk_channel" PRIMARY KEY,
    "path" TEXT NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "retired" INTEGER NOT NULL
);

CREATE TABLE "company_alias" (
    "alias" TEXT NOT NULL CONSTRAINT "pk_company_alias" PRIMARY KEY,
    "company" TEXT NOT NULL
);

CREATE TABLE "contact_point" (
    "key" BLOB NOT NULL,
    "seq" INTEGER NOT NULL,
    "lead_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "value" BLOB NOT NULL,
    CONSTRAINT "pk_contact_point" PRIMARY KEY ("key", "seq")
) WITHOUT ROWID;

CREATE TABLE "data_key" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_data_key" PRIMARY KEY,
    "wrapped" BLOB NOT NULL
);

CREATE TABLE "decision" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "trace" TEXT NOT NULL,
    CONSTRAINT "pk_decision" PRIMARY KEY ("lead_id", "id")
);

CREATE TABLE "department" (
    "id" BLOB NOT NULL CONSTRAINT "pk_department" PRIMARY KEY,
    "parent_id" BLOB NULL,
    "name" TEXT NOT NULL
);

CREATE TABLE "event" (
    "position" INTEGER NOT NULL CONSTRAINT "pk_event" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "actor_id" BLOB NULL,
    "subject_id" BLOB NOT NULL,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL
);

CREATE TABLE "form" (
    "id" BLOB NOT NULL CONSTRAINT "pk_form" PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channel_id" BLOB NOT NULL,
    "open" INTEGER NOT NULL,
    "design" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "idempotency_record" (
    "key" BLOB NOT NULL CONSTRAINT "pk_idempotency_record" PRIMARY KEY,
    "request" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "status" INTEGER NOT NULL,
    "answer" BLOB NULL
);

CREATE TABLE "import_batch" (
    "id" BLOB NOT NULL CONSTRAINT "pk_import_batch" PRIMARY KEY,
    "file_name" TEXT NOT NULL,
    "file_hash" BLOB NOT NULL,
    "file_size" INTEGER NOT NULL,
    "user_id" BLOB NOT NULL,
    "state" INTEGER NOT NULL,
    "mode" INTEGER NOT NULL,
    "key_field" TEXT NULL,
    "mapping" TEXT NULL,
    "rows_total" INTEGER NULL,
    "rows_done" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "linked" INTEGER NOT NULL,
    "refreshed" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "repeated" INTEGER NOT NULL,
    "error" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "lease_until" INTEGER NULL
);

CREATE TABLE "import_chunk" (
    "import_id" BLOB NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,
    CONSTRAINT "pk_import_chunk" PRIMARY KEY ("import_id", "seq")
);

CREATE TABLE "import_failure" (
    "import_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "errors" TEXT NOT NULL,
    "cells" BLOB NOT NULL,
    CONSTRAINT "pk_import_failure" PRIMARY KEY ("import_id", "number")
);

CREATE TABLE "import_row" (
    "key" BLOB NOT NULL CONSTRAINT "pk_import_row" PRIMARY KEY,
    "import_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "lead_id" BLOB NOT NULL,
    "outcome" INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE "inbound_hook" (
    "id" BLOB NOT NULL CONSTRAINT "pk_inbound_hook" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "token_hash" BLOB NOT NULL,
    "channel_id" BLOB NOT NULL,
    "mapping" TEXT NOT NULL,
    "open" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "kept_submission" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "body" BLOB NOT NULL,
    CONSTRAINT "pk_kept_submission" PRIMARY KEY ("lead_id", "id")
);

CREATE TABLE "lead" (
    "id" BLOB NOT NULL CONSTRAINT "pk_lead" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "status" INTEGER NOT NULL,
    "owner_id" BLOB NULL,
    "pool_id" BLOB NULL,
    "tray_user_id" BLOB NULL,
    "retry_at" INTEGER NULL,
    "channel_id" BLOB NOT NULL,
    "campaign" TEXT NULL,
    "keyword" TEXT NULL,
    "content" TEXT NULL,
    "utm" TEXT NULL,
    "landing_page" TEXT NULL,
    "referrer" TEXT NULL,
    "referred_by" TEXT NULL,
    "received_at" INTEGER NOT NULL,
    "recorded_at" INTEGER NOT NULL,
    "recorder_id" BLOB NULL,
    "external_id" TEXT NULL,
    "import_id" BLOB NULL,
    "company_name" TEXT NULL,
    "company_key" TEXT NULL,
    "company_tail" TEXT NULL,
    "credit_code" TEXT NULL,
    "industry" TEXT NULL,
    "size" INTEGER NULL,
    "headcount" INTEGER NULL,
    "province" TEXT NULL,
    "city" TEXT NULL,
    "region" TEXT NULL,
    "contact_name" TEXT NULL,
    "title" TEXT NULL,
    "role" INTEGER NULL,
    "requirement" TEXT NULL,
    "products" TEXT NOT NULL,
    "budget_min" INTEGER NULL,
    "budget_max" INTEGER NULL,
    "budget_match" INTEGER NULL,
    "purchase_by" TEXT NULL,
    "tags" TEXT NOT NULL,
    "findings" INTEGER NOT NULL,
    "consent" TEXT NULL,
    "custom" TEXT NULL,
    "label" INTEGER NOT NULL,
    "source_lead_id" BLOB NULL,
    "account_id" BLOB NULL,
    "score" INTEGER NOT NULL,
    "behaviour_score" INTEGER NOT NULL,
    "attribute_score" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "stage" INTEGER NOT NULL,
    "cell" TEXT NULL,
    "mature" INTEGER NOT NULL,
    "promoted" INTEGER NOT NULL,
    "invalid_reason" TEXT NULL,
    "changed_at" INTEGER NOT NULL
);

CREATE TABLE "notice" (
    "id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "subject_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "seen_at" INTEGER NULL,
    CONSTRAINT "pk_notice" PRIMARY KEY ("user_id", "id")
) WITHOUT ROWID;

CREATE TABLE "organisation" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_organisation" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "demo" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL
);

CREATE TABLE "ownership_record" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "owner_id" BLOB NOT NULL,
    "acquired" INTEGER NOT NULL,
    "from_at" INTEGER NOT NULL,
    "ended" INTEGER NULL,
    "to_at" INTEGER NULL,
    CONSTRAINT "pk_ownership_record" PRIMARY KEY ("lead_id", "id")
) WITHOUT ROWID;

CREATE TABLE "policy_version" (
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "note" TEXT NULL,
    "author_id" BLOB NULL,
    "created_at" INTEGER NOT NULL,
    "published_at" INTEGER NULL,
    CONSTRAINT "pk_policy_version" PRIMARY KEY ("kind", "version")
);

CREATE TABLE "pool" (
    "id" BLOB NOT NULL CONSTRAINT "pk_pool" PRIMARY KEY,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "built_in" INTEGER NOT NULL
);

CREATE TABLE "pool_member" (
    "pool_id" BLOB NOT NULL,
    "user_id" BLOB NOT NULL,
    CONSTRAINT "pk_pool_member" PRIMARY KEY ("pool_id", "user_id")
) WITHOUT ROWID;

CREATE TABLE "protection_key" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_protection_key" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "xml" BLOB NOT NULL
);

CREATE TABLE "remembered_mapping" (
    "key" BLOB NOT NULL CONSTRAINT "pk_remembered_mapping" PRIMARY KEY,
    "mapping" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE TABLE "rotation" (
    "rule_id" TEXT NOT NULL CONSTRAINT "pk_rotation" PRIMARY KEY,
    "state" TEXT NOT NULL
);

CREATE TABLE "saved_view" (
    "id" BLOB NOT NULL CONSTRAINT "pk_saved_view" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" INTEGER NOT NULL
);

CREATE TABLE "sensitive_word" (
    "word" TEXT NOT NULL CONSTRAINT "pk_sensitive_word" PRIMARY KEY,
    "allowed" INTEGER NOT NULL
);

CREATE TABLE "touch" (
    "id" BLOB NOT NULL,
    "lead_id" BLOB NOT NULL,
    "kind" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "detail" TEXT NULL,
    CONSTRAINT "pk_touch" PRIMARY KEY ("lead_id", "id")
) WITHOUT ROWID;

CREATE TABLE "user_load" (
    "user_id" BLOB NOT NULL CONSTRAINT "pk_user_load" PRIMARY KEY,
    "day" TEXT NOT NULL,
    "taken" INTEGER NOT NULL,
    "holding" INTEGER NOT NULL
);

CREATE TABLE "asp_net_role_claims" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_asp_net_role_claims" PRIMARY KEY AUTOINCREMENT,
    "role_id" BLOB NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL,
    CONSTRAINT "fk_asp_net_role_claims_asp_net_roles_role_id" FOREIGN KEY ("role_id") REFERENCES "asp_net_roles" ("id") ON DELETE CASCADE
);

CREATE TABLE "asp_net_user_claims" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_asp_net_user_claims" PRIMARY KEY AUTOINCREMENT,
    "user_id" BLOB NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL,
    CONSTRAINT "fk_asp_net_user_claims_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);

CREATE TABLE "asp_net_user_logins" (
    "login_provider" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_display_name" TEXT NULL,
    "user_id" BLOB NOT NULL,
    CONSTRAINT "pk_asp_net_user_logins" PRIMARY KEY ("login_provider", "provider_key"),
    CONSTRAINT "fk_asp_net_user_logins_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);

CREATE TABLE "asp_net_user_passkeys" (
    "credential_id" BLOB NOT NULL CONSTRAINT "pk_asp_net_user_passkeys" PRIMARY KEY,
    "user_id" BLOB NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "fk_asp_net_user_passkeys_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);

CREATE TABLE "asp_net_user_roles" (
    "user_id" BLOB NOT NULL,
    "role_id" BLOB NOT NULL,
    CONSTRAINT "pk_asp_net_user_roles" PRIMARY KEY ("user_id", "role_id"),
    CONSTRAINT "fk_asp_net_user_roles_asp_net_roles_role_id" FOREIGN KEY ("role_id") REFERENCES "asp_net_roles" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_asp_net_user_roles_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);

CREATE TABLE "asp_net_user_tokens" (
    "user_id" BLOB NOT NULL,
    "login_provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NULL,
    CONSTRAINT "pk_asp_net_user_tokens" PRIMARY KEY ("user_id", "login_provider", "name"),
    CONSTRAINT "fk_asp_net_user_tokens_asp_net_users_user_id" FOREIGN KEY ("user_id") REFERENCES "asp_net_users" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_account_name" ON "account" ("name");

CREATE INDEX "ix_account_owner_id" ON "account" ("owner_id");

CREATE INDEX "ix_account_contact_account_id" ON "account_contact" ("account_id");

CREATE INDEX "ix_account_key_account_id" ON "account_key" ("account_id");

CREATE UNIQUE INDEX "ix_api_key_hash" ON "api_key" ("hash");

CREATE INDEX "ix_api_key_user_id" ON "api_key" ("user_id");

CREATE INDEX "ix_asp_net_role_claims_role_id" ON "asp_net_role_claims" ("role_id");

CREATE UNIQUE INDEX "role_name_index" ON "asp_net_roles" ("normalized_name");

CREATE INDEX "ix_asp_net_user_claims_user_id" ON "asp_net_user_claims" ("user_id");

CREATE INDEX "ix_asp_net_user_logins_user_id" ON "asp_net_user_logins" ("user_id");

CREATE INDEX "ix_asp_net_user_passkeys_user_id" ON "asp_net_user_passkeys" ("user_id");

CREATE INDEX "ix_asp_net_user_roles_role_id" ON "asp_net_user_roles" ("role_id");

CREATE INDEX "email_index" ON "asp_net_users" ("normalized_email");

CREATE INDEX "ix_asp_net_users_department_id" ON "asp_net_users" ("department_id");

CREATE UNIQUE INDEX "user_name_index" ON "asp_net_users" ("normalized_user_name");

CREATE UNIQUE INDEX "ix_channel_path" ON "channel" ("path");

CREATE INDEX "ix_contact_point_lead_id" ON "contact_point" ("lead_id");

CREATE INDEX "ix_department_parent_id" ON "department" ("parent_id");

CREATE INDEX "ix_event_subject_id_position" ON "event" ("subject_id", "position");

CREATE UNIQUE INDEX "ix_form_slug" ON "form" ("slug");

CREATE INDEX "ix_idempotency_record_at" ON "idempotency_record" ("at");

CREATE INDEX "ix_import_batch_file_hash" ON "import_batch" ("file_hash");

CREATE INDEX "ix_import_row_import_id_number" ON "import_row" ("import_id", "number");

CREATE UNIQUE INDEX "ix_inbound_hook_token_hash" ON "inbound_hook" ("token_hash");

CREATE INDEX "ix_lead_account" ON "lead" ("account_id") WHERE account_id IS NOT NULL;

CREATE INDEX "ix_lead_channel" ON "lead" ("channel_id", "received_at" DESC, "id" DESC);

CREATE INDEX "ix_lead_company" ON "lead" ("company_key", "received_at") WHERE company_key IS NOT NULL;

CREATE INDEX "ix_lead_company_tail" ON "lead" ("company_tail") WHERE company_tail IS NOT NULL;

CREATE INDEX "ix_lead_contact_name" ON "lead" ("contact_name") WHERE contact_name IS NOT NULL;

CREATE INDEX "ix_lead_credit_code" ON "lead" ("credit_code") WHERE credit_code IS NOT NULL;

CREATE INDEX "ix_lead_external" ON "lead" ("external_id") WHERE external_id IS NOT NULL;

CREATE INDEX "ix_lead_import" ON "lead" ("import_id") WHERE import_id IS NOT NULL;

CREATE INDEX "ix_lead_owner" ON "lead" ("owner_id", "status", "received_at" DESC, "id" DESC) WHERE owner_id IS NOT NULL;

CREATE INDEX "ix_lead_pool" ON "lead" ("pool_id", "received_at" DESC, "id" DESC) WHERE pool_id IS NOT NULL;

CREATE INDEX "ix_lead_received" ON "lead" ("received_at" DESC, "id" DESC);

CREATE INDEX "ix_lead_retry" ON "lead" ("retry_at") WHERE retry_at IS NOT NULL;

CREATE INDEX "ix_lead_source" ON "lead" ("source_lead_id") WHERE source_lead_id IS NOT NULL;

CREATE INDEX "ix_lead_recorder" ON "lead" ("recorder_id") WHERE recorder_id IS NOT NULL;
CREATE INDEX "ix_lead_tray" ON "lead" ("tray_user_id") WHERE tray_user_id IS NOT NULL;

CREATE INDEX "ix_notice_unseen" ON "notice" ("user_id") WHERE seen_at IS NULL;

CREATE INDEX "ix_ownership_record_owner_id_from_at" ON "ownership_record" ("owner_id", "from_at");

CREATE UNIQUE INDEX "ix_pool_key" ON "pool" ("key");

CREATE INDEX "ix_pool_member_user_id" ON "pool_member" ("user_id");

CREATE INDEX "ix_saved_view_page_user_id" ON "saved_view" ("page", "user_id");

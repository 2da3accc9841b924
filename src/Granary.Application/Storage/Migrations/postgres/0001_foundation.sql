CREATE SEQUENCE event_position;

CREATE TABLE account (
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    credit_code character varying(18),
    owner_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id)
);

CREATE TABLE account_contact (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying(100) NOT NULL,
    title character varying(100),
    phone bytea,
    email bytea,
    CONSTRAINT pk_account_contact PRIMARY KEY (id)
);

CREATE TABLE account_key (
    key uuid NOT NULL,
    account_id uuid NOT NULL,
    kind integer NOT NULL,
    account_name text NOT NULL,
    owner_id uuid,
    CONSTRAINT pk_account_key PRIMARY KEY (key, account_id)
);

CREATE TABLE api_key (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name character varying(100) NOT NULL,
    hash bytea NOT NULL,
    prefix character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT pk_api_key PRIMARY KEY (id)
);

CREATE TABLE asp_net_roles (
    id uuid NOT NULL,
    grants text NOT NULL,
    built_in boolean NOT NULL,
    name character varying(256),
    normalized_name character varying(256),
    concurrency_stamp text,
    CONSTRAINT pk_asp_net_roles PRIMARY KEY (id)
);

CREATE TABLE asp_net_users (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    department_id uuid,
    status integer NOT NULL,
    profile text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    user_name character varying(256),
    normalized_user_name character varying(256),
    email character varying(256),
    normalized_email character varying(256),
    email_confirmed boolean NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number character varying(256),
    phone_number_confirmed boolean NOT NULL,
    two_factor_enabled boolean NOT NULL,
    lockout_end timestamp with time zone,
    lockout_enabled boolean NOT NULL,
    access_failed_count integer NOT NULL,
    CONSTRAINT pk_asp_net_users PRIMARY KEY (id)
);

CREATE TABLE assignment_record (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    rule_id text,
    policy_version integer NOT NULL,
    owner_id uuid,
    pool_id uuid,
    actor_id uuid,
    candidates bytea NOT NULL,
    CONSTRAINT pk_assignment_record PRIMARY KEY (lead_id, id)
);

CREATE TABLE blacklist_entry (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    value bytea NOT NULL,
    reason character varying(200) NOT NULL,
    author_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT pk_blacklist_entry PRIMARY KEY (id)
);

CREATE TABLE channel (
    id uuid NOT NULL,
    path character varying(201) NOT NULL,
    confirmed boolean NOT NULL,
    retired boolean NOT NULL,
    CONSTRAINT pk_channel PRIMARY KEY (id)
);

CREATE TABLE company_alias (
    alias character varying(200) NOT NULL,
    company character varying(200) NOT NULL,
    CONSTRAINT pk_company_alias PRIMARY KEY (alias)
);

CREATE TABLE contact_point (
    key uuid NOT NULL,
    seq integer NOT NULL,
    lead_id uuid NOT NULL,
    kind integer NOT NULL,
    ordinal integer NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT pk_contact_point PRIMARY KEY (key, seq)
);

CREATE TABLE data_key (
    id integer NOT NULL,
    wrapped bytea NOT NULL,
    CONSTRAINT pk_data_key PRIMARY KEY (id)
);

CREATE TABLE decision (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    trace text NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (lead_id, id)
);

CREATE TABLE department (
    id uuid NOT NULL,
    parent_id uuid,
    name character varying(100) NOT NULL,
    CONSTRAINT pk_department PRIMARY KEY (id)
);

CREATE TABLE event (
    position bigint NOT NULL DEFAULT (nextval('event_position')),
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    subject_id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    data text NOT NULL,
    tx xid8 NOT NULL DEFAULT (pg_current_xact_id()),
    CONSTRAINT pk_event PRIMARY KEY (position, at)
) PARTITION BY RANGE (at);

-- Months are made ahead of time; whatever falls outside them still has a place.
CREATE TABLE event_other PARTITION OF event DEFAULT;

CREATE FUNCTION event_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part text := 'event_' || to_char(month, 'YYYYMM');
    low timestamptz := month::timestamp AT TIME ZONE 'UTC';
    high timestamptz := (month + interval '1 month')::timestamp AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(part) IS NOT NULL THEN
        RETURN;
    END IF;

    -- What was written before the month was made moves into it.
    LOCK TABLE event IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING DEFAULTS)', part);
    EXECUTE format('WITH early AS (DELETE FROM event_other WHERE at >= %L AND at < %L RETURNING *) INSERT INTO %I SELECT * FROM early', low, high, part);
    EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, low, high);
END $$;

CREATE TABLE form (
    id uuid NOT NULL,
    slug character varying(60) NOT NULL,
    name character varying(100) NOT NULL,
    channel_id uuid NOT NULL,
    open boolean NOT NULL,
    design text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_form PRIMARY KEY (id)
);

CREATE TABLE idempotency_record (
    key uuid NOT NULL,
    request uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    status integer NOT NULL,
    answer bytea,
    CONSTRAINT pk_idempotency_record PRIMARY KEY (key)
);

CREATE TABLE import_batch (
    id uuid NOT NULL,
    file_name character varying(255) NOT NULL,
    file_hash bytea NOT NULL,
    file_size bigint NOT NULL,
    user_id uuid NOT NULL,
    state integer NOT NULL,
    mode integer NOT NULL,
    key_field text,
    mapping text,
    rows_total integer,
    rows_done integer NOT NULL,
    created integer NOT NULL,
    linked integer NOT NULL,
    refreshed integer NOT NULL,
    held integer NOT NULL,
    failed integer NOT NULL,
    repeated integer NOT NULL,
    error text,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    lease_until timestamp with time zone,
    CONSTRAINT pk_import_batch PRIMARY KEY (id)
);

CREATE TABLE import_chunk (
    import_id uuid NOT NULL,
    seq integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT pk_import_chunk PRIMARY KEY (import_id, seq)
);

CREATE TABLE import_failure (
    import_id uuid NOT NULL,
    number integer NOT NULL,
    errors text NOT NULL,
    cells bytea NOT NULL,
    CONSTRAINT pk_import_failure PRIMARY KEY (import_id, number)
);

CREATE TABLE import_row (
    key uuid NOT NULL,
    import_id uuid NOT NULL,
    number integer NOT NULL,
    lead_id uuid NOT NULL,
    outcome integer NOT NULL,
    CONSTRAINT pk_import_row PRIMARY KEY (key)
);

CREATE TABLE inbound_hook (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    token_hash bytea NOT NULL,
    channel_id uuid NOT NULL,
    mapping text NOT NULL,
    open boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_inbound_hook PRIMARY KEY (id)
);

CREATE TABLE kept_submission (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT pk_kept_submission PRIMARY KEY (lead_id, id)
);

CREATE TABLE lead (
    id uuid NOT NULL,
    version integer NOT NULL,
    status integer NOT NULL,
    owner_id uuid,
    pool_id uuid,
    tray_user_id uuid,
    retry_at timestamp with time zone,
    channel_id uuid NOT NULL,
    campaign text,
    keyword text,
    content text,
    utm text,
    landing_page text,
    referrer text,
    referred_by text,
    received_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorder_id uuid,
    external_id text,
    import_id uuid,
    company_name text,
    company_key text COLLATE "C",
    company_tail text,
    credit_code text,
    industry text,
    size integer,
    headcount integer,
    province text,
    city text,
    region text,
    contact_name text COLLATE "C",
    title text,
    role integer,
    requirement text,
    products text NOT NULL,
    budget_min bigint,
    budget_max bigint,
    budget_match integer,
    purchase_by date,
    tags text NOT NULL,
    findings integer NOT NULL,
    consent text,
    custom text,
    label integer NOT NULL,
    source_lead_id uuid,
    account_id uuid,
    score integer NOT NULL,
    behaviour_score integer NOT NULL,
    attribute_score integer NOT NULL,
    priority integer NOT NULL,
    stage integer NOT NULL,
    cell text,
    mature boolean NOT NULL,
    promoted boolean NOT NULL,
    invalid_reason text,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_lead PRIMARY KEY (id)
);

CREATE TABLE notice (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind integer NOT NULL,
    subject_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    CONSTRAINT pk_notice PRIMARY KEY (user_id, id)
);

CREATE TABLE organisation (
    id integer NOT NULL,
    name character varying(200) NOT NULL,
    time_zone character varying(64) NOT NULL,
    currency character varying(3) NOT NULL,
    demo boolean NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT pk_organisation PRIMARY KEY (id)
);

CREATE TABLE ownership_record (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    acquired integer NOT NULL,
    from_at timestamp with time zone NOT NULL,
    ended integer,
    to_at timestamp with time zone,
    CONSTRAINT pk_ownership_record PRIMARY KEY (lead_id, id)
);

CREATE TABLE policy_version (
    kind character varying(40) NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    note character varying(500),
    author_id uuid,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT pk_policy_version PRIMARY KEY (kind, version)
);

CREATE TABLE pool (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    name character varying(60) NOT NULL,
    built_in boolean NOT NULL,
    CONSTRAINT pk_pool PRIMARY KEY (id)
);

CREATE TABLE pool_member (
    pool_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT pk_pool_member PRIMARY KEY (pool_id, user_id)
);

CREATE TABLE protection_key (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    name text NOT NULL,
    xml bytea NOT NULL,
    CONSTRAINT pk_protection_key PRIMARY KEY (id)
);

CREATE TABLE remembered_mapping (
    key uuid NOT NULL,
    mapping text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_remembered_mapping PRIMARY KEY (key)
);

CREATE TABLE rotation (
    rule_id character varying(60) NOT NULL,
    state text NOT NULL,
    CONSTRAINT pk_rotation PRIMARY KEY (rule_id)
);

CREATE TABLE saved_view (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    page character varying(40) NOT NULL,
    name character varying(60) NOT NULL,
    query character varying(2000) NOT NULL,
    shared boolean NOT NULL,
    CONSTRAINT pk_saved_view PRIMARY KEY (id)
);

CREATE TABLE sensitive_word (
    word character varying(60) NOT NULL,
    allowed boolean NOT NULL,
    CONSTRAINT pk_sensitive_word PRIMARY KEY (word)
);

CREATE TABLE touch (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    kind integer NOT NULL,
    at timestamp with time zone NOT NULL,
    count integer NOT NULL,
    detail text,
    CONSTRAINT pk_touch PRIMARY KEY (lead_id, id)
);

CREATE TABLE user_load (
    user_id uuid NOT NULL,
    day date NOT NULL,
    taken integer NOT NULL,
    holding integer NOT NULL,
    CONSTRAINT pk_user_load PRIMARY KEY (user_id)
);

CREATE TABLE asp_net_role_claims (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    role_id uuid NOT NULL,
    claim_type text,
    claim_value text,
    CONSTRAINT pk_asp_net_role_claims PRIMARY KEY (id),
    CONSTRAINT fk_asp_net_role_claims_asp_net_roles_role_id FOREIGN KEY (role_id) REFERENCES asp_net_roles (id) ON DELETE CASCADE
);

CREATE TABLE asp_net_user_claims (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    user_id uuid NOT NULL,
    claim_type text,
    claim_value text,
    CONSTRAINT pk_asp_net_user_claims PRIMARY KEY (id),
    CONSTRAINT fk_asp_net_user_claims_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);

CREATE TABLE asp_net_user_logins (
    login_provider character varying(128) NOT NULL,
    provider_key character varying(128) NOT NULL,
    provider_display_name text,
    user_id uuid NOT NULL,
    CONSTRAINT pk_asp_net_user_logins PRIMARY KEY (login_provider, provider_key),
    CONSTRAINT fk_asp_net_user_logins_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);

CREATE TABLE asp_net_user_passkeys (
    credential_id bytea NOT NULL,
    user_id uuid NOT NULL,
    "Data" jsonb NOT NULL,
    CONSTRAINT pk_asp_net_user_passkeys PRIMARY KEY (credential_id),
    CONSTRAINT fk_asp_net_user_passkeys_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);

CREATE TABLE asp_net_user_roles (
    user_id uuid NOT NULL,
    role_id uuid NOT NULL,
    CONSTRAINT pk_asp_net_user_roles PRIMARY KEY (user_id, role_id),
    CONSTRAINT fk_asp_net_user_roles_asp_net_roles_role_id FOREIGN KEY (role_id) REFERENCES asp_net_roles (id) ON DELETE CASCADE,
    CONSTRAINT fk_asp_net_user_roles_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);

CREATE TABLE asp_net_user_tokens (
    user_id uuid NOT NULL,
    login_provider character varying(128) NOT NULL,
    name character varying(128) NOT NULL,
    value text,
    CONSTRAINT pk_asp_net_user_tokens PRIMARY KEY (user_id, login_provider, name),
    CONSTRAINT fk_asp_net_user_tokens_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);

CREATE INDEX ix_account_name ON account (name);

CREATE INDEX ix_account_owner_id ON account (owner_id);

CREATE INDEX ix_account_contact_account_id ON account_contact (account_id);

CREATE INDEX ix_account_key_account_id ON account_key (account_id);

CREATE UNIQUE INDEX ix_api_key_hash ON api_key (hash);

CREATE INDEX ix_api_key_user_id ON api_key (user_id);

CREATE INDEX ix_asp_net_role_claims_role_id ON asp_net_role_claims (role_id);

CREATE UNIQUE INDEX role_name_index ON asp_net_roles (normalized_name);

CREATE INDEX ix_asp_net_user_claims_user_id ON asp_net_user_claims (user_id);

CREATE INDEX ix_asp_net_user_logins_user_id ON asp_net_user_logins (user_id);

CREATE INDEX ix_asp_net_user_passkeys_user_id ON asp_net_user_passkeys (user_id);

CREATE INDEX ix_asp_net_user_roles_role_id ON asp_net_user_roles (role_id);

CREATE INDEX email_index ON asp_net_users (normalized_email);

CREATE INDEX ix_asp_net_users_department_id ON asp_net_users (department_id);

CREATE UNIQUE INDEX user_name_index ON asp_net_users (normalized_user_name);

CREATE UNIQUE INDEX ix_channel_path ON channel (path);

CREATE INDEX ix_contact_point_lead_id ON contact_point (lead_id);

CREATE INDEX ix_department_parent_id ON department (parent_id);

CREATE INDEX ix_event_subject_id_position ON event (subject_id, position);

CREATE UNIQUE INDEX ix_form_slug ON form (slug);

CREATE INDEX ix_idempotency_record_at ON idempotency_record (at);

CREATE INDEX ix_import_batch_file_hash ON import_batch (file_hash);

CREATE INDEX ix_import_row_import_id_number ON import_row (import_id, number);

CREATE UNIQUE INDEX ix_inbound_hook_token_hash ON inbound_hook (token_hash);

CREATE INDEX ix_lead_account ON lead (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_lead_channel ON lead (channel_id, received_at DESC, id DESC);

CREATE INDEX ix_lead_company ON lead (company_key, received_at) WHERE company_key IS NOT NULL;

CREATE INDEX ix_lead_company_tail ON lead (company_tail) WHERE company_tail IS NOT NULL;

CREATE INDEX ix_lead_contact_name ON lead (contact_name) WHERE contact_name IS NOT NULL;

CREATE INDEX ix_lead_credit_code ON lead (credit_code) WHERE credit_code IS NOT NULL;

CREATE INDEX ix_lead_external ON lead (external_id) WHERE external_id IS NOT NULL;

CREATE INDEX ix_lead_import ON lead (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX ix_lead_owner ON lead (owner_id, status, received_at DESC, id DESC) WHERE owner_id IS NOT NULL;

CREATE INDEX ix_lead_pool ON lead (pool_id, received_at DESC, id DESC) WHERE pool_id IS NOT NULL;

CREATE INDEX ix_lead_received ON lead (received_at DESC, id DESC);

CREATE INDEX ix_lead_retry ON lead (retry_at) WHERE retry_at IS NOT NULL;

CREATE INDEX ix_lead_source ON lead (source_lead_id) WHERE source_lead_id IS NOT NULL;

CREATE INDEX ix_lead_recorder ON lead (recorder_id) WHERE recorder_id IS NOT NULL;
CREATE INDEX ix_lead_tray ON lead (tray_user_id) WHERE tray_user_id IS NOT NULL;

CREATE INDEX ix_notice_unseen ON notice (user_id) WHERE seen_at IS NULL;

CREATE INDEX ix_ownership_record_owner_id_from_at ON ownership_record (owner_id, from_at);

CREATE UNIQUE INDEX ix_pool_key ON pool (key);

CREATE INDEX ix_pool_member_user_id ON pool_member (user_id);

CREATE INDEX ix_saved_view_page_user_id ON saved_view (page, user_id);

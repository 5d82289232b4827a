-- One text for both databases. The type names are PostgreSQL's; SQLite takes them for their affinity.
-- {identity} is an integer primary key that the database counts up; {clustered} keeps a table in the order of its
-- primary key where the database can (SQLite). Times are milliseconds since the Unix epoch, UTC.

CREATE TABLE users (
    user_id       UUID PRIMARY KEY,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE, -- folded, so that no two names differ in case alone
    email         TEXT NOT NULL,
    email_key     TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL, -- Argon2id in PHC form
    is_admin      BOOLEAN NOT NULL,
    is_disabled   BOOLEAN NOT NULL,
    personal_project_id UUID, -- where MLflow experiments land that name no project
    created_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL
);

CREATE TABLE user_groups (
    user_group_id UUID PRIMARY KEY,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE,
    admin_id      UUID NOT NULL REFERENCES users,
    created_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL
);

CREATE TABLE user_group_members (
    user_group_id UUID NOT NULL REFERENCES user_groups ON DELETE CASCADE,
    user_id       UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (user_group_id, user_id)
) {clustered};
CREATE INDEX user_group_members_by_user ON user_group_members (user_id, user_group_id);

CREATE TABLE organizations (
    organization_id UUID PRIMARY KEY,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE,
    contact_id    UUID NOT NULL REFERENCES users,
    created_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL
);

CREATE TABLE organization_members (
    organization_id UUID NOT NULL REFERENCES organizations ON DELETE CASCADE,
    user_id         UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (organization_id, user_id)
) {clustered};
CREATE INDEX organization_members_by_user ON organization_members (user_id, organization_id);

CREATE TABLE organization_groups (
    organization_id UUID NOT NULL REFERENCES organizations ON DELETE CASCADE,
    user_group_id   UUID NOT NULL REFERENCES user_groups ON DELETE CASCADE,
    PRIMARY KEY (organization_id, user_group_id)
) {clustered};
CREATE INDEX organization_groups_by_group ON organization_groups (user_group_id, organization_id);

-- Browser sessions and the token pairs of the mantik client. Only hashes are kept: who reads the table cannot sign in.
CREATE TABLE sessions (
    session_id   UUID PRIMARY KEY, -- the jti of access tokens
    secret_hash  BYTEA NOT NULL UNIQUE, -- SHA-256 of the cookie or the refresh token
    kind         TEXT NOT NULL, -- browser | client
    user_id      UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    idle_millis  BIGINT NOT NULL, -- ends when unused for so long
    expires_at   BIGINT NOT NULL -- ends then in any case
);
CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at);

CREATE TABLE api_tokens (
    token_id     UUID PRIMARY KEY,
    secret_hash  BYTEA NOT NULL UNIQUE,
    user_id      UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    project_id   UUID, -- the only project it is good for
    name         TEXT NOT NULL,
    scopes       TEXT NOT NULL, -- JSON
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id, created_at);

-- One-time links: setting up an empty server, and opening a demonstration signed in.
CREATE TABLE links (
    secret_hash BYTEA PRIMARY KEY,
    purpose     TEXT NOT NULL, -- setup | sign_in
    user_id     UUID REFERENCES users ON DELETE CASCADE,
    expires_at  BIGINT NOT NULL
);

-- Failed sign-ins for a folded name or an address, so that guessing stays slow across restarts.
CREATE TABLE sign_in_failures (
    subject      TEXT PRIMARY KEY,
    n_failures   BIGINT NOT NULL,
    last_at      BIGINT NOT NULL
);

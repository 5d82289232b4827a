-- What a person keeps for herself: connections, their secrets, how she pays, and what was done with all that.

-- Credentials of one person for one outside system; its secrets are in `secrets`.
CREATE TABLE connections (
    connection_id UUID PRIMARY KEY,
    user_id       UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    name          TEXT NOT NULL,
    provider      TEXT NOT NULL,
    auth_method   TEXT NOT NULL,
    login_name    TEXT,
    uri           TEXT,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    UNIQUE (user_id, name)
);

-- How a person pays; informational. The reference is in `secrets`.
CREATE TABLE payment_infos (
    payment_info_id UUID PRIMARY KEY,
    user_id         UUID NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    address         TEXT NOT NULL,
    payment_method  TEXT NOT NULL
);

-- All secrets that must be read again, sealed for their row, field and owner. All in one place, so that a new master key
-- misses none.
CREATE TABLE secrets (
    row_id  UUID NOT NULL, -- a connection or a payment information
    field   TEXT NOT NULL, -- password | token | private_key | payment_details
    user_id UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    sealed  BYTEA NOT NULL,
    hint    TEXT, -- the last four characters, where it is long enough to spare them
    set_at  BIGINT NOT NULL,
    PRIMARY KEY (row_id, field)
) {clustered};
CREATE INDEX secrets_by_user ON secrets (user_id);

-- What was done with secrets and settings. Rows are only ever added, and outlive whom they are about.
CREATE TABLE audit_events (
    audit_event_id UUID PRIMARY KEY,
    user_id        UUID NOT NULL,
    at             BIGINT NOT NULL,
    action         TEXT NOT NULL,
    object_id      UUID,
    object_name    TEXT NOT NULL,
    credential     TEXT NOT NULL, -- browser | client | token <id>
    request_id     TEXT NOT NULL
);
CREATE INDEX audit_events_by_user ON audit_events (user_id, at);

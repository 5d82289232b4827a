-- Deployed models that a server serves on its own machine: how far each has come, and which server sees to it.

ALTER TABLE deployments ADD COLUMN status_reason TEXT; -- why it is in its state, where the server serves it

CREATE TABLE servings (
    deployment_id UUID PRIMARY KEY REFERENCES deployments ON DELETE CASCADE,
    is_wanted     BOOLEAN NOT NULL, -- whether it is to answer
    is_ending     BOOLEAN NOT NULL, -- whether the present attempt is to end, also where it is wanted again
    state         TEXT NOT NULL, -- waiting | submitting | running | ended
    attempt       BIGINT NOT NULL, -- counts its starts
    failures      BIGINT NOT NULL, -- how often it ended by itself lately
    not_before    BIGINT NOT NULL, -- when it is started
    started_at    BIGINT, -- when the attempt began
    ready_at      BIGINT, -- since when the attempt answers
    port          BIGINT, -- where it answers, on the machine itself
    served        TEXT, -- JSON: the model and the mode that the attempt serves
    place         UUID NOT NULL, -- the data folder that holds what belongs to the attempt
    machine       TEXT NOT NULL, -- the name of the server's machine
    lease_owner   UUID NOT NULL, -- the server that sees to it
    lease_until   BIGINT NOT NULL,
    log_sent      BIGINT NOT NULL -- how many bytes of what the attempt printed are kept
);
CREATE INDEX servings_by_place ON servings (place, state);

-- The states that deployments came to.
CREATE TABLE deployment_events (
    event_number  {identity}, -- also their order
    deployment_id UUID NOT NULL REFERENCES deployments ON DELETE CASCADE,
    happened_at   BIGINT NOT NULL,
    status        TEXT NOT NULL,
    user_id       UUID REFERENCES users ON DELETE SET NULL, -- who asked for it; nobody where the server came to it by itself
    reason        TEXT
);
CREATE INDEX deployment_events_by_deployment ON deployment_events (deployment_id, event_number);

-- The last of what the processes of deployments printed, in pieces of whole lines as run_log_pieces has them.
CREATE TABLE deployment_log_pieces (
    deployment_id UUID    NOT NULL REFERENCES deployments ON DELETE CASCADE,
    first_line    BIGINT  NOT NULL,
    n_lines       BIGINT  NOT NULL,
    first_byte    BIGINT  NOT NULL,
    n_bytes       BIGINT  NOT NULL,
    levels        BIGINT  NOT NULL,
    is_compressed BOOLEAN NOT NULL,
    bytes         BYTEA   NOT NULL,
    PRIMARY KEY (deployment_id, first_line)
);

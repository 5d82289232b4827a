-- Runs and what they log. A run is known outside by its UUID and inside by a small number, because each of its
-- millions of points names it.

CREATE TABLE runs (
    run_number          {identity},
    run_id              UUID NOT NULL UNIQUE, -- also the MLflow run id, without hyphens
    project_id          UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    experiment_number   BIGINT NOT NULL REFERENCES experiments ON DELETE CASCADE,
    user_id             UUID NOT NULL REFERENCES users,
    name                TEXT NOT NULL,
    status              TEXT NOT NULL,
    lifecycle_stage     TEXT NOT NULL,
    created_at          BIGINT NOT NULL,
    start_time          BIGINT,
    end_time            BIGINT,
    deleted_at          BIGINT,
    artifact_uri        TEXT NOT NULL,
    code_repository_id  UUID REFERENCES code_repositories ON DELETE SET NULL,
    git_branch          TEXT,
    git_commit          TEXT,
    data_repository_id  UUID REFERENCES data_repositories ON DELETE SET NULL,
    data_branch         TEXT,
    data_commit         TEXT,
    model_repository_id UUID REFERENCES model_repositories ON DELETE SET NULL,
    connection_id       UUID,
    details             TEXT NOT NULL, -- JSON: what is only shown, never searched
    version             BIGINT NOT NULL
);
CREATE INDEX runs_by_number ON runs (project_id, lifecycle_stage, run_number);
CREATE INDEX runs_by_start ON runs (project_id, lifecycle_stage, start_time, run_number);
CREATE INDEX runs_by_status ON runs (project_id, lifecycle_stage, status, start_time);
CREATE INDEX runs_by_experiment ON runs (experiment_number, lifecycle_stage, start_time);
CREATE INDEX runs_by_code ON runs (project_id, lifecycle_stage, code_repository_id, git_commit);
CREATE INDEX runs_by_data ON runs (project_id, lifecycle_stage, data_repository_id, data_commit);

-- How many runs there are, so that no list has to count them.
CREATE TABLE run_counts (
    project_id        UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    experiment_number BIGINT NOT NULL REFERENCES experiments ON DELETE CASCADE,
    lifecycle_stage   TEXT NOT NULL,
    status            TEXT NOT NULL,
    n_runs            BIGINT NOT NULL,
    PRIMARY KEY (project_id, experiment_number, lifecycle_stage, status)
) {clustered};

-- What a run printed, as the client sends it at its end.
CREATE TABLE run_logs (
    run_number BIGINT PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
    text       TEXT NOT NULL
);

CREATE TABLE run_statuses (
    run_number BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    ordinal    BIGINT NOT NULL,
    status     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (run_number, ordinal)
) {clustered};

-- Each name of a metric, parameter or tag once in a project, and how many runs have it.
CREATE TABLE run_keys (
    key_id     {identity},
    project_id UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    family     TEXT NOT NULL, -- metric | parameter | tag
    key        TEXT NOT NULL,
    n_runs     BIGINT NOT NULL,
    UNIQUE (project_id, family, key)
);

CREATE TABLE run_parameters (
    run_number BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    key_id     BIGINT NOT NULL REFERENCES run_keys,
    value      TEXT NOT NULL,
    PRIMARY KEY (run_number, key_id)
) {clustered};

CREATE TABLE run_tags (
    run_number BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    key_id     BIGINT NOT NULL REFERENCES run_keys,
    value      TEXT NOT NULL,
    PRIMARY KEY (run_number, key_id)
) {clustered};

-- The latest value of each metric. NaN is kept as NULL, because SQLite has no NaN; the infinities are themselves.
CREATE TABLE run_metrics (
    run_number  BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    key_id      BIGINT NOT NULL REFERENCES run_keys,
    value       DOUBLE PRECISION,
    step        BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    blocks_until BIGINT, -- the points of blocks before this one are summed up in metric_blocks
    PRIMARY KEY (run_number, key_id)
) {clustered};
CREATE INDEX run_metrics_by_value ON run_metrics (key_id, value, run_number);

-- Every point that was logged. The primary key makes logging the same point twice the same as once, as MLflow has it;
-- value_key is the point's value made comparable (the bits of the double), because NULL is never equal to NULL.
CREATE TABLE metric_points (
    run_number  BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    key_id      BIGINT NOT NULL REFERENCES run_keys,
    step        BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    value_key   BIGINT NOT NULL,
    value       DOUBLE PRECISION,
    PRIMARY KEY (run_number, key_id, step, recorded_at, value_key)
) {clustered};

-- Long histories, summed up for each block of 256 steps, so that a chart of a million points reads a few thousand rows.
-- Filled when a history is first asked for; what is logged late empties it again from there on.
CREATE TABLE metric_blocks (
    run_number BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    key_id     BIGINT NOT NULL REFERENCES run_keys,
    block      BIGINT NOT NULL, -- the steps divided by 256, rounded down
    n_values   BIGINT NOT NULL,
    n_finite   BIGINT NOT NULL,
    low        DOUBLE PRECISION, -- of the finite values, like the rest
    high       DOUBLE PRECISION,
    last_value DOUBLE PRECISION,
    last_step  BIGINT,
    last_at    BIGINT,
    PRIMARY KEY (run_number, key_id, block)
) {clustered};

-- Data sets that runs named as their inputs.
CREATE TABLE run_inputs (
    run_number  BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    name        TEXT NOT NULL,
    digest      TEXT NOT NULL,
    context     TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source      TEXT NOT NULL,
    dataset_schema  TEXT NOT NULL,
    dataset_profile TEXT NOT NULL,
    tags        TEXT NOT NULL, -- JSON
    PRIMARY KEY (run_number, name, digest, context)
) {clustered};

-- What MLflow 3 calls a logged model: a folder of artifacts with parameters and tags of its own.
CREATE TABLE logged_models (
    model_id          UUID PRIMARY KEY, -- MLflow writes it as m- and 32 hexadecimal digits
    experiment_number BIGINT NOT NULL REFERENCES experiments ON DELETE CASCADE,
    run_id            UUID REFERENCES runs (run_id) ON DELETE CASCADE, -- the run that made it
    name              TEXT NOT NULL,
    model_type        TEXT NOT NULL,
    status            TEXT NOT NULL,
    parameters        TEXT NOT NULL, -- JSON
    tags              TEXT NOT NULL, -- JSON
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL
);
CREATE INDEX logged_models_by_run ON logged_models (run_id);
CREATE INDEX logged_models_by_experiment ON logged_models (experiment_number, created_at);

-- Logged models that a run names as its inputs or outputs.
CREATE TABLE run_models (
    run_number BIGINT NOT NULL REFERENCES runs ON DELETE CASCADE,
    role       TEXT NOT NULL, -- input | output
    model_id   UUID NOT NULL,
    step       BIGINT NOT NULL,
    PRIMARY KEY (run_number, role, model_id)
) {clustered};

-- Artifacts: the logical path is only ever a key here; the bytes lie under their hash.
CREATE TABLE artifacts (
    owner_id    UUID NOT NULL, -- a run or a logged model
    path        TEXT NOT NULL,
    experiment_number BIGINT NOT NULL REFERENCES experiments ON DELETE CASCADE,
    sha256      BYTEA NOT NULL,
    size        BIGINT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, path)
) {clustered};
CREATE INDEX artifacts_by_experiment ON artifacts (experiment_number);
CREATE INDEX artifacts_by_blob ON artifacts (sha256);

CREATE TABLE saved_models (
    saved_model_id      UUID PRIMARY KEY,
    project_id          UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    name                TEXT NOT NULL,
    uri                 TEXT,
    location            TEXT,
    connection_id       UUID,
    mlflow_parameters   TEXT, -- JSON
    run_id              UUID REFERENCES runs (run_id) ON DELETE SET NULL,
    model_repository_id UUID REFERENCES model_repositories ON DELETE SET NULL,
    status              TEXT NOT NULL,
    created_at          BIGINT NOT NULL,
    updated_at          BIGINT NOT NULL,
    version             BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
CREATE INDEX saved_models_by_run ON saved_models (run_id);

CREATE TABLE deployments (
    deployment_id  UUID PRIMARY KEY,
    project_id     UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    saved_model_id UUID NOT NULL REFERENCES saved_models ON DELETE CASCADE,
    name           TEXT NOT NULL,
    connection_id  UUID,
    mode           TEXT, -- JSON
    resources      TEXT, -- JSON
    cron           TEXT,
    time_zone      TEXT NOT NULL,
    is_paused      BOOLEAN NOT NULL,
    endpoint_uri   TEXT,
    status         TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    version        BIGINT NOT NULL
);
CREATE INDEX deployments_by_project ON deployments (project_id, updated_at);

-- Answers to requests that carried an Idempotency-Key, kept in the transaction of their effect.
CREATE TABLE idempotency_keys (
    user_id     UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    key         TEXT NOT NULL,
    operation   TEXT NOT NULL, -- what it does, such as create_project
    body_hash   BYTEA NOT NULL,
    body        TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (user_id, key, operation)
);

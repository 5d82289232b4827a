-- A project and what it owns, apart from its runs.

CREATE TABLE projects (
    project_id           UUID PRIMARY KEY,
    name                 TEXT NOT NULL,
    executive_summary    TEXT NOT NULL,
    detailed_description TEXT NOT NULL,
    search_text          TEXT NOT NULL, -- name, summary and description, folded
    owner_id             UUID NOT NULL REFERENCES users,
    is_public            BOOLEAN NOT NULL,
    created_at           BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    version              BIGINT NOT NULL
);
CREATE INDEX projects_by_owner ON projects (owner_id, updated_at);

CREATE TABLE project_members (
    project_id UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_id    UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    role       TEXT NOT NULL,
    PRIMARY KEY (project_id, user_id)
) {clustered};
CREATE INDEX project_members_by_user ON project_members (user_id, project_id);

CREATE TABLE project_groups (
    project_id    UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_group_id UUID NOT NULL REFERENCES user_groups ON DELETE CASCADE,
    role          TEXT NOT NULL,
    PRIMARY KEY (project_id, user_group_id)
) {clustered};
CREATE INDEX project_groups_by_group ON project_groups (user_group_id, project_id);

CREATE TABLE project_organizations (
    project_id      UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    organization_id UUID NOT NULL REFERENCES organizations ON DELETE CASCADE,
    role            TEXT NOT NULL,
    PRIMARY KEY (project_id, organization_id)
) {clustered};
CREATE INDEX project_organizations_by_organization ON project_organizations (organization_id, project_id);

CREATE TABLE labels (
    label_id UUID PRIMARY KEY,
    scope    TEXT NOT NULL,
    name     TEXT NOT NULL,
    value    TEXT,
    UNIQUE (scope, name, value)
);

-- Labels of anything: a project, a repository, an experiment.
CREATE TABLE object_labels (
    object_id  UUID NOT NULL,
    label_id   UUID NOT NULL REFERENCES labels ON DELETE CASCADE,
    project_id UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    PRIMARY KEY (object_id, label_id)
) {clustered};
CREATE INDEX object_labels_by_project ON object_labels (project_id);
CREATE INDEX object_labels_by_label ON object_labels (label_id);

CREATE TABLE code_repositories (
    code_repository_id UUID PRIMARY KEY,
    project_id    UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    name          TEXT NOT NULL,
    uri           TEXT NOT NULL,
    platform      TEXT NOT NULL,
    connection_id UUID,
    description   TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    UNIQUE (project_id, name)
);

CREATE TABLE data_repositories (
    data_repository_id UUID PRIMARY KEY,
    project_id        UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    name              TEXT NOT NULL,
    uri               TEXT NOT NULL,
    platform          TEXT NOT NULL,
    connection_id     UUID,
    is_dvc_enabled    BOOLEAN NOT NULL,
    dvc_connection_id UUID,
    versions          TEXT, -- JSON: version name to commit or branch
    description       TEXT NOT NULL,
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    version           BIGINT NOT NULL,
    UNIQUE (project_id, name)
);

CREATE TABLE model_repositories (
    model_repository_id UUID PRIMARY KEY,
    project_id         UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    name               TEXT NOT NULL,
    uri                TEXT,
    description        TEXT NOT NULL,
    code_repository_id UUID REFERENCES code_repositories ON DELETE SET NULL,
    git_commit         TEXT,
    git_branch         TEXT,
    created_at         BIGINT NOT NULL,
    updated_at         BIGINT NOT NULL,
    version            BIGINT NOT NULL,
    UNIQUE (project_id, name)
);

-- An experiment is one MLflow experiment. MLflow asks for names that are unique on the whole server; ours are unique in
-- their project, because an MLflow client always speaks for one project at a time.
CREATE TABLE experiments (
    experiment_number        {identity}, -- MLflow's experiment id
    experiment_repository_id UUID NOT NULL UNIQUE,
    project_id       UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    name             TEXT NOT NULL,
    is_default       BOOLEAN NOT NULL, -- what MLflow calls experiment 0
    artifact_location TEXT NOT NULL,
    lifecycle_stage  TEXT NOT NULL,
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL,
    version          BIGINT NOT NULL,
    UNIQUE (project_id, name)
);

CREATE TABLE experiment_tags (
    experiment_number BIGINT NOT NULL REFERENCES experiments ON DELETE CASCADE,
    key               TEXT NOT NULL,
    value             TEXT NOT NULL,
    PRIMARY KEY (experiment_number, key)
) {clustered};
CREATE UNIQUE INDEX experiments_default ON experiments (project_id) WHERE is_default;
CREATE INDEX experiments_by_update ON experiments (project_id, updated_at);

-- What the form that starts runs holds, kept by name: for one person, or for everybody in the project.

CREATE TABLE run_templates (
    template_id UUID PRIMARY KEY,
    project_id  UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    owner_id    UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL, -- the name, folded
    is_shared   BOOLEAN NOT NULL,
    draft       TEXT NOT NULL, -- JSON, without secrets
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL
);
CREATE UNIQUE INDEX run_templates_private ON run_templates (project_id, owner_id, name_key) WHERE NOT is_shared;
CREATE UNIQUE INDEX run_templates_shared ON run_templates (project_id, name_key) WHERE is_shared;
CREATE INDEX run_templates_by_owner ON run_templates (owner_id);

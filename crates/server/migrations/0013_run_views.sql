-- How people set up the table of runs, kept by name: for one person, or for everybody in the project.

CREATE TABLE run_views (
    view_id    UUID PRIMARY KEY,
    project_id UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    owner_id   UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL, -- the name, folded
    is_shared  BOOLEAN NOT NULL,
    is_default BOOLEAN NOT NULL, -- it opens first for everybody
    setup      TEXT NOT NULL, -- JSON
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE UNIQUE INDEX run_views_private ON run_views (project_id, owner_id, name_key) WHERE NOT is_shared;
CREATE UNIQUE INDEX run_views_shared ON run_views (project_id, name_key) WHERE is_shared;
CREATE UNIQUE INDEX run_views_default ON run_views (project_id) WHERE is_default;
CREATE INDEX run_views_by_owner ON run_views (owner_id);

-- The view that opens first for one person.
CREATE TABLE run_view_choices (
    project_id UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_id    UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    view_id    UUID NOT NULL REFERENCES run_views ON DELETE CASCADE,
    PRIMARY KEY (project_id, user_id)
) {clustered};
CREATE INDEX run_view_choices_by_view ON run_view_choices (view_id);
CREATE INDEX run_view_choices_by_user ON run_view_choices (user_id);

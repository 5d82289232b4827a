-- Files of runs that somebody may download for a while. A selection can name ten thousand runs, which no address holds.

CREATE TABLE run_exports (
    export_id  UUID PRIMARY KEY,
    project_id UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_id    UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    request    TEXT NOT NULL, -- JSON
    ends_at    BIGINT NOT NULL
);
CREATE INDEX run_exports_by_user ON run_exports (user_id);
CREATE INDEX run_exports_by_end ON run_exports (ends_at);

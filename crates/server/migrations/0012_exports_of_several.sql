-- A file can hold runs of several projects. What was asked for is kept for ten minutes only, so nothing is taken over.

DROP TABLE run_exports;
CREATE TABLE run_exports (
    export_id  UUID PRIMARY KEY,
    project_id UUID REFERENCES projects ON DELETE CASCADE, -- missing where all that the person may see were asked for
    user_id    UUID NOT NULL REFERENCES users ON DELETE CASCADE,
    request    TEXT NOT NULL, -- JSON
    ends_at    BIGINT NOT NULL
);
CREATE INDEX run_exports_by_user ON run_exports (user_id);
CREATE INDEX run_exports_by_end ON run_exports (ends_at);

-- What happens by itself: a run that is started, or a deployed model that is asked.

CREATE TABLE schedules (
    schedule_id   UUID PRIMARY KEY,
    project_id    UUID NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_id       UUID NOT NULL REFERENCES users ON DELETE CASCADE, -- in whose name it acts
    deployment_id UUID UNIQUE REFERENCES deployments ON DELETE CASCADE, -- whose request it is, where it is no run's
    name          TEXT NOT NULL,
    request       TEXT NOT NULL, -- JSON
    cron          TEXT NOT NULL,
    time_zone     TEXT NOT NULL,
    is_paused     BOOLEAN NOT NULL,
    problem       TEXT, -- why the server has paused it
    missed_times  TEXT NOT NULL,
    next_due_at   BIGINT, -- none while it is paused
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL
);
CREATE INDEX schedules_by_time ON schedules (next_due_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX schedules_by_project ON schedules (project_id, created_at);
CREATE INDEX schedules_by_user ON schedules (user_id);

-- Each time that was come to. That a time is there once is what keeps two servers from doing the same.
CREATE TABLE schedule_fires (
    schedule_id UUID NOT NULL REFERENCES schedules ON DELETE CASCADE,
    due_at      BIGINT NOT NULL,
    fired_at    BIGINT NOT NULL,
    outcome     TEXT NOT NULL,
    is_manual   BOOLEAN NOT NULL,
    run_id      UUID,
    message     TEXT,
    PRIMARY KEY (schedule_id, due_at)
) {clustered};

ALTER TABLE deployments ADD COLUMN scheduled_request TEXT; -- JSON: what it is asked by itself

-- What deployments were asked, and what came of it; of each the newest.

CREATE TABLE predictions (
    prediction_id UUID PRIMARY KEY,
    deployment_id UUID NOT NULL REFERENCES deployments ON DELETE CASCADE,
    user_id       UUID REFERENCES users ON DELETE SET NULL, -- who asked, or in whose name the schedule did
    is_scheduled  BOOLEAN NOT NULL,
    asked_at      BIGINT NOT NULL,
    duration      BIGINT NOT NULL, -- milliseconds
    outcome       TEXT NOT NULL,
    request       TEXT NOT NULL, -- JSON, or its beginning where it is shorter than its size says
    request_size  BIGINT NOT NULL,
    answer        TEXT NOT NULL, -- JSON or its beginning, or why there is none
    answer_size   BIGINT NOT NULL
);
CREATE INDEX predictions_by_time ON predictions (deployment_id, asked_at, prediction_id);
CREATE INDEX predictions_by_user ON predictions (user_id);

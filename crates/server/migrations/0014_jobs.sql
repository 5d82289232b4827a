-- Runs that this server executes, or has executed: how far each has come, and which server sees to it.

CREATE TABLE jobs (
    job_number   {identity}, -- also the order of the queue
    run_number   BIGINT NOT NULL UNIQUE REFERENCES runs ON DELETE CASCADE,
    executor     TEXT NOT NULL, -- local
    state        TEXT NOT NULL, -- queued | submitting | running | ended
    attempt      BIGINT NOT NULL, -- counts the times that it was taken from the queue
    failures     BIGINT NOT NULL, -- how many of these failed for a reason that may pass
    not_before   BIGINT NOT NULL,
    place        UUID, -- the data folder that holds what belongs to the attempt
    lease_owner  UUID, -- the server that sees to it
    lease_until  BIGINT NOT NULL,
    reference    TEXT, -- what the executor calls it
    token_id     UUID REFERENCES api_tokens ON DELETE SET NULL, -- with which it logs
    told_status  TEXT, -- what the program itself said of its end
    log_sent     BIGINT NOT NULL, -- how many bytes of what the attempt printed are kept in the run's log
    cancel_requested_at BIGINT,
    message      TEXT, -- why it waits, or how it ended
    created_at   BIGINT NOT NULL,
    started_at   BIGINT,
    ended_at     BIGINT
);
CREATE INDEX jobs_by_state ON jobs (state, executor, job_number);
CREATE INDEX jobs_by_token ON jobs (token_id);

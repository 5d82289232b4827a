-- Runs that another machine executes: where they wait there, and since when it cannot be asked about them.

ALTER TABLE jobs ADD COLUMN queue TEXT; -- as the machine calls it
ALTER TABLE jobs ADD COLUMN queued_since BIGINT;
ALTER TABLE jobs ADD COLUMN unanswered_since BIGINT;

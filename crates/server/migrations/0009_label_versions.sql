-- Counts the changes of a label, so that nobody changes one that she has not seen.
ALTER TABLE labels ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

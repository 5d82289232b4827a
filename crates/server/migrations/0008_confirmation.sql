-- When a person last proved with her password that it is she who uses a session.
ALTER TABLE sessions ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;

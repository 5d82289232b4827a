-- The container image of a saved model, as it was uploaded.
CREATE TABLE model_images (
    saved_model_id UUID PRIMARY KEY REFERENCES saved_models ON DELETE CASCADE,
    sha256         BYTEA NOT NULL,
    size           BIGINT NOT NULL,
    uploaded_at    BIGINT NOT NULL
);
CREATE INDEX model_images_by_blob ON model_images (sha256);

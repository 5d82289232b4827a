-- Where the container image of a saved model can be pulled.
ALTER TABLE saved_models ADD COLUMN image_reference TEXT;

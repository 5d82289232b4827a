-- How labels look, who deployed a model, and how runs are found by what they used.

ALTER TABLE labels ADD COLUMN color TEXT; -- #rrggbb
ALTER TABLE deployments ADD COLUMN user_id UUID; -- who made it; unknown for those made before

-- They hold all that a summary of uses asks for, and give the newest runs first.
CREATE INDEX runs_using_code ON runs (code_repository_id, lifecycle_stage, run_number, status, start_time)
    WHERE code_repository_id IS NOT NULL;
CREATE INDEX runs_using_data ON runs (data_repository_id, lifecycle_stage, run_number, status, start_time)
    WHERE data_repository_id IS NOT NULL;
CREATE INDEX runs_using_model ON runs (model_repository_id, lifecycle_stage, run_number, status, start_time)
    WHERE model_repository_id IS NOT NULL;
CREATE INDEX runs_of_experiment ON runs (experiment_number, lifecycle_stage, run_number, status, start_time);

CREATE INDEX model_repositories_by_code ON model_repositories (code_repository_id);
CREATE INDEX saved_models_by_definition ON saved_models (model_repository_id);
CREATE INDEX deployments_by_model ON deployments (saved_model_id);

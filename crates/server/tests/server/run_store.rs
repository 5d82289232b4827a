//! Runs, and how they change, in the store.

use crate::fixture::{Fixture, pair};
use models::{
    experiment::LifecycleStage,
    page::PageQuery,
    run::{AddRun, NoteBookSource, RunInfrastructure, RunPatch, RunStatus},
};
use server::store::StoreError;

#[tokio::test]
async fn a_run_is_read_with_what_it_refers_to() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let code = serde_json::from_value(serde_json::json!({
            "codeRepositoryName": "code", "uri": "https://github.com/a/b", "labels": [{"scope": "s", "name": "n"}],
        }));
        let code = fixture.store.create_code_repository(fixture.project, code.unwrap()).await.unwrap();
        let data = serde_json::from_value(serde_json::json!({"dataRepositoryName": "d", "uri": "s3://bucket/wine"}));
        let data = fixture.store.create_data_repository(fixture.project, data.unwrap()).await.unwrap();
        let model = serde_json::from_value(serde_json::json!({"name": "m", "git": code.code_repository_id}));
        let model = fixture.store.create_model_repository(fixture.project, model.unwrap()).await.unwrap();
        let add: AddRun = serde_json::from_value(serde_json::json!({
            "name": "first",
            "experimentRepositoryId": fixture.experiment.repository.experiment_repository_id,
            "codeRepositoryId": code.code_repository_id,
            "dataRepositoryId": data.data_repository_id,
            "modelRepositoryId": model.model_repository_id,
            "commit": "abc", "dataBranch": "main", "entryPoint": "train", "mlflowParameters": {"alpha": 0.1},
        }))
        .unwrap();
        let added = fixture.store.add_run(fixture.project, fixture.user, RunStatus::Scheduled, add, None).await.unwrap();
        let saved = serde_json::from_value(serde_json::json!({"name": "best", "runId": added.run_id})).unwrap();
        let saved = fixture.store.create_saved_model(fixture.project, saved).await.unwrap();
        let run = fixture.store.run(fixture.project, added.run_id).await.unwrap();
        assert_eq!(run.code_repository.as_ref().unwrap().labels[0].name, "n");
        assert_eq!(run.code_repository, Some(code.clone()));
        assert_eq!(run.data_repository, Some(data));
        assert_eq!(run.model_repository, Some(model));
        assert_eq!(run.saved_models, [saved]);
        assert_eq!((run.status, run.start_time, run.entry_point.as_deref()), (RunStatus::Scheduled, None, Some("train")));
        assert_eq!(run.user.name, "ann");
        let page = fixture.store.runs(fixture.project, PageQuery::default()).await.unwrap();
        assert_eq!((page.total_records, &page.items), (1, &vec![run]));
    })
    .await;
}

#[tokio::test]
async fn what_a_run_uses_belongs_to_its_project() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let other = crate::fixture::add_project(&fixture.store, fixture.user).await;
        let code = serde_json::from_value(
            serde_json::json!({"codeRepositoryName": "c", "uri": "https://a.example/c"}),
        );
        let code = fixture.store.create_code_repository(other, code.unwrap()).await.unwrap();
        let add = serde_json::from_value(serde_json::json!({
            "name": "first",
            "experimentRepositoryId": fixture.experiment.repository.experiment_repository_id,
            "codeRepositoryId": code.code_repository_id,
        }));
        let result = fixture
            .store
            .add_run(fixture.project, fixture.user, RunStatus::Running, add.unwrap(), None)
            .await;
        assert!(matches!(result, Err(StoreError::Invalid { field: "codeRepositoryId", .. })), "{result:?}");
        let run = fixture.run("run").await;
        assert!(matches!(fixture.store.run(other, run.id).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_mlflow_run_is_linked_not_made_again() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("started by mlflow").await;
        let add: AddRun = serde_json::from_value(serde_json::json!({
            "name": "named by mantik",
            "experimentRepositoryId": fixture.experiment.repository.experiment_repository_id,
            "mlflowRunId": run.id.mlflow(), "branch": "main", "codeRepositoryId": "None", "backendConfig": {},
        }))
        .unwrap();
        let linked = fixture
            .store
            .add_run(fixture.project, fixture.user, RunStatus::Running, add, None)
            .await
            .unwrap();
        assert_eq!(linked.run_id, run.id);
        let linked = fixture.store.run_by_id(run.id).await.unwrap();
        assert_eq!((linked.branch.as_deref(), linked.name.as_str()), (Some("main"), "named by mantik"));
        let data = fixture.store.run_data(fixture.project, run.id).await.unwrap();
        assert_eq!(data.tags, [pair("mlflow.runName", "named by mantik")]);
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().total(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_status_is_noted_and_counted() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let patch = RunPatch { status: Some(RunStatus::Finished), ..RunPatch::default() };
        let ended = fixture
            .store
            .change_run(fixture.project, run.id, patch.clone(), Some(run.version))
            .await
            .unwrap();
        assert!(ended.end_time.is_some() && ended.version > run.version);
        let stale = fixture.store.change_run(fixture.project, run.id, patch.clone(), Some(run.version)).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
        let again = fixture.store.change_run(fixture.project, run.id, patch, None).await.unwrap();
        assert_eq!(again.version, ended.version, "the same status changes nothing");
        let counts = fixture.store.run_counts(fixture.project).await.unwrap();
        assert_eq!((counts.running, counts.finished), (0, 1));
        let statuses = fixture.store.run_data(fixture.project, run.id).await.unwrap().statuses;
        assert_eq!(
            statuses.iter().map(|s| s.status).collect::<Vec<_>>(),
            [RunStatus::Running, RunStatus::Finished]
        );
        let bin = RunPatch { lifecycle_stage: Some(LifecycleStage::Deleted), ..RunPatch::default() };
        fixture.store.change_run(fixture.project, run.id, bin, None).await.unwrap();
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().total(), 0);
    })
    .await;
}

#[tokio::test]
async fn runs_go_to_the_bin_and_back_with_their_experiment() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let (kept, deleted) = (fixture.run("kept").await, fixture.run("deleted before").await);
        let stage = |stage| RunPatch { lifecycle_stage: Some(stage), ..RunPatch::default() };
        let bin = stage(LifecycleStage::Deleted);
        fixture.store.change_run(fixture.project, deleted.id, bin, None).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(3)).await;
        for stage in [LifecycleStage::Deleted, LifecycleStage::Active] {
            let id = fixture.experiment.repository.experiment_repository_id;
            let patch =
                models::experiment::ExperimentRepositoryPatch { lifecycle_stage: Some(stage), name: None };
            fixture.store.change_experiment(fixture.project, id, patch, None).await.unwrap();
            assert_eq!(
                fixture.store.run_record(fixture.project, kept.id).await.unwrap().lifecycle_stage,
                stage
            );
        }
        let deleted = fixture.store.run_by_id(deleted.id).await.unwrap();
        assert_eq!(deleted.lifecycle_stage, LifecycleStage::Deleted, "it was in the bin before");
        assert_eq!(fixture.store.run_counts(fixture.project).await.unwrap().total(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_machine_the_notebook_and_the_log_of_a_run_are_kept() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let machine = RunInfrastructure { os: "Linux".to_owned(), ..RunInfrastructure::default() };
        let notebook =
            NoteBookSource { location: "a.ipynb".to_owned(), version: None, provider: "Jupyter".to_owned() };
        fixture.store.set_run_infrastructure(fixture.project, run.id, machine.clone()).await.unwrap();
        fixture.store.set_run_notebook(fixture.project, run.id, notebook.clone()).await.unwrap();
        let read = fixture.store.run(fixture.project, run.id).await.unwrap();
        assert_eq!((read.infrastructure, read.notebook_source), (Some(machine), Some(notebook)));
        assert_eq!(fixture.store.run_log(fixture.project, run.id).await.unwrap(), "");
        for text in ["first", "second\0"] {
            fixture.store.set_run_log(fixture.project, run.id, text.to_owned()).await.unwrap();
        }
        assert_eq!(fixture.store.run_log(fixture.project, run.id).await.unwrap(), "second");
    })
    .await;
}

//! Artifacts, models and deployments in the store.

use crate::fixture::{Fixture, pair};
use models::{
    data::DataRepository,
    deployment::DeploymentInformation,
    id::RunId,
    model::{ModelRepository, SavedModel},
    page::PageQuery,
    repository::RepositorySearch,
};
use server::store::{
    ArtifactOwner, ArtifactPlace, ArtifactRecord, LoggedModel, LoggedModelChange, Owned, StoreError,
};
use uuid::Uuid;

#[tokio::test]
async fn artifacts_are_listed_by_folder_and_those_of_models_by_their_name() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let model = model(&fixture, run.id);
        fixture.store.create_logged_model(model.clone()).await.unwrap();
        let run_owner = ArtifactOwner::Run(run.id);
        let model_owner = ArtifactOwner::Model(model.id, Some(run.id));
        let put = async |owner, path: &str| {
            let place =
                ArtifactPlace { project: fixture.project, experiment: fixture.experiment.number, owner };
            let artifact = ArtifactRecord { path: path.to_owned(), sha256: vec![7; 32], size: 5 };
            fixture.store.put_artifact(place, artifact).await
        };
        put(run_owner, "plots/a.png").await.unwrap();
        put(run_owner, "plots/a.png").await.unwrap();
        put(run_owner, "plots_b.txt").await.unwrap();
        put(model_owner, "MLmodel").await.unwrap();
        assert!(matches!(put(run_owner, "plots").await, Err(StoreError::Conflict(_))));
        assert!(matches!(put(run_owner, "plots/a.png/b").await, Err(StoreError::Conflict(_))));
        let paths =
            |artifacts: Vec<ArtifactRecord>| artifacts.into_iter().map(|a| a.path).collect::<Vec<_>>();
        let all = fixture.store.run_artifacts(fixture.project, run.id, "").await.unwrap();
        assert_eq!(paths(all), ["classifier/MLmodel", "plots/a.png", "plots_b.txt"]);
        let plots = fixture.store.run_artifacts(fixture.project, run.id, "plots").await.unwrap();
        assert_eq!(paths(plots), ["plots/a.png"]);
        assert_eq!(paths(fixture.store.artifacts_within(model_owner, "").await.unwrap()), ["MLmodel"]);
        assert!(fixture.store.run_artifact(fixture.project, run.id, "classifier/MLmodel").await.is_ok());
        assert!(fixture.store.artifact(run_owner, "plots/a.png").await.is_ok());
        assert!(
            fixture.store.names_blob(&[7; 32]).await.unwrap()
                && !fixture.store.names_blob(&[8; 32]).await.unwrap()
        );
        let place = ArtifactPlace {
            project: fixture.project,
            experiment: fixture.experiment.number,
            owner: run_owner,
        };
        fixture.store.delete_artifacts(place, "plots".to_owned()).await.unwrap();
        let gone = fixture.store.delete_artifacts(place, "plots".to_owned()).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_logged_model_is_finished_tagged_and_deleted() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await;
        let model = model(&fixture, run.id);
        fixture.store.create_logged_model(model.clone()).await.unwrap();
        let status = LoggedModelChange::Status("LOGGED_MODEL_READY".to_owned());
        fixture.store.change_logged_model(model.id, status).await.unwrap();
        let parameters = LoggedModelChange::Parameters(vec![pair("depth", "3")]);
        fixture.store.change_logged_model(model.id, parameters).await.unwrap();
        let tags = LoggedModelChange::Tags(vec![pair("b", "1"), pair("a", "1"), pair("b", "2")]);
        fixture.store.change_logged_model(model.id, tags).await.unwrap();
        let without = LoggedModelChange::WithoutTag("a".to_owned());
        fixture.store.change_logged_model(model.id, without).await.unwrap();
        let (project, read) = fixture.store.logged_model(model.id).await.unwrap();
        assert_eq!((project, read.status.as_str()), (fixture.project, "LOGGED_MODEL_READY"));
        assert_eq!((&read.tags, &read.parameters), (&vec![pair("b", "2")], &vec![pair("depth", "3")]));
        assert_eq!(
            fixture.store.logged_models(vec![fixture.experiment.number], 0, 10).await.unwrap(),
            [read]
        );
        fixture.store.delete_logged_model(model.id).await.unwrap();
        assert!(matches!(fixture.store.logged_model(model.id).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn deployments_and_saved_models_are_listed_and_read() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let new = serde_json::json!({"name": "best", "uri": "s3://bucket/m", "location": "S3"});
        let saved = fixture
            .store
            .create_saved_model(fixture.project, serde_json::from_value(new).unwrap())
            .await
            .unwrap();
        let new = serde_json::json!({"modelId": saved.model_id, "endpointUri": "https://m.example/invoke"});
        let made = fixture
            .store
            .create_deployment(fixture.project, serde_json::from_value(new).unwrap())
            .await
            .unwrap();
        assert_eq!((made.name.as_str(), made.status.as_str()), ("best", "RUNNING"));
        assert_eq!(made.model, Some(saved.clone()));
        let read: SavedModel = fixture.store.owned(fixture.project, saved.model_id).await.unwrap();
        assert_eq!(read, saved);
        assert_eq!(n_owned::<SavedModel>(&fixture).await, 1);
        assert_eq!(n_owned::<DeploymentInformation>(&fixture).await, 1);
        assert_eq!(n_owned::<DataRepository>(&fixture).await, 0);
        assert_eq!(n_owned::<ModelRepository>(&fixture).await, 0);
        let read: DeploymentInformation =
            fixture.store.owned(fixture.project, made.deployment_id).await.unwrap();
        assert_eq!(read, made);
    })
    .await;
}

fn model(fixture: &Fixture, run: RunId) -> LoggedModel {
    LoggedModel {
        id: Uuid::now_v7(),
        experiment_number: fixture.experiment.number,
        run: Some(run),
        name: "classifier".to_owned(),
        model_type: String::new(),
        status: "LOGGED_MODEL_PENDING".to_owned(),
        parameters: Vec::new(),
        tags: Vec::new(),
        created_at: server::clock::now(),
        updated_at: server::clock::now(),
    }
}

async fn n_owned<T: Owned>(fixture: &Fixture) -> u64 {
    let all = RepositorySearch::default();
    fixture.store.list_owned::<T>(fixture.project, &all, PageQuery::default()).await.unwrap().total_records
}

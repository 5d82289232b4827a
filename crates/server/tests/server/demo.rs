//! The demonstration, on both databases.

use crate::support::{TestApp, on_each_app};
use models::deployment::{DeploymentInformation, DeploymentStatus, PredictionOutcome};
use models::id::{ProjectId, UserId};
use models::page::PageQuery;
use models::project::ProjectSearch;
use models::repository::RepositorySearch;
use models::schedule::FireOutcome;
use server::clock;
use server::demo::seed;

#[tokio::test]
async fn an_empty_server_is_filled_with_two_projects_and_stays_so() {
    on_each_app(|app: TestApp| async move {
        let first = seed(app.state()).await.unwrap();
        let again = seed(app.state()).await.unwrap();
        assert_eq!(first.user_id, again.user_id);
        let projects = app
            .store()
            .projects(first.user_id, None, ProjectSearch::default(), PageQuery::default())
            .await
            .unwrap();
        let mut runs: Vec<u64> = projects.items.iter().map(|project| project.run_counts.total()).collect();
        runs.sort_unstable();
        assert_eq!(runs, [0, 200, 200], "the personal project, and the two of the demonstration");
        assert!(projects.items.iter().any(|project| project.run_counts.running > 0));
        let weather = projects.items.iter().find(|project| project.name.starts_with("Weather")).unwrap();
        look_at(&app, weather.project_id, first.user_id).await;
    })
    .await;
}

/// What launches and answers in a project of the demonstration.
async fn look_at(app: &TestApp, project: ProjectId, user: UserId) {
    let (store, page) = (app.store(), PageQuery::default());
    let templates = store.run_templates(project, user).await.unwrap().templates;
    assert_eq!(templates.iter().filter(|template| template.is_shared).count(), 2);
    assert_eq!(templates.iter().filter(|template| template.is_of(user)).count(), 2);
    let schedules = store.schedules(project, page, clock::now()).await.unwrap().items;
    assert_eq!(schedules.iter().filter(|schedule| schedule.paused).count(), 1);
    let weekly = schedules.iter().find(|schedule| schedule.name == "Clustering of the week").unwrap();
    let fires = store.schedule_fires(project, weekly.schedule_id, page).await.unwrap().items;
    assert!(fires.iter().filter(|fire| fire.run.is_some()).count() >= 7, "{fires:?}");
    assert!(fires.iter().any(|fire| fire.outcome == FireOutcome::Skipped));
    let deployments = store
        .list_owned::<DeploymentInformation>(project, &RepositorySearch::default(), page)
        .await
        .unwrap()
        .items;
    let stopped = deployments.iter().find(|deployment| deployment.is_local()).unwrap();
    assert_eq!(stopped.status, DeploymentStatus::Stopped);
    let asked = deployments.iter().find(|deployment| deployment.cron_string.is_some()).unwrap();
    let predictions = store.predictions(project, asked.deployment_id, page).await.unwrap().items;
    assert!(predictions.iter().any(|asked| asked.outcome == PredictionOutcome::Failed));
    assert!(predictions.iter().any(|asked| asked.is_scheduled));
}

#[tokio::test]
async fn a_server_with_users_of_its_own_is_not_touched() {
    on_each_app(|app: TestApp| async move {
        app.person("dora").await;
        assert!(seed(app.state()).await.is_err());
    })
    .await;
}

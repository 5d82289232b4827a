//! The demonstration, on both databases.

use crate::support::{TestApp, on_each_app};
use models::{page::PageQuery, project::ProjectSearch};
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
    })
    .await;
}

#[tokio::test]
async fn a_server_with_users_of_its_own_is_not_touched() {
    on_each_app(|app: TestApp| async move {
        app.person("dora").await;
        assert!(seed(app.state()).await.is_err());
    })
    .await;
}

//! How far runs have come, as the table tells.

use models::progress::Progress;
use models::run::RunStatus;
use models::time::UnixMillis;

use crate::fixture::{Fixture, metrics, point};

#[tokio::test]
async fn a_running_run_says_how_far_it_has_come() {
    crate::support::on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let ask = async || {
            let request = serde_json::from_value(serde_json::json!({})).unwrap();
            fixture.store.run_page(fixture.project, &request).await.unwrap().progress
        };
        let (far, over) = (fixture.run("far").await, fixture.run("over").await);
        let silent = fixture.run("silent").await;
        fixture.log(silent.id, metrics([point("loss", 0.5, 0)])).await;
        assert!(ask().await.is_empty(), "none says anything");
        // A run begins at 1,000, and a point is logged so much later as its step says.
        for (run, value) in [(&far, 0.25), (&over, 1.0)] {
            let points = [point(Progress::METRIC, 0.0, 0), point(Progress::METRIC, value, 200)];
            fixture.log(run.id, metrics(points)).await;
        }
        let progress = |done, end| Some(Progress { done, estimated_end: Some(UnixMillis(end)) });
        assert_eq!(ask().await, [None, progress(1.0, 1_200), progress(0.25, 1_800)]);
        fixture.store.set_run_status(over.id, RunStatus::Finished, Some(UnixMillis(1_300))).await.unwrap();
        fixture.log(silent.id, metrics([point(Progress::METRIC, f64::NAN, 3)])).await;
        assert_eq!(ask().await, [None, None, progress(0.25, 1_800)]);
    })
    .await;
}

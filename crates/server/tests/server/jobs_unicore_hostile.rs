//! Sites of UNICORE that are broken or mean harm: nobody else's jobs and nobody else's runs come to harm by them.
#![cfg(target_os = "linux")]

use crate::support::executing::{Executing, on_each_executing};
use crate::support::unicore_answers::Malice;
use models::id::{ConnectionId, RunId};
use models::paths;
use serde_json::{Value, json};

impl Executing {
    async fn cancel(&self, run: RunId) {
        self.app.post(paths::run_cancel(self.project, run)).by(&self.ann).await.expect(200);
    }

    /// What makes a run one whose files the site never takes.
    fn swallowed(&self, connection: ConnectionId) -> Value {
        let mut more = self.script(connection, "a.sh");
        more["backendConfig"]["Resources"]["Queue"] = json!("batch");
        more
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_says_itself_that_it_is_ours_is_deleted() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.add_stranger("hers");
        scene.site.behave(Malice::Lists);
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        let run = scene.until(id, |run| run["job"]["unansweredSince"].is_i64()).await;
        assert_eq!(run["job"]["message"], "127.0.0.1 says: The disk is full.");
        scene.site.behave(Malice::None);
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FINISHED", "{run:#}");
        let tags: Vec<Value> = scene.site.descriptions().iter().map(|job| job["Tags"][0].clone()).collect();
        let last = format!("{}-{}", id.mlflow(), run["job"]["attempt"]);
        assert_eq!(tags, [json!("hers"), json!(last)], "what never began is deleted, and nothing else");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_named_and_not_ours_is_left_alone() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.add_stranger("hers");
        scene.site.behave(Malice::Names);
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        let run = scene.until(id, |run| run["job"]["unansweredSince"].is_i64()).await;
        let told = run["job"]["message"].as_str().unwrap();
        assert!(told.contains("does not answer as UNICORE does"), "{told}");
        assert_eq!((scene.site.stranger(), scene.site.descriptions().len()), (("READY", 0), 1));
        scene.cancel(id).await;
        assert_eq!(scene.ended(id).await["status"], "KILLED");
        assert_eq!(scene.site.stranger(), ("READY", 0), "it neither got the code nor began, and is there");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_slow_to_take_runs_keeps_no_others_waiting() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.behave(Malice::Swallows);
        let mut slow = Vec::new();
        for _ in 0..9 {
            slow.push(scene.submit(code, scene.swallowed(connection)).await);
        }
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        assert_eq!(scene.ended(id).await["status"], "FINISHED");
        for id in slow {
            let run = scene.until(id, |run| run["job"]["state"] == "submitting").await;
            assert_eq!(run["status"], "SCHEDULED");
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_cancelled_while_its_site_takes_it() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.behave(Malice::Swallows);
        let id = scene.submit(code, scene.swallowed(connection)).await;
        scene.until(id, |_| !scene.site.descriptions().is_empty()).await;
        scene.cancel(id).await;
        let run = scene.ended(id).await;
        let expected = (&json!("KILLED"), &json!("Cancelled before it began."));
        assert_eq!((&run["status"], &run["job"]["message"]), expected, "{run:#}");
        assert!(scene.site.descriptions().is_empty(), "what it had made there never begins, and is deleted");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_always_has_more_to_print_is_left() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "sleep 300\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.behave(Malice::Prints);
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        scene.printed(id, "more\nmore\n").await;
        scene.cancel(id).await;
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "KILLED", "{run:#}");
        assert!(scene.log(id).await.lines().all(|line| line == "more"));
        scene
    })
    .await;
}

//! Runs that a site of UNICORE executes, from their submission to their end.
#![cfg(target_os = "linux")]

use crate::support::UnicoreSite;
use crate::support::executing::{Executing, on_each_executing, reason};
use models::paths;
use serde_json::{Value, json};

const ML_PROJECT: &str =
    "entry_points:\n  main:\n    parameters:\n      alpha: float\n    command: \"python train.py {alpha}\"\n";

/// Logs a metric through MLflow's API, with nothing but what Python brings.
const TRAIN: &str = r#"
import json, os, sys, urllib.request
request = urllib.request.Request(os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/log-metric", json.dumps(
    {"run_id": os.environ["MLFLOW_RUN_ID"], "key": "loss", "value": float(sys.argv[1]), "timestamp": 1, "step": 0}).encode())
request.add_header("Authorization", "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"])
request.add_header("Content-Type", "application/json")
urllib.request.urlopen(request)
print("alpha", sys.argv[1], "in", os.path.basename(os.getcwd()), os.environ["SEED"], os.environ["SRUN_CPUS_PER_TASK"])
print(sorted(os.listdir(".")), os.environ["MANTIK_WORKING_DIRECTORY"] == os.getcwd(), os.path.exists("../../seen"))
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_executed_at_a_site_and_logs_into_itself() {
    on_each_executing(|scene: Executing| async move {
        let files = [
            ("wine/MLproject", ML_PROJECT),
            ("wine/train.py", TRAIN),
            ("wine/a.csv", "1"),
            ("wine/plots/a.png", "x"),
        ];
        let code = scene.code("wine", &files).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        let mut more = scene.at_site(
            connection,
            json!({
                "Resources": {"Queue": "devel", "Nodes": 2, "CPUsPerNode": 4, "Runtime": "1h"},
                "Environment": {"Variables": {"SEED": "7"}, "PreRunCommandOnLoginNode": "touch seen"},
                "Exclude": ["*.csv", "plots/"],
            }),
        );
        more["mlflowMlprojectFilePath"] = json!("wine/MLproject");
        more["mlflowParameters"] = json!({"alpha": 0.25});
        more["computeBudgetAccount"] = json!("hai");
        let id = scene.submit(code, more).await;
        let run = scene.ended(id).await;
        let log = scene.log(id).await;
        assert_eq!(run["status"], "FINISHED", "{run:#}\n{log}");
        assert!(run["startTime"].as_i64().unwrap() <= run["endTime"].as_i64().unwrap());
        assert_eq!((&run["job"]["executor"], &run["job"]["attempt"]), (&json!("unicore"), &json!(1)));
        assert_eq!(run["job"]["message"], "Exit code 0.");
        assert!(log.starts_with(&format!("Commit {}\n", run["commit"].as_str().unwrap())), "{log}");
        assert!(log.contains("$ python train.py 0.25\nalpha 0.25 in wine 7 4\n"), "{log}");
        assert!(log.ends_with("['MLproject', 'train.py'] True True\n"), "{log}");
        assert_eq!(scene.data(id).await["metrics"][0]["key"], "loss");
        let jobs = scene.site.descriptions();
        assert_eq!((jobs.len(), scene.site.n_starts(&id.to_string())), (1, 1));
        assert_eq!((&jobs[0]["Project"], &jobs[0]["Resources"]["Nodes"]), (&json!("hai"), &json!("2")));
        assert_eq!(jobs[0]["Tags"], json!([format!("{}-1", id.mlflow())]));
        // Nothing is left of it here, and that the secret was used is written down.
        assert_eq!(scene.app.store().api_tokens(scene.ann.id).await.unwrap().total_records, 0);
        assert_eq!(std::fs::read_dir(scene.app.state().data().join("sent")).unwrap().count(), 0);
        assert_eq!(scene.audited("MACHINE_ASKED").await, 1);
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_in_the_queue_of_its_site() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "echo done\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        scene.site.hold(true);
        let id = scene.submit(code, scene.script(connection, "a.sh")).await;
        let run = scene.until(id, |run| run["job"]["queuedSince"].is_i64()).await;
        assert_eq!((&run["status"], &run["startTime"]), (&json!("SCHEDULED"), &Value::Null), "{run:#}");
        assert_eq!((&run["job"]["state"], &run["job"]["queue"]), (&json!("running"), &json!("devel")));
        scene.site.hold(false);
        let run = scene.ended(id).await;
        assert_eq!(
            (&run["status"], &run["job"]["queuedSince"]),
            (&json!("FINISHED"), &Value::Null),
            "{run:#}"
        );
        assert!(run["startTime"].is_i64());
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_a_site_says_why() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("exit.sh", "echo last words >&2\nexit 3\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        let failed = scene.submit(code, scene.script(connection, "exit.sh")).await;
        let run = scene.ended(failed).await;
        assert_eq!(run["status"], "FAILED");
        let expected = "Exit code 3. The site says: Failed: the application exited.";
        assert_eq!(reason(&scene.data(failed).await), expected);
        let log = scene.log(failed).await;
        let end = "last words\n\nstderr of the job:\nslurmstepd: error: task failed\n";
        assert!(log.ends_with(end), "{log}");
        let mut more = scene.script(connection, "exit.sh");
        more["backendConfig"]["Resources"]["Queue"] = json!("gold");
        let refused = scene.submit(code, more).await;
        let run = scene.ended(refused).await;
        assert_eq!(run["status"], "FAILED");
        let told = run["job"]["message"].as_str().unwrap();
        assert!(told.contains("Queue <gold> is not available, use one of: devel, batch"), "{told}");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_run_ends_at_its_site() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("patient.sh", "echo begun; sleep 300\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        let cancel = async |run| {
            scene.app.post(paths::run_cancel(scene.project, run)).by(&scene.ann).await.expect(200)
        };
        let running = scene.submit(code, scene.script(connection, "patient.sh")).await;
        scene.printed(running, "begun").await;
        cancel(running).await;
        let run = scene.ended(running).await;
        assert_eq!(
            (&run["status"], &run["job"]["message"]),
            (&json!("KILLED"), &json!("Cancelled.")),
            "{run:#}"
        );
        scene.site.hold(true);
        let waiting = scene.submit(code, scene.script(connection, "patient.sh")).await;
        scene.until(waiting, |run| run["job"]["queuedSince"].is_i64()).await;
        cancel(waiting).await;
        let run = scene.ended(waiting).await;
        assert_eq!(run["status"], "KILLED", "{run:#}");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_a_job_without_this_server_is_told() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("patient.sh", "echo begun; sleep 300\n")]).await;
        let connection = scene.connect("JUWELS", &scene.site.url()).await;
        for (act, expected) in [
            (UnicoreSite::abort_all as fn(&UnicoreSite), "aborted by the user"),
            (UnicoreSite::delete_all as fn(&UnicoreSite), "does not know the job of this run any more"),
        ] {
            let id = scene.submit(code, scene.script(connection, "patient.sh")).await;
            scene.printed(id, "begun").await;
            act(&scene.site);
            let run = scene.ended(id).await;
            assert_eq!(run["status"], "FAILED");
            assert!(run["job"]["message"].as_str().unwrap().contains(expected), "{run:#}");
        }
        scene
    })
    .await;
}

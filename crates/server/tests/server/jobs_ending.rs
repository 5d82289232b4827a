//! Runs that are ended: on request, by their limit, with their run, or by accident.
#![cfg(target_os = "linux")]

use crate::support::executing::{Executing, on_each_executing, reason};
use models::id::RunId;
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// Starts a child in its group and one that leaves it, neither of which listens to SIGTERM, and tells who they are.
const STUBBORN: &str = "trap '' TERM\nsleep 300 & echo child $!\nsetsid sh -c \"trap '' TERM; sleep 301\" & \n\
                        sleep 0.3; echo grandchild $(pgrep -n -f 'sleep 301'); echo begun\nwait\n";
const PATIENT: &str = "echo begun; exec sleep 300\n";

/// The processes in whose environment a run stands.
fn processes(run: RunId) -> Vec<String> {
    let mark = format!("MANTIK_RUN_ID={run}");
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let is_marked = |folder: &PathBuf| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == mark.as_bytes())
    };
    let marked = entries.map(|entry| entry.path()).filter(is_marked);
    marked
        .map(|folder| {
            String::from_utf8_lossy(&std::fs::read(folder.join("cmdline")).unwrap_or_default()).into_owned()
        })
        .collect()
}

async fn cancel(scene: &Executing, run: RunId) -> Value {
    scene.app.post(paths::run_cancel(scene.project, run)).by(&scene.ann).await.expect(200).json()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_a_run_has_started_ends_with_it() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("stubborn.sh", STUBBORN)]).await;
        let id = scene.submit(code, json!({"entryPoint": "stubborn.sh"})).await;
        scene.printed(id, "begun").await;
        assert!(processes(id).len() >= 4, "{:?}", processes(id));
        let asked = cancel(&scene, id).await;
        assert_eq!((&asked["status"], &asked["job"]["state"]), (&json!("RUNNING"), &json!("running")));
        let since = asked["job"]["cancelRequestedAt"].clone();
        assert!(since.is_i64(), "{asked:#}");
        assert_eq!(
            cancel(&scene, id).await["job"]["cancelRequestedAt"],
            since,
            "asked again, nothing changes"
        );
        while scene.run(id).await["status"] == "RUNNING" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(processes(id), [] as [&str; 0], "it is told to have ended once it has");
        let run = scene.ended(id).await;
        assert_eq!((&run["status"], &run["job"]["message"]), (&json!("KILLED"), &json!("Cancelled.")));
        assert_eq!(cancel(&scene, id).await["status"], "KILLED");
        let done = scene
            .submit(code, json!({"entryPoint": "stubborn.sh", "backendConfig": {"Local": {"Runtime": "1s"}}}))
            .await;
        let run = scene.ended(done).await;
        assert_eq!(run["status"], "FAILED");
        assert!(reason(&scene.data(done).await).contains("its limit of 1 s"), "{run:#}");
        assert_eq!(processes(done), [] as [&str; 0]);
        scene.app.post(paths::run_cancel(scene.project, done)).by(&scene.ann).await.expect(409);
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_of_cancelling_ends_the_processes() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("patient.sh", PATIENT)]).await;
        let more = json!({"entryPoint": "patient.sh"});
        let (first, second) =
            (scene.submit(code, more.clone()).await, scene.submit(code, more.clone()).await);
        scene.printed(first, "begun").await;
        scene.printed(second, "begun").await;
        let bulk = json!({"selection": {"runs": [first]}, "change": "cancel"});
        let outcome = scene
            .app
            .post(paths::runs_bulk(scene.project))
            .by(&scene.ann)
            .json(&bulk)
            .await
            .expect(200)
            .json();
        assert_eq!(outcome["changed"], 1);
        scene
            .app
            .put(paths::run_status(scene.project, second))
            .by(&scene.ann)
            .json(&json!("KILLED"))
            .await
            .expect(204);
        for id in [first, second] {
            assert_eq!(scene.ended(id).await["status"], "KILLED");
            assert_eq!(processes(id), [] as [&str; 0]);
        }
        // Nobody but the job says that such a run has finished.
        let third = scene.submit(code, more).await;
        scene.printed(third, "begun").await;
        scene
            .app
            .put(paths::run_status(scene.project, third))
            .by(&scene.ann)
            .json(&json!("FINISHED"))
            .await
            .expect(204);
        assert_eq!(scene.run(third).await["status"], "RUNNING");
        let reporter = scene.app.member(scene.project, "Rita", Role::Reporter).await;
        scene.app.post(paths::run_cancel(scene.project, third)).by(&reporter).await.expect(403);
        cancel(&scene, third).await;
        assert_eq!(scene.ended(third).await["status"], "KILLED");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_deleted_is_not_left_running() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("patient.sh", PATIENT)]).await;
        let id = scene.submit(code, json!({"entryPoint": "patient.sh"})).await;
        scene.printed(id, "begun").await;
        for change in ["archive", "delete"] {
            let selection = json!({"runs": [id]});
            let body = json!({"selection": selection, "change": change});
            scene.app.post(paths::runs_bulk(scene.project)).by(&scene.ann).json(&body).await.expect(200);
        }
        let begin = Instant::now();
        while !processes(id).is_empty() {
            assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", processes(id));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watcher_that_vanishes_is_told_and_leaves_nothing() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("stubborn.sh", STUBBORN)]).await;
        let id = scene.submit(code, json!({"entryPoint": "stubborn.sh"})).await;
        scene.printed(id, "begun").await;
        let folder = format!("watch{}", '\0');
        let watcher = std::fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
            let line = std::fs::read(entry.path().join("cmdline")).ok()?;
            let line = String::from_utf8_lossy(&line).into_owned();
            (line.contains(&folder) && line.contains(&id.mlflow()))
                .then(|| entry.file_name().into_string().unwrap())
        });
        assert!(Command::new("kill").args(["-9", &watcher.unwrap()]).status().unwrap().success());
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FAILED");
        assert!(reason(&scene.data(id).await).contains("Start the run again"), "{run:#}");
        assert_eq!(processes(id), [] as [&str; 0]);
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_is_bounded() {
    on_each_executing(|scene: Executing| async move {
        let hungry =
            "import sys\ntry:\n    b = bytearray(400 * 1024 * 1024)\nexcept MemoryError:\n    sys.exit(7)\n";
        let code = scene.code("wine", &[("hungry.py", hungry)]).await;
        let config = json!({"Local": {"MemoryPerNode": "200MiB"}});
        let bounded = scene.submit(code, json!({"entryPoint": "hungry.py", "backendConfig": config})).await;
        let free = scene.submit(code, json!({"entryPoint": "hungry.py"})).await;
        assert_eq!(scene.ended(bounded).await["job"]["message"], "Exit code 7.");
        assert_eq!(scene.ended(free).await["status"], "FINISHED");
        scene
    })
    .await;
}

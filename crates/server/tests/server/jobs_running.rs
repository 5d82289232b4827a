//! Runs that this server executes, from their submission to their end.
#![cfg(target_os = "linux")]

use crate::support::executing::{Executing, on_each_executing, reason};
use crate::support::git_host::commit;
use crate::support::on_each_database;
use crate::support::wheel::wheel;
use models::paths;
use serde_json::{Value, json};

const ML_PROJECT: &str = "entry_points:\n  main:\n    parameters:\n      alpha: float\n      n: {type: int, default: 3}\n    \
                          command: \"python train.py {alpha} {n}\"\n";

/// Logs a metric through MLflow's API, with nothing but what Python brings.
const TRAIN: &str = r#"
import json, os, sys, urllib.request
def call(path, body):
    request = urllib.request.Request(os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + path, json.dumps(body).encode())
    request.add_header("Authorization", "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"])
    request.add_header("Content-Type", "application/json")
    return json.load(urllib.request.urlopen(request))
run = os.environ["MLFLOW_RUN_ID"]
call("runs/log-metric", {"run_id": run, "key": "loss", "value": float(sys.argv[1]), "timestamp": 1, "step": 0})
call("runs/update", {"run_id": run, "status": "FINISHED"})
print("alpha", sys.argv[1], "n", sys.argv[2], "in", os.getcwd())
print(os.environ["MANTIK_PROJECT_ID"], os.environ["SEED"], os.environ["OMP_NUM_THREADS"])
print(os.environ["MLFLOW_TRACKING_URI"] != "mine", "MANTIK_DATABASE_URL" in os.environ)
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_executed_and_logs_into_itself() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("deep/MLproject", ML_PROJECT), ("deep/train.py", TRAIN)]).await;
        let config = json!({
            "Local": {"Runtime": "10m", "CPUsPerNode": 2},
            "Environment": {"Variables": {"SEED": "7", "MLFLOW_TRACKING_URI": "mine", "PATH": ""}},
        });
        let more = json!({
            "mlflowMlprojectFilePath": "deep/MLproject", "mlflowParameters": {"alpha": 0.25}, "backendConfig": config,
        });
        let id = scene.submit(code, more).await;
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FINISHED", "{run:#}\n{}", scene.log(id).await);
        assert!(run["startTime"].as_i64().unwrap() <= run["endTime"].as_i64().unwrap());
        assert_eq!((&run["job"]["message"], &run["job"]["attempt"]), (&json!("Exit code 0."), &json!(1)));
        let commit = run["commit"].as_str().unwrap();
        let log = scene.log(id).await;
        assert_eq!(log.lines().next().unwrap(), format!("Commit {commit}"));
        assert!(log.contains("$ python train.py 0.25 3\n") && log.contains("/code/deep\n"), "{log}");
        assert!(log.contains(&format!("{} 7 2\nTrue False\n", scene.project)), "{log}");
        let data = scene.data(id).await;
        assert_eq!(data["metrics"][0]["key"], "loss");
        assert_eq!(data["parameters"], json!([{"key": "alpha", "value": "0.25"}, {"key": "n", "value": "3"}]));
        // Nothing is left of it: neither its folder nor its token.
        let tokens = scene.app.store().api_tokens(scene.ann.id).await.unwrap();
        assert_eq!(tokens.total_records, 0);
        let folder = scene.app.state().data().join("jobs");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_says_why() {
    on_each_executing(|scene: Executing| async move {
        let code = scene
            .code("wine", &[("exit.sh", "echo last words >&2\nexit 3\n"), ("kill.sh", "kill -9 $$\n")])
            .await;
        let failed = scene.submit(code, json!({"entryPoint": "exit.sh"})).await;
        let killed = scene.submit(code, json!({"entryPoint": "kill.sh"})).await;
        let gone = scene.submit(code, json!({"entryPoint": "nothing.sh"})).await;
        for (id, expected) in [(failed, "Exit code 3."), (killed, "signal 9"), (gone, "127")] {
            let run = scene.ended(id).await;
            assert_eq!(run["status"], "FAILED");
            assert!(run["job"]["message"].as_str().unwrap().contains(expected), "{run:#}");
            let data = scene.data(id).await;
            assert!(reason(&data).contains(expected), "{data:#}");
        }
        assert!(scene.log(failed).await.ends_with("last words\n"));
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_before_the_start_is_told_at_the_run() {
    on_each_executing(|scene: Executing| async move {
        let conda = "conda_env: conda.yaml\nentry_points:\n  main: {command: python x.py}\n";
        let old = "python_env: old.yaml\nentry_points:\n  main: {command: python x.py}\n";
        let files = [
            ("MLproject", ML_PROJECT),
            ("conda/MLproject", conda),
            ("old/MLproject", old),
            ("old/old.yaml", "python: \"2.1\"\n"),
        ];
        let code = scene.code("wine", &files).await;
        let nowhere = scene.code_at(&scene.host.url("nowhere")).await;
        for (code, more, expected) in [
            (code, json!({}), "needs values for `alpha`"),
            (code, json!({"entryPoint": "test"}), "no entry point `test`; it has `main`"),
            (code, json!({"branch": "other"}), "no branch, tag or commit"),
            (code, json!({"mlflowMlprojectFilePath": "none"}), "none"),
            (code, json!({"mlflowMlprojectFilePath": "conda"}), "conda"),
            (code, json!({"mlflowMlprojectFilePath": "old"}), "no Python 2.1"),
            (nowhere, json!({}), "not there, or is not open to you"),
        ] {
            let id = scene.submit(code, more).await;
            let run = scene.ended(id).await;
            assert_eq!(run["status"], "FAILED");
            assert!(reason(&scene.data(id).await).contains(expected), "{expected}: {run:#}");
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_is_made_once() {
    on_each_executing(|scene: Executing| async move {
        let project = "python_env: python_env.yaml\nentry_points:\n  main: {command: \"python -c 'import sys; print(sys.prefix)'\"}\n";
        let files = [("MLproject", project), ("python_env.yaml", "dependencies: []\n")];
        let code = scene.code("wine", &files).await;
        let (first, second) = (scene.submit(code, json!({})).await, scene.submit(code, json!({})).await);
        let mut logs = Vec::new();
        for id in [first, second] {
            let run = scene.ended(id).await;
            let log = scene.log(id).await;
            assert_eq!(run["status"], "FINISHED", "{log}");
            assert!(log.contains("/environments/"), "{log}");
            logs.push(log);
        }
        let n_made = logs.iter().filter(|log| log.contains("Making the environment")).count();
        assert_eq!(n_made, 1, "{logs:?}");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_code_needs_is_installed() {
    on_each_executing(|scene: Executing| async move {
        let project =
            "python_env: python_env.yaml\nentry_points:\n  main: {command: \"python -c 'import small'\"}\n";
        let wanted = "build_dependencies: []\ndependencies:\n- --no-index\n- ./small-9.0-py3-none-any.whl\n";
        let files = [("deep/MLproject", project), ("deep/python_env.yaml", wanted)];
        let work = scene.host.add("wine", &files);
        let package = wheel("small", "small.py", "print('told by the package')\n");
        std::fs::write(work.join("deep/small-9.0-py3-none-any.whl"), package).unwrap();
        commit(&work, "A package", &[]);
        let code = scene.code_at(&scene.host.url("wine")).await;
        let id = scene.submit(code, json!({"mlflowMlprojectFilePath": "deep"})).await;
        let run = scene.ended(id).await;
        let log = scene.log(id).await;
        assert_eq!(run["status"], "FINISHED", "{log}");
        assert!(
            log.contains("Successfully installed small-9.0") && log.ends_with("told by the package\n"),
            "{log}"
        );
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_wait_for_their_turn() {
    on_each_executing(|scene: Executing| async move {
        let code =
            scene.code("wine", &[("wait.sh", "echo begun; while [ ! -e go ]; do sleep 0.05; done\n")]).await;
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(scene.submit(code, json!({"entryPoint": "wait.sh"})).await);
        }
        scene.printed(ids[0], "begun").await;
        scene.printed(ids[1], "begun").await;
        for (place, id) in ids[2..].iter().enumerate() {
            let run = scene.run(*id).await;
            assert_eq!((&run["status"], &run["job"]["state"]), (&json!("SCHEDULED"), &json!("queued")));
            assert_eq!(run["job"]["position"], json!(place + 1));
        }
        let cancelled =
            scene.app.post(paths::run_cancel(scene.project, ids[2])).by(&scene.ann).await.expect(200).json();
        assert_eq!((&cancelled["status"], &cancelled["job"]["state"]), (&json!("KILLED"), &json!("ended")));
        assert_eq!(scene.run(ids[3]).await["job"]["position"], json!(1));
        scene.app.post(paths::run_cancel(scene.project, ids[0])).by(&scene.ann).await.expect(200);
        scene.printed(ids[3], "begun").await;
        for id in [ids[1], ids[3]] {
            scene.app.post(paths::run_cancel(scene.project, id)).by(&scene.ann).await.expect(200);
            assert_eq!(scene.ended(id).await["status"], "KILLED");
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_an_executor_says_so() {
    on_each_database(|store| async {
        let scene = Executing::new(store, None).await;
        let code = scene.code("wine", &[("a.sh", "true\n")]).await;
        let submit = async |body: &Value| {
            let refused =
                scene.app.post(paths::runs(scene.project)).by(&scene.ann).json(body).await.expect(422).json();
            (refused["detail"][0]["loc"].clone(), refused["detail"][0]["msg"].as_str().unwrap().to_owned())
        };
        let (place, message) = submit(&scene.order(code, json!({}))).await;
        assert_eq!(place, json!(["body", "backendConfig", "Local"]));
        assert!(message.contains("--local-executor"), "{message}");
        // What other machines execute is kept as ever, and so is what somebody only tells of.
        let unicore = json!({"UnicoreApiUrl": "https://x", "Resources": {"Queue": "q"}});
        let id = scene.submit(code, json!({"backendConfig": unicore})).await;
        let run = scene.run(id).await;
        assert_eq!((&run["status"], &run["job"]), (&json!("SCHEDULED"), &Value::Null));
        let told = format!("{}?submit=false", paths::runs(scene.project));
        scene.app.post(told).by(&scene.ann).json(&scene.order(code, json!({}))).await.expect(201);
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_executed_is_refused_at_its_field() {
    on_each_executing(|scene: Executing| async move {
        let code = scene.code("wine", &[("a.sh", "true\n")]).await;
        for (more, field) in [
            (json!({"codeRepositoryId": null}), json!(["body", "codeRepositoryId"])),
            (json!({"mlflowMlprojectFilePath": "../x"}), json!(["body", "mlflowMlprojectFilePath"])),
            (
                json!({"backendConfig": {"Local": {"Runtime": "long"}}}),
                json!(["body", "backendConfig", "Local", "Runtime"]),
            ),
            (
                json!({"backendConfig": {"Local": {}, "Environment": {"Modules": ["x"]}}}),
                json!(["body", "backendConfig", "Environment", "Modules"]),
            ),
        ] {
            let body = scene.order(code, more);
            let refused = scene
                .app
                .post(paths::runs(scene.project))
                .by(&scene.ann)
                .json(&body)
                .await
                .expect(422)
                .json();
            assert_eq!(refused["detail"][0]["loc"], field, "{refused:#}");
        }
        let existing = scene.submit(code, json!({"entryPoint": "a.sh"})).await;
        let body = scene.order(code, json!({"mlflowRunId": existing.mlflow()}));
        scene.app.post(paths::runs(scene.project)).by(&scene.ann).json(&body).await.expect(422);
        scene.ended(existing).await;
        scene
    })
    .await;
}

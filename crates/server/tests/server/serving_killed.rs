//! A server that is killed, or ended, while it serves a model: the model is served once, before and after.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use crate::jobs_killed::{Server, command};
use crate::served::{is_alive, playing};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_served_model_outlives_a_kill_and_ends_with_its_server() {
    tokio::task::spawn_blocking(be_killed).await.unwrap();
}

/// A deployment, as its server tells of it.
struct Scene {
    server: Server,
    path: String,
}

impl Scene {
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        self.server.ask(method, &format!("{}{path}", self.path), "", body).unwrap()
    }

    fn running(&self) -> Value {
        let begin = Instant::now();
        loop {
            let found = self.ask("GET", "", &Value::Null);
            if found["status"] == "RUNNING"
                && let Some(answer) =
                    self.server.try_ask("POST", &format!("{}/predict", self.path), &json!({}))
            {
                return answer;
            }
            assert!(begin.elapsed() < Duration::from_secs(90), "{found:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn be_killed() {
    let folder = tempfile::tempdir().unwrap();
    let (data, python) = (folder.path().join("data"), playing(folder.path()));
    let mut scene = scene(&data, &json!({"environment": "path", "path": python}));
    scene.ask("POST", "/start", &Value::Null);
    let first = scene.running();

    scene.server.kill();
    assert!(is_alive(&first["pid"]));
    scene.server.start();
    assert_eq!(scene.running()["pid"], first["pid"], "it is adopted");

    // What watched over it vanishes too: it is ended, and started once.
    scene.server.kill();
    end(&parent(&first["pid"]).unwrap());
    scene.server.start();
    let second = await_other(&scene, &first["pid"]);
    assert!(!is_alive(&first["pid"]) && !is_alive(&first["child"]));

    scene.server.end();
    let begin = Instant::now();
    while is_alive(&second["pid"]) || is_alive(&second["child"]) {
        assert!(begin.elapsed() < Duration::from_secs(30), "it outlives a server that ended well");
        std::thread::sleep(Duration::from_millis(50));
    }
    scene.server.start();
    let third = await_other(&scene, &second["pid"]);
    scene.ask("POST", "/stop", &Value::Null);
    let begin = Instant::now();
    while scene.ask("GET", "", &Value::Null)["status"] != "STOPPED" {
        assert!(begin.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!is_alive(&third["pid"]));
}

fn await_other(scene: &Scene, before: &Value) -> Value {
    let begin = Instant::now();
    loop {
        let now = scene.running();
        if now["pid"] != *before {
            return now;
        }
        assert!(begin.elapsed() < Duration::from_secs(90), "{now}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn scene(data: &std::path::Path, values: &Value) -> Scene {
    let add = ["user", "add", "ann", "--email", "ann@example.org", "--password-stdin"];
    command(data, &add, "correct horse battery\n");
    let mut server = Server::new(data, &["127.0.0.1:1".to_owned()]);
    server.token = command(data, &["token", "create", "--user", "ann", "--name", "t"], "");
    server.start();
    let ask = |method: &str, path: &str, body: Value| server.ask(method, path, "", &body).unwrap();
    let project = ask("POST", "/api/projects", json!({"name": "Wine"}))["projectId"].clone();
    let of_project = format!("/api/projects/{}", project.as_str().unwrap());
    let experiment = ask("POST", &format!("{of_project}/experiments"), json!({"name": "first"}));
    let new = json!({"name": "run", "experimentRepositoryId": experiment["experimentRepositoryId"]});
    let run = ask("POST", &format!("{of_project}/runs?submit=False"), new)["runId"].clone();
    let found = ask("GET", &format!("{of_project}/runs/{}", run.as_str().unwrap()), Value::Null);
    let root = found["artifactUri"].as_str().unwrap().trim_start_matches("mlflow-artifacts:/").to_owned();
    for (name, text) in [("MLmodel", "x"), ("behaviour", "serve")] {
        let path = format!("/tracking/api/2.0/mlflow-artifacts/artifacts/{root}/model/{name}");
        ask("PUT", &path, json!(text));
    }
    let model = ask("POST", &format!("{of_project}/models/trained"), json!({"name": "m", "runId": run}));
    let new = json!({"modelId": model["modelId"], "mode": {"name": "Local", "values": values}});
    let made = ask("POST", &format!("{of_project}/deployments"), new);
    let path = format!("{of_project}/deployments/{}", made["deploymentId"].as_str().unwrap());
    Scene { server, path }
}

fn parent(pid: &Value) -> Option<Value> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse::<u64>().ok().map(Value::from)
}

fn is_watcher(pid: &Value) -> bool {
    let words = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&words).split('\0').nth(1) == Some("watch")
}

fn end(pid: &Value) {
    assert!(is_watcher(pid), "{pid} is no watcher");
    let pid = Pid::from_raw(i32::try_from(pid.as_i64().unwrap()).unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
}

//! A server that serves models on this machine, and a Python that plays MLflow for them.
#![cfg(target_os = "linux")]

use futures_util::{StreamExt as _, TryStreamExt as _};
use models::id::{DeploymentId, ProjectId};
use models::paths;
use serde_json::{Value, json};
use server::blobs::Blobs;
use server::serving;
use server::store::{ArtifactOwner, ArtifactPlace, ArtifactRecord, Store};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

use crate::fixture::new_run;
use crate::support::{Person, TestApp};

/// How long anything may take: much longer than it does, because other tests run beside it.
const PATIENCE: Duration = Duration::from_secs(90);

/// Serves as `mlflow models serve` does, and does what the file `behaviour` of the model says: `crash`, `silent`, or else
/// `serve`. It has a child that outlives it unless somebody ends it.
pub(crate) const PLAY: &str = r#"
import http.server, json, os, subprocess, sys, time
words = sys.argv[1:]
assert words[:4] == ["-m", "mlflow", "models", "serve"], words
option = lambda name: words[words.index(name) + 1]
assert option("--env-manager") == "local" and option("--host") == "127.0.0.1", words
model, port = option("--model-uri"), int(option("--port"))
behaviour = open(os.path.join(model, "behaviour")).read().strip().strip('"')
print("playing", behaviour, "with", option("--workers"), "workers", flush=True)
child = subprocess.Popen(["sleep", "600"], start_new_session=True)
if behaviour == "crash":
    print("ERROR no wine left \x1b[31m", flush=True)
    sys.exit(3)
if behaviour == "silent":
    time.sleep(600)
class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    def do_GET(self):
        self.answer(200 if self.path == "/ping" else 404, {})
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(200, {"predictions": asked, "pid": os.getpid(), "child": child.pid, "path": self.path})
        if asked.get("die"):
            os._exit(9)
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"#;

/// A virtual environment whose Python plays MLflow.
pub(crate) fn playing(folder: &Path) -> PathBuf {
    let environment = folder.join("venv");
    std::fs::create_dir_all(environment.join("bin")).unwrap();
    let program = environment.join("play.py");
    std::fs::write(&program, PLAY).unwrap();
    let python = environment.join("bin/python");
    let mut options = std::fs::File::options();
    let mut file = options.write(true).create_new(true).mode(0o755).open(python).unwrap();
    let text = format!("#!/bin/sh\nexec python3 {} \"$@\"\n", program.display());
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    environment
}

/// Whether a process is there, and no mere remainder that nobody has asked about.
pub(crate) fn is_alive(pid: &Value) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    !status.is_empty() && !status.contains("State:\tZ")
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A server that serves models, with a project of Ann's.
pub(crate) struct Serving {
    pub(crate) app: TestApp,
    pub(crate) ann: Person,
    pub(crate) project: ProjectId,
    pub(crate) python: PathBuf,
    keeping: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Serving {
    /// A server that serves so many models at once; none where its operator does not allow it.
    pub(crate) async fn new(store: Store, local_models: Option<u64>) -> Self {
        let app = TestApp::new(store, |settings| settings.local_models = local_models);
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Wine").await;
        let folder = tempfile::tempdir().unwrap();
        let python = playing(folder.path());
        let keeping = start(&app);
        Self { app, ann, project, python, keeping, _folder: folder }
    }

    /// Has the server end, and what it serves with it.
    pub(crate) async fn end(self) {
        self.app.state().shutdown().cancel();
        self.keeping.await.unwrap();
    }

    /// A model that was saved from its run, whose files do as `behaviour` says.
    pub(crate) async fn model(&self, behaviour: &str) -> Value {
        let files = [("model/MLmodel", "flavors: {}"), ("model/behaviour", behaviour)];
        self.model_of(behaviour, &files).await
    }

    pub(crate) async fn model_of(&self, name: &str, files: &[(&str, &str)]) -> Value {
        let mut artifacts = Vec::new();
        for (path, text) in files {
            artifacts.push(self.artifact(path, (*text).to_owned()).await);
        }
        self.model_with(name, artifacts).await
    }

    /// A file among what is kept, which is not yet an artifact of anything.
    pub(crate) async fn artifact(&self, path: &str, bytes: impl Into<bytes::Bytes>) -> ArtifactRecord {
        let piece = Ok::<_, std::io::Error>(bytes.into());
        let blobs = Blobs::new(self.app.state().data());
        let blob = blobs.write(futures_util::stream::iter([piece]), 100_000).await.unwrap();
        ArtifactRecord { path: path.to_owned(), sha256: blob.sha256, size: blob.size }
    }

    /// A model that was saved from its run, which has these artifacts.
    pub(crate) async fn model_with(&self, name: &str, artifacts: Vec<ArtifactRecord>) -> Value {
        let store = self.app.store();
        let experiment =
            store.create_experiment(self.project, name.to_owned(), None, Vec::new()).await.unwrap();
        let run = store.create_run(experiment.number, new_run(self.ann.id, name)).await.unwrap();
        let (owner, experiment) = (ArtifactOwner::Run(run.id), experiment.number);
        let place = ArtifactPlace { project: self.project, experiment, owner };
        let put = artifacts.into_iter().map(|artifact| store.put_artifact(place, artifact));
        let put = futures_util::stream::iter(put).buffer_unordered(32);
        put.try_collect::<()>().await.unwrap();
        let new = json!({"name": name, "runId": run.id});
        let made = self.app.post(paths::saved_models(self.project)).by(&self.ann).json(&new).await;
        made.expect(201).json()["modelId"].clone()
    }

    /// The mode `Local` with the Python that plays MLflow, and more of its values.
    pub(crate) fn mode(&self, more: Value) -> Value {
        let mut values = json!({"environment": "path", "path": self.python});
        values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"name": "Local", "values": values})
    }

    pub(crate) async fn deploy(&self, model: &Value, mode: Value) -> DeploymentId {
        let new = json!({"modelId": model, "mode": mode});
        let made = self.app.post(paths::deployments(self.project)).by(&self.ann).json(&new).await;
        serde_json::from_value(made.expect(201).json()["deploymentId"].clone()).unwrap()
    }

    pub(crate) async fn start(&self, id: DeploymentId) -> Value {
        self.app.post(paths::deployment_start(self.project, id)).by(&self.ann).await.expect(200).json()
    }

    pub(crate) async fn stop(&self, id: DeploymentId) -> Value {
        self.app.post(paths::deployment_stop(self.project, id)).by(&self.ann).await.expect(200).json()
    }

    pub(crate) async fn predict(&self, id: DeploymentId, asked: Value) -> Value {
        let call = self.app.post(paths::deployment_predict(self.project, id)).by(&self.ann);
        call.json(&asked).await.expect(200).json()
    }

    pub(crate) async fn shown(&self, id: DeploymentId) -> Value {
        self.app.get(paths::deployment(self.project, id)).by(&self.ann).await.expect(200).json()
    }

    pub(crate) async fn history(&self, id: DeploymentId) -> Vec<Value> {
        let page = self.app.get(paths::deployment_history(self.project, id)).by(&self.ann).await.expect(200);
        page.json()["history"].as_array().unwrap().clone()
    }

    pub(crate) async fn log(&self, id: DeploymentId) -> Vec<String> {
        let path = format!("{}?tail=100", paths::deployment_logs_lines(self.project, id));
        let lines = self.app.get(path).by(&self.ann).await.expect(200).json();
        let text = |line: &Value| line["text"].as_str().unwrap().to_owned();
        lines["lines"].as_array().unwrap().iter().map(text).collect()
    }

    /// Waits until the deployment is in a state; gives it as it is then.
    pub(crate) async fn reaches(&self, id: DeploymentId, status: &str) -> Value {
        let begin = Instant::now();
        loop {
            let shown = self.shown(id).await;
            if shown["status"] == status {
                return shown;
            }
            assert!(begin.elapsed() < PATIENCE, "{shown:#}\n{}", self.log(id).await.join("\n"));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Has a server serve models.
pub(crate) fn start(app: &TestApp) -> JoinHandle<()> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_mantik-server"));
    serving::start(app.state().clone(), program).unwrap()
}

//! A server that executes runs on this machine, and code for them.
#![cfg(target_os = "linux")]

use models::id::{CodeRepositoryId, ConnectionId, ExperimentRepositoryId, ProjectId, RunId};
use models::paths;
use serde_json::{Value, json};
use server::jobs;
use server::serve::{Limits, serve};
use server::store::Store;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::git_host::GitHost;
use super::unicore_site::TOKEN;
use super::{Person, TestApp, UnicoreSite, connection, on_each_database};

/// How long anything may take: much longer than it does, because other tests run beside it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that executes runs, with a project of Ann's.
pub(crate) struct Executing {
    pub(crate) app: TestApp,
    pub(crate) ann: Person,
    pub(crate) project: ProjectId,
    pub(crate) experiment: ExperimentRepositoryId,
    pub(crate) host: GitHost,
    pub(crate) site: UnicoreSite,
    /// A place that takes connections and says nothing.
    pub(crate) silent: SocketAddr,
    /// A place where nobody listens.
    pub(crate) closed: SocketAddr,
    _silence: TcpListener,
    tasks: Vec<JoinHandle<()>>,
}

/// Runs `test` with a server that executes runs over each database.
pub(crate) async fn on_each_executing<F: Future<Output = Executing>>(test: impl Fn(Executing) -> F) {
    on_each_database(|store| async {
        let scene = Executing::new(store, Some(2)).await;
        test(scene).await.end().await;
    })
    .await;
}

impl Executing {
    /// A server that executes so many runs at once; none where its operator does not allow it.
    pub(crate) async fn new(store: Store, local_jobs: Option<usize>) -> Self {
        let host = GitHost::new().await;
        let site = UnicoreSite::new().await;
        let silence = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent = silence.local_addr().unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let app = TestApp::new(store, |settings| {
            settings.allow_egress = vec![host.place.clone(), site.place.clone()];
            settings.allow_egress.extend([silent, closed].map(|place| place.to_string().parse().unwrap()));
            settings.local_jobs = local_jobs;
        });
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Wine").await;
        let made =
            app.store().create_experiment(project, "first".to_owned(), None, Vec::new()).await.unwrap();
        let experiment = made.repository.experiment_repository_id;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shutdown = app.state().shutdown().clone();
        let serving = tokio::spawn(serve(listener, app.router.clone(), Limits::default(), shutdown));
        let program = PathBuf::from(env!("CARGO_BIN_EXE_mantik-server"));
        let working = jobs::start(app.state().clone(), jobs::Options { address, program }).unwrap();
        let tasks = vec![serving, working];
        Self { app, ann, project, experiment, host, site, silent, closed, _silence: silence, tasks }
    }

    /// Has the server end; what it executes goes on.
    pub(crate) async fn end(self) {
        self.app.state().shutdown().cancel();
        for task in self.tasks {
            task.await.unwrap();
        }
    }

    /// A code repository whose branch `main` has these files.
    pub(crate) async fn code(&self, name: &str, files: &[(&str, &str)]) -> CodeRepositoryId {
        self.host.add(name, files);
        self.code_at(&self.host.url(name)).await
    }

    pub(crate) async fn code_at(&self, uri: &str) -> CodeRepositoryId {
        let new = json!({"codeRepositoryName": uri, "uri": uri});
        let made = self.app.post(paths::code(self.project)).by(&self.ann).json(&new).await.expect(201).json();
        serde_json::from_value(made["codeRepositoryId"].clone()).unwrap()
    }

    /// What asks for a run of this code.
    pub(crate) fn order(&self, code: CodeRepositoryId, more: Value) -> Value {
        let mut body = json!({
            "name": "run", "experimentRepositoryId": self.experiment, "codeRepositoryId": code, "branch": "main",
            "backendConfig": {"Local": {"Runtime": "10m"}},
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    /// A connection of Ann's that opens the site, for this address; for none where it is empty.
    pub(crate) async fn connect(&self, name: &str, uri: &str) -> ConnectionId {
        let uri = Some(uri).filter(|uri| !uri.is_empty());
        let new = json!({
            "connectionName": name, "connectionProvider": "UNICORE", "authMethod": "TOKEN", "token": TOKEN, "uri": uri,
        });
        connection::create(&self.app, &self.ann, &new).await
    }

    /// What makes a run one that the site executes, with these changes of the backend config.
    pub(crate) fn at_site(&self, connection: ConnectionId, changes: Value) -> Value {
        let config = json!({"UnicoreApiUrl": self.site.url(), "Resources": {"Queue": "devel"}});
        json!({"connectionId": connection, "backendConfig": connection::with(config, changes)})
    }

    /// As [`Executing::at_site`], for a script of the code.
    pub(crate) fn script(&self, connection: ConnectionId, name: &str) -> Value {
        connection::with(self.at_site(connection, json!({})), json!({"entryPoint": name}))
    }

    /// How often this was written down of Ann.
    pub(crate) async fn audited(&self, action: &str) -> usize {
        let events = self.app.get(paths::user_audit(self.ann.id)).by(&self.ann).await.expect(200).json();
        events["events"].as_array().unwrap().iter().filter(|event| event["action"] == action).count()
    }

    pub(crate) async fn submit(&self, code: CodeRepositoryId, more: Value) -> RunId {
        let body = self.order(code, more);
        let answer = self.app.post(paths::runs(self.project)).by(&self.ann).json(&body).await.expect(201);
        answer.json()["runId"].as_str().unwrap().parse().unwrap()
    }

    pub(crate) async fn run(&self, run: RunId) -> Value {
        self.app.get(paths::run(self.project, run)).by(&self.ann).await.expect(200).json()
    }

    pub(crate) async fn log(&self, run: RunId) -> String {
        let log = self.app.get(paths::run_logs(self.project, run)).by(&self.ann).await.expect(200);
        log.json().as_str().unwrap().to_owned()
    }

    pub(crate) async fn data(&self, run: RunId) -> Value {
        self.app.get(paths::run_data(self.project, run)).by(&self.ann).await.expect(200).json()
    }

    /// Waits until the run is so.
    pub(crate) async fn until(&self, run: RunId, is_so: impl Fn(&Value) -> bool) -> Value {
        let begin = Instant::now();
        loop {
            let found = self.run(run).await;
            if is_so(&found) {
                return found;
            }
            assert!(begin.elapsed() < PATIENCE, "{found:#}\n{}", self.log(run).await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the run and its job have ended, which are read one after the other; gives it as it is then.
    pub(crate) async fn ended(&self, run: RunId) -> Value {
        let is_over = |run: &Value| run["job"]["state"] == "ended" && !run["endTime"].is_null();
        self.until(run, is_over).await
    }

    /// Waits until the run has printed this.
    pub(crate) async fn printed(&self, run: RunId, text: &str) {
        let begin = Instant::now();
        while !self.log(run).await.contains(text) {
            assert!(begin.elapsed() < PATIENCE, "{}", self.log(run).await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Why a run failed, as the console finds it.
pub(crate) fn reason(data: &Value) -> &str {
    let tags = data["tags"].as_array().unwrap();
    tags.iter().find(|tag| tag["key"] == "failure.reason").map_or("", |tag| tag["value"].as_str().unwrap())
}

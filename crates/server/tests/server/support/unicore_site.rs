//! A site of UNICORE, as this server asks it: <https://unicore-docs.readthedocs.io/en/latest/user-docs/rest-api/>.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use server::egress::HostPort;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::unicore_answers::{Malice, error, json_of, part};

/// The token that the site takes at first.
pub(crate) const TOKEN: &str = "canary-token-of-the-site";
const BASE: &str = "/SITE/rest/core";
/// As the site calls itself, which leads nowhere: links are not followed.
const OWN_NAME: &str = "https://inner.example.org/SITE/rest/core";

/// The id of somebody else's job, which is the first of all.
const STRANGER: &str = "0-stranger";

/// A site whose jobs are executed on this machine.
#[derive(Clone)]
pub(crate) struct UnicoreSite {
    pub(crate) place: HostPort,
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    serving: Arc<Mutex<Option<JoinHandle<()>>>>,
    folder: Arc<TempDir>,
}

struct State {
    token: String,
    /// The status of all answers, where the site does not answer as it should.
    broken: Option<u16>,
    /// Whether the queue stands still.
    is_held: bool,
    /// How long it takes to answer.
    delay: Duration,
    malice: Malice,
    jobs: BTreeMap<String, Job>,
    n_refused: usize,
}

#[derive(Clone)]
struct Job {
    description: Value,
    status: &'static str,
    message: String,
    exit_code: Option<i32>,
    process: Option<u32>,
    n_starts: usize,
}

impl UnicoreSite {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = State {
            token: TOKEN.to_owned(),
            broken: None,
            is_held: false,
            delay: Duration::ZERO,
            malice: Malice::None,
            jobs: BTreeMap::new(),
            n_refused: 0,
        };
        let site = Self {
            place: address.to_string().parse().unwrap(),
            address,
            state: Arc::new(Mutex::new(state)),
            serving: Arc::default(),
            folder: Arc::new(tempfile::tempdir().unwrap()),
        };
        site.serve(listener);
        site
    }

    /// The address of its REST API.
    pub(crate) fn url(&self) -> String {
        format!("http://{}{BASE}", self.place)
    }

    /// From now on nobody listens.
    pub(crate) fn go_away(&self) {
        self.serving.lock().unwrap().take().unwrap().abort();
    }

    /// It is there again.
    pub(crate) async fn come_back(&self) {
        let mut listener = TcpListener::bind(self.address).await;
        while listener.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            listener = TcpListener::bind(self.address).await;
        }
        self.serve(listener.unwrap());
    }

    /// Answers all with this status; as it should without one.
    pub(crate) fn break_with(&self, status: Option<u16>) {
        self.state().broken = status;
    }

    /// Takes this token and no other.
    pub(crate) fn accept(&self, token: &str) {
        token.clone_into(&mut self.state().token);
    }

    /// Has the queue stand still, or go on.
    pub(crate) fn hold(&self, is_held: bool) {
        self.state().is_held = is_held;
    }

    /// Takes so long for each answer.
    pub(crate) fn delay(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// Behaves so from now on.
    pub(crate) fn behave(&self, malice: Malice) {
        self.state().malice = malice;
    }

    /// Makes a job that somebody else would start, with this tag.
    pub(crate) fn add_stranger(&self, tag: &str) {
        let description = json!({"Tags": [tag], "Resources": {"Queue": "devel"}, "Environment": {}});
        self.add(STRANGER.to_owned(), description);
    }

    /// How that job is doing, and how many files it has got.
    pub(crate) fn stranger(&self) -> (&'static str, usize) {
        let n_files = std::fs::read_dir(self.folder.path().join(STRANGER)).unwrap().count();
        (self.state().jobs[STRANGER].status, n_files)
    }

    /// How many requests it refused for their credentials.
    pub(crate) fn n_refused(&self) -> usize {
        self.state().n_refused
    }

    /// The descriptions of its jobs.
    pub(crate) fn descriptions(&self) -> Vec<Value> {
        self.state().jobs.values().map(|job| job.description.clone()).collect()
    }

    /// How often jobs of the run were started.
    pub(crate) fn n_starts(&self, run: &str) -> usize {
        let is_of = |job: &&Job| job.description["Environment"]["MANTIK_RUN_ID"] == run;
        self.state().jobs.values().filter(is_of).map(|job| job.n_starts).sum()
    }

    /// Somebody ends all jobs, without this server.
    pub(crate) fn abort_all(&self) {
        let ids: Vec<String> = self.state().jobs.keys().cloned().collect();
        ids.iter().for_each(|id| self.abort(id));
    }

    /// Somebody deletes all jobs.
    pub(crate) fn delete_all(&self) {
        self.abort_all();
        self.state().jobs.clear();
    }

    /// Writes an empty file into the folder of the only job.
    pub(crate) fn write(&self, name: &str) {
        let state = self.state();
        let (id, _) = state.jobs.first_key_value().unwrap();
        std::fs::write(self.folder.path().join(id).join(name), "").unwrap();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn serve(&self, listener: TcpListener) {
        let site = self.clone();
        let answer = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let site = site.clone();
            async move {
                let delay = site.state().delay;
                tokio::time::sleep(delay).await;
                while method == Method::PUT && site.swallows(uri.path()) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                site.answer(&method, &uri, &headers, &body)
            }
        };
        let router = Router::new().fallback(answer).layer(axum::extract::DefaultBodyLimit::disable());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        *self.serving.lock().unwrap() = Some(serving);
    }

    fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Response {
        {
            let mut state = self.state();
            if let Some(status) = state.broken {
                return error(status, "The site is being maintained.");
            }
            let expected = format!("Bearer {}", state.token);
            if headers.get("authorization").is_none_or(|given| given.as_bytes() != expected.as_bytes()) {
                state.n_refused += 1;
                return error(401, "Unauthorized");
            }
        }
        let Some(path) = uri.path().strip_prefix(BASE) else { return error(404, "no such site") };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let wants_json = headers.get("accept").is_some_and(|kind| kind == "application/json");
        let malice = self.state().malice;
        match (method.as_str(), parts.as_slice()) {
            ("GET", []) => {
                json_of(&json!({"client": {"role": {"selected": "user"}, "xlogin": {"UID": "ann"}}}))
            }
            ("GET", ["factories"]) => {
                json_of(&json!({"factories": [format!("{OWN_NAME}/factories/default")]}))
            }
            ("GET", ["factories", "default"]) => {
                json_of(&json!({"resources": {"devel": {"Nodes": "1-8:1"}, "batch": {"Nodes": "1-64:1"}}}))
            }
            ("POST", ["jobs"]) => self.create(body),
            ("GET", ["jobs"]) => self.list(uri.query().unwrap_or_default()),
            ("GET", ["jobs", id]) => self.tell(id),
            ("DELETE", ["jobs", id]) => self.delete(id),
            ("POST", ["jobs", id, "actions", "start"]) => self.start(id),
            ("POST", ["jobs", id, "actions", "abort"]) => {
                self.abort(id);
                json_of(&json!({}))
            }
            ("PUT", ["storages", ..]) if malice == Malice::Lists => error(500, "The disk is full"),
            ("GET", ["storages", ..]) if malice == Malice::Prints && wants_json => {
                json_of(&json!({"isDirectory": false, "size": 1_u64 << 50}))
            }
            ("GET", ["storages", ..]) if malice == Malice::Prints => {
                (StatusCode::PARTIAL_CONTENT, "more\n").into_response()
            }
            ("PUT", ["storages", storage, "files", name]) => {
                std::fs::write(self.path(storage, name), body).unwrap();
                StatusCode::NO_CONTENT.into_response()
            }
            ("GET", ["storages", storage, "files", name]) => match std::fs::read(self.path(storage, name)) {
                Err(_) => error(404, "No such file"),
                Ok(bytes) if wants_json => json_of(&json!({"isDirectory": false, "size": bytes.len()})),
                Ok(bytes) => part(&bytes, headers),
            },
            _ => error(404, "No such resource"),
        }
    }

    /// Whether a file for this path is never taken.
    fn swallows(&self, path: &str) -> bool {
        let state = self.state();
        let is_of = |id: &str| path.contains(&format!("/{id}-uspace/"));
        let job = state.jobs.iter().find(|(id, _)| is_of(id));
        state.malice == Malice::Swallows
            && job.is_some_and(|(_, job)| job.description["Resources"]["Queue"] == "batch")
    }

    fn path(&self, storage: &str, name: &str) -> PathBuf {
        self.folder.path().join(storage.strip_suffix("-uspace").unwrap()).join(name)
    }

    fn create(&self, body: &Bytes) -> Response {
        let description: Value = serde_json::from_slice(body).unwrap();
        let queue = description["Resources"]["Queue"].as_str().unwrap();
        if !["devel", "batch"].contains(&queue) {
            return error(400, &format!("Queue <{queue}> is not available, use one of: devel, batch"));
        }
        assert_eq!(description["haveClientStageIn"], "true", "it would begin without its code");
        let id = uuid::Uuid::new_v4().to_string();
        self.add(id.clone(), description);
        let first = self.state().jobs.keys().next().unwrap().clone();
        let named = if self.state().malice == Malice::Names { first } else { id };
        (StatusCode::CREATED, [("location", format!("{OWN_NAME}/jobs/{named}"))]).into_response()
    }

    fn add(&self, id: String, description: Value) {
        std::fs::create_dir(self.folder.path().join(&id)).unwrap();
        let job = Job {
            description,
            status: "READY",
            message: String::new(),
            exit_code: None,
            process: None,
            n_starts: 0,
        };
        self.state().jobs.insert(id, job);
    }

    fn list(&self, query: &str) -> Response {
        let tag = query.split('&').find_map(|pair| pair.strip_prefix("tags=")).unwrap();
        let state = self.state();
        let has_tag = |job: &Job| {
            state.malice == Malice::Lists
                || job.description["Tags"].as_array().unwrap().iter().any(|own| own == tag)
        };
        let found = state.jobs.iter().filter(|(_, job)| has_tag(job));
        let links: Vec<String> = found.map(|(id, _)| format!("{OWN_NAME}/jobs/{id}")).collect();
        json_of(&json!({"jobs": links}))
    }

    fn tell(&self, id: &str) -> Response {
        let state = self.state();
        let Some(job) = state.jobs.get(id) else { return error(404, "No such job") };
        json_of(&json!({
            "status": job.status, "statusMessage": job.message, "exitCode": job.exit_code.map(|code| code.to_string()),
            "queue": job.description["Resources"]["Queue"], "submissionTime": "2026-05-04T12:00:00+0200",
            "consumedTime": {"main": job.exit_code.map_or("N/A", |_| "1")}, "log": ["Created", job.status],
            "tags": job.description["Tags"],
            "_links": {"workingDirectory": {"href": format!("{OWN_NAME}/storages/{id}-uspace")}},
        }))
    }

    fn delete(&self, id: &str) -> Response {
        self.abort(id);
        match self.state().jobs.remove(id) {
            Some(_) => StatusCode::NO_CONTENT.into_response(),
            None => error(404, "No such job"),
        }
    }

    fn start(&self, id: &str) -> Response {
        {
            let mut state = self.state();
            let Some(job) = state.jobs.get_mut(id) else { return error(404, "No such job") };
            if job.status != "READY" {
                return error(500, "The job was started already");
            }
            job.status = "QUEUED";
            job.n_starts += 1;
        }
        tokio::spawn(self.clone().execute(id.to_owned()));
        json_of(&json!({}))
    }

    fn abort(&self, id: &str) {
        let mut state = self.state();
        let Some(job) = state.jobs.get_mut(id) else { return };
        if ["SUCCESSFUL", "FAILED"].contains(&job.status) {
            return;
        }
        job.status = "FAILED";
        "Job was aborted by the user".clone_into(&mut job.message);
        if let Some(process) = job.process {
            let group = format!("-{process}");
            std::process::Command::new("kill").args(["-KILL", "--", &group]).status().unwrap();
        }
    }

    async fn execute(self, id: String) {
        while self.state().is_held {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let folder = self.folder.path().join(&id);
        let job = {
            let mut state = self.state();
            let Some(job) = state.jobs.get_mut(&id).filter(|job| job.status == "QUEUED") else { return };
            job.status = "RUNNING";
            job.clone()
        };
        let text = |name: &str| job.description[name].as_str().map(str::to_owned);
        if let Some(command) = text("User precommand") {
            let done =
                tokio::process::Command::new("sh").args(["-c", &command]).current_dir(&folder).status();
            assert!(done.await.unwrap().success());
        }
        let mut command = tokio::process::Command::new(text("Executable").unwrap());
        command.args(job.description["Arguments"].as_array().unwrap().iter().filter_map(Value::as_str));
        for (name, value) in job.description["Environment"].as_object().unwrap() {
            command.env(name, value.as_str().unwrap());
        }
        let errors = folder.join("stderr");
        command.current_dir(&folder).process_group(0).stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(std::fs::File::create(&errors).unwrap()).spawn().unwrap();
        if let Some(job) = self.state().jobs.get_mut(&id) {
            job.process = child.id();
        }
        let code = child.wait().await.unwrap().code();
        if code.is_some_and(|code| code != 0) {
            std::fs::write(errors, "slurmstepd: error: task failed\n").unwrap();
        }
        let mut state = self.state();
        let Some(job) = state.jobs.get_mut(&id).filter(|job| job.status == "RUNNING") else { return };
        job.process = None;
        job.exit_code = code;
        job.status = if code == Some(0) { "SUCCESSFUL" } else { "FAILED" };
        "Failed: the application exited".clone_into(&mut job.message);
    }
}

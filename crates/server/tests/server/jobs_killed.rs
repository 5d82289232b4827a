//! A server that is killed while runs are submitted and begin: each is executed once, and none is forgotten.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::UnicoreSite;
use crate::support::git_host::GitHost;
use crate::support::unicore_site::TOKEN;
use serde_json::{Value, json};

/// How many runs are submitted, each with a kill of its own; `MANTIK_TEST_KILLS` says otherwise.
const USUAL: usize = 4;
/// Within what time after the beginning of a submission the server is killed, in milliseconds.
const LATEST: u64 = 700;
const LATEST_AT_SITE: u64 = 1_800;

/// The server as a program of its own.
pub(crate) struct Server {
    program: Command,
    child: Option<Child>,
    port: u16,
    pub(crate) token: String,
}

impl Server {
    pub(crate) fn new(data: &Path, egress: &[String]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut program = Command::new(env!("CARGO_BIN_EXE_mantik-server"));
        program.args(["serve", "--local-executor", "--local-jobs", "4"]);
        program.args(["--allow-egress", &egress.join(",")]);
        program.args(["--port", &port.to_string()]).arg("--data").arg(data);
        program.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { program, child: None, port, token: String::new() }
    }

    /// Starts it; again where another program has its port for a moment, which then has nothing to do with it.
    pub(crate) fn start(&mut self) {
        for _ in 0..100 {
            let mut child = self.program.spawn().unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            if line.contains("listens") {
                // It must not wait for somebody to read its log.
                let log = child.stderr.take().unwrap();
                std::thread::spawn(move || std::io::copy(&mut BufReader::new(log), &mut std::io::sink()));
                self.child = Some(child);
                return;
            }
            let mut words = String::new();
            child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
            child.wait().unwrap();
            assert!(words.contains("cannot listen"), "{words}");
            println!("started again: {}", words.trim());
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the port is not free");
    }

    pub(crate) fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Ends it as an operator does.
    pub(crate) fn end(&mut self) {
        let mut child = self.child.take().unwrap();
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    }

    pub(crate) fn ask(&self, method: &str, path: &str, key: &str, body: &Value) -> Option<Value> {
        ask(self.port, &self.token, method, path, key, body)
    }

    /// What the server answers, if it does what it was asked.
    pub(crate) fn try_ask(&self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let (status, body) = exchange(self.port, &self.token, method, path, "", body)?;
        if status.starts_with('2') { serde_json::from_str(&body).ok() } else { None }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
        }
    }
}

/// What the server answers; `None` where it is killed over it.
fn ask(port: u16, token: &str, method: &str, path: &str, key: &str, body: &Value) -> Option<Value> {
    let (status, body) = exchange(port, token, method, path, key, body)?;
    assert!(status.starts_with('2') || status == "503", "{status} {body}");
    if status == "503" { None } else { serde_json::from_str(&body).ok() }
}

/// The status and the body of what the server answers.
fn exchange(
    port: u16,
    token: &str,
    method: &str,
    path: &str,
    key: &str,
    body: &Value,
) -> Option<(String, String)> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let mut head =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n");
    write!(head, "Connection: close\r\nContent-Length: {}\r\n", body.len()).unwrap();
    if !key.is_empty() {
        write!(head, "Idempotency-Key: {key}\r\n").unwrap();
    }
    write!(stream, "{head}Content-Type: application/json\r\n\r\n{body}").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.to_owned(), body.to_owned()))
}

pub(crate) fn command(data: &Path, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mantik-server"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_run_is_executed_once_however_often_the_server_is_killed() {
    let n_runs = std::env::var("MANTIK_TEST_KILLS").map_or(USUAL, |text| text.parse().unwrap());
    let host = GitHost::new().await;
    host.add("wine", &[("mark.sh", "echo $MANTIK_RUN_ID >> $MARKS; sleep 0.$((RANDOM % 3))\n")]);
    let (places, url) = (vec![host.place.to_string()], host.url("wine"));
    let torment = move || torment(Scene::new(&places, &url, "mark.sh"), n_runs, LATEST);
    tokio::task::spawn_blocking(torment).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_run_is_executed_once_at_a_site_however_often_the_server_is_killed() {
    let n_runs = std::env::var("MANTIK_TEST_KILLS").map_or(USUAL, |text| text.parse().unwrap());
    let (host, site) = (GitHost::new().await, UnicoreSite::new().await);
    // So that a server is killed between any two requests.
    site.delay(Duration::from_millis(60));
    host.add("wine", &[("mark.sh", "echo $MANTIK_RUN_ID >> $MARKS; sleep 0.$((RANDOM % 3))\n")]);
    let (places, url) = (vec![host.place.to_string(), site.place.to_string()], host.url("wine"));
    let asked = site.clone();
    let torment = move || {
        let mut scene = Scene::new(&places, &url, "mark.sh");
        scene.send_to(&asked.url());
        torment(scene, n_runs, LATEST_AT_SITE)
    };
    for run in tokio::task::spawn_blocking(torment).await.unwrap() {
        assert_eq!(site.n_starts(&run), 1, "{run}");
    }
}

/// A server with a project of Ann's whose code a run executes.
struct Scene {
    server: Server,
    of_project: String,
    order: Value,
    marks: PathBuf,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn new(places: &[String], url: &str, entry_point: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, marks) = (folder.path().join("data"), folder.path().join("marks"));
        let add = ["user", "add", "ann", "--email", "ann@example.org", "--password-stdin"];
        command(&data, &add, "correct horse battery\n");
        let mut server = Server::new(&data, places);
        server.token = command(&data, &["token", "create", "--user", "ann", "--name", "t"], "");
        server.start();
        let project =
            server.ask("POST", "/api/projects", "", &json!({"name": "Wine"})).unwrap()["projectId"].clone();
        let of_project = format!("/api/projects/{}", project.as_str().unwrap());
        let new = json!({"codeRepositoryName": "wine", "uri": url});
        let code =
            server.ask("POST", &format!("{of_project}/code"), "", &new).unwrap()["codeRepositoryId"].clone();
        let new = json!({"name": "first"});
        let experiment = server.ask("POST", &format!("{of_project}/experiments"), "", &new).unwrap();
        let order = json!({
            "name": "run", "experimentRepositoryId": experiment["experimentRepositoryId"], "codeRepositoryId": code,
            "branch": "main", "entryPoint": entry_point,
            "backendConfig": {"Local": {}, "Environment": {"Variables": {"MARKS": marks}}},
        });
        Self { server, of_project, order, marks, _folder: folder }
    }

    /// Has a site execute what is ordered.
    fn send_to(&mut self, url: &str) {
        let credentials = json!({"username": "ann", "password": "correct horse battery"});
        let pair = self.server.ask("POST", "/api/mantik/tokens/create", "", &credentials).unwrap();
        let client = pair["AccessToken"].as_str().unwrap();
        let user = self.server.ask("GET", "/api/session", "", &Value::Null).unwrap();
        let user = user["user"]["userId"].as_str().unwrap();
        let new = json!({
            "connectionName": "JUWELS", "connectionProvider": "UNICORE", "authMethod": "TOKEN", "token": TOKEN, "uri": url,
        });
        let path = format!("/api/users/{user}/settings/connections");
        let made = ask(self.server.port, client, "POST", &path, "", &new).unwrap();
        self.order["connectionId"] = made["connectionId"].clone();
        let config = &mut self.order["backendConfig"];
        config.as_object_mut().unwrap().remove("Local");
        config["UnicoreApiUrl"] = json!(url);
        config["Resources"] = json!({"Queue": "devel"});
    }

    fn log(&self, run: &str) -> String {
        let log = self.server.ask("GET", &format!("{}/runs/{run}/logs", self.of_project), "", &Value::Null);
        log.unwrap().as_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_on_while_the_server_is_away() {
    let host = GitHost::new().await;
    host.add("wine", &[("a.sh", "echo begun; while [ ! -e $MARKS.go ]; do sleep 0.05; done; echo $MANTIK_RUN_ID >> $MARKS; echo end\n")]);
    let (places, url) = ([host.place.to_string()], host.url("wine"));
    tokio::task::spawn_blocking(move || be_away(&places, &url)).await.unwrap();
}

fn be_away(places: &[String], url: &str) {
    for is_killed in [true, false] {
        let mut scene = Scene::new(places, url, "a.sh");
        let added =
            scene.server.ask("POST", &format!("{}/runs", scene.of_project), "", &scene.order).unwrap();
        let run = added["runId"].as_str().unwrap().to_owned();
        while !scene.log(&run).contains("begun") {
            std::thread::sleep(Duration::from_millis(50));
        }
        if is_killed {
            scene.server.kill();
        } else {
            scene.server.end();
        }
        std::fs::write(scene.marks.with_extension("go"), "").unwrap();
        let begin = Instant::now();
        while !scene.marks.exists() {
            assert!(begin.elapsed() < Duration::from_secs(60), "the run ended with the server");
            std::thread::sleep(Duration::from_millis(50));
        }
        scene.server.start();
        assert_eq!(
            outcome(&scene.server, &scene.of_project, std::slice::from_ref(&run), &scene.marks)[&run],
            1
        );
        let log = scene.log(&run);
        assert!(log.matches("begun").count() == 1 && log.ends_with("end\n"), "{log}");
    }
}

/// Kills the server over each of so many submissions, within so many milliseconds; gives the runs.
fn torment(scene: Scene, n_runs: usize, latest: u64) -> Vec<String> {
    let Scene { mut server, of_project, order: body, marks, _folder } = scene;
    let mut runs = Vec::new();
    for n in 0..n_runs {
        let (port, token, path) = (server.port, server.token.clone(), format!("{of_project}/runs"));
        let (body, key) = (body.clone(), format!("run-{n}"));
        // Whoever got no answer asks again with the same key.
        let submitting = std::thread::spawn(move || {
            loop {
                if let Some(added) = ask(port, &token, "POST", &path, &key, &body) {
                    return added["runId"].as_str().unwrap().to_owned();
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        std::thread::sleep(Duration::from_millis(rand::random_range(0..latest)));
        server.kill();
        server.start();
        runs.push(submitting.join().unwrap());
    }
    let marks = outcome(&server, &of_project, &runs, &marks);
    let double: Vec<_> = marks.iter().filter(|(_, n)| **n > 1).collect();
    let forgotten: Vec<_> = runs.iter().filter(|run| !marks.contains_key(*run)).collect();
    println!("{n_runs} kills: {} double, {} forgotten", double.len(), forgotten.len());
    assert!(double.is_empty() && forgotten.is_empty(), "double: {double:?}, forgotten: {forgotten:?}");
    runs
}

/// Waits until all runs have ended well; gives how often each was executed.
fn outcome(server: &Server, of_project: &str, runs: &[String], marks: &PathBuf) -> BTreeMap<String, usize> {
    let begin = Instant::now();
    for run in runs {
        loop {
            let found = server.ask("GET", &format!("{of_project}/runs/{run}"), "", &Value::Null).unwrap();
            if found["job"]["state"] == "ended" {
                assert_eq!(found["status"], "FINISHED", "{found:#}");
                break;
            }
            assert!(begin.elapsed() < Duration::from_secs(120), "{found:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    let mut counts = BTreeMap::new();
    for line in std::fs::read_to_string(marks).unwrap().lines() {
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    counts
}

//! The program itself: its commands, its signals and its folder.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

#[test]
fn an_empty_server_prints_how_to_set_it_up_and_answers_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let mut server = Server::start(folder.path(), &[]);
    assert!(server.greeting[1].contains("/setup?token="), "{:?}", server.greeting);
    assert!(server.get("/api/setup").contains("{\"needed\":true}"));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(server.signal("TERM"), Some(0));
}

#[test]
fn a_demonstration_prints_a_new_link_at_each_start() {
    let folder = tempfile::tempdir().unwrap();
    let links = [(); 2].map(|()| {
        let mut server = Server::start(folder.path(), &["--demo"]);
        assert_eq!(server.signal("INT"), Some(0));
        server.greeting.iter().find(|line| line.contains("/link?token=")).cloned().unwrap()
    });
    let token = |line: &str| line.rsplit_once('=').unwrap().1.to_owned();
    assert_ne!(token(&links[0]), token(&links[1]));
}

#[test]
fn what_is_kept_is_kept_for_the_servers_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Server::start(&data, &[]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&data.join("master.key"))), (0o700, 0o600));
    server.signal("TERM");
    std::fs::set_permissions(data.join("master.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = run(&data, &["serve", "--port", "0"], "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("chmod 600"), "{}", text(&refused.stderr));
}

#[test]
fn a_second_server_is_refused_with_a_status_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    let second = run(folder.path(), &["serve", "--port", "0"], "");
    assert_eq!(second.status.code(), Some(3));
    assert!(text(&second.stderr).contains("another server"), "{}", text(&second.stderr));
    server.signal("TERM");
}

#[test]
fn users_and_tokens_are_made_beside_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    let add = ["user", "add", "ann", "--email", "ann@example.org", "--password-stdin"];
    assert!(!run(folder.path(), &add, "short\n").status.success());
    assert!(run(folder.path(), &add, "correct horse battery\n").status.success());
    assert!(!run(folder.path(), &add, "correct horse battery\n").status.success(), "the name is taken");
    let create = run(folder.path(), &["token", "create", "--user", "ann", "--name", "CI"], "");
    let token = text(&create.stdout);
    assert!(token.starts_with("mtk_") && token.lines().count() == 1, "{token}");
    let answer = server.request(&format!(
        "GET /api/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}",
        token.trim()
    ));
    assert!(answer.contains("\"name\":\"ann\""), "{answer}");
    let nobody = run(folder.path(), &["token", "create", "--user", "bob", "--name", "CI"], "");
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    server.signal("TERM");
}

#[test]
fn the_schema_can_be_brought_up_to_date_alone() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        assert!(run(folder.path(), &["migrate"], "").status.success());
    }
}

#[test]
fn the_master_key_is_changed_beside_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    let names = || {
        let entries = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
        let keys = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("master."));
        let mut keys: Vec<String> = keys
            .inspect(|key| assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600))
            .map(|key| key.file_name().into_string().unwrap())
            .collect();
        keys.sort();
        keys
    };
    let rotated = run(folder.path(), &["keys", "rotate"], "");
    assert!(rotated.status.success(), "{}", text(&rotated.stderr));
    assert!(text(&rotated.stdout).contains("version 2"), "{}", text(&rotated.stdout));
    assert_eq!(names(), ["master.2.key", "master.key"]);
    let retired = run(folder.path(), &["keys", "retire"], "");
    assert!(retired.status.success(), "{}", text(&retired.stderr));
    assert_eq!(names(), ["master.2.key"]);
    assert!(run(folder.path(), &["keys", "retire"], "").status.success());
    assert!(server.get("/api/setup").contains("200 OK"));
    server.signal("TERM");
}

#[test]
fn the_log_has_a_line_for_each_request_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &["--log-format", "json"]);
    server.request("GET /api/session?secret=canary1 HTTP/1.1\r\nHost: localhost\r\nCookie: session=canary2\r\nAuthorization: Bearer canary3");
    server.signal("TERM");
    let mut log = String::new();
    server.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["fields"]["message"] == "answered").unwrap();
    assert_eq!((&line["fields"]["status"], &line["span"]["path"]), (&401.into(), &"/api/session".into()));
    assert!(!log.contains("canary"), "{log}");
}

/// A running server.
struct Server {
    child: Child,
    address: String,
    greeting: Vec<String>,
}

impl Server {
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut command = program(data, &["serve", "--port", "0"]);
        let mut child =
            command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let greeting: Vec<String> =
            BufReader::new(child.stdout.take().unwrap()).lines().take(2).map(Result::unwrap).collect();
        let address = greeting[0].rsplit_once("http://").unwrap().1.to_owned();
        Self { child, address, greeting }
    }

    fn get(&self, path: &str) -> String {
        self.request(&format!("GET {path} HTTP/1.1\r\nHost: localhost"))
    }

    fn request(&self, head: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{head}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends a signal; gives the status with which the server ends.
    fn signal(&mut self, name: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        let _ = self.child.kill();
    }
}

fn program(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mantik-server"));
    command.args(arguments).arg("--data").arg(data);
    command
}

fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = program(data, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

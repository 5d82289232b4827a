//! A host of git, as this server reads repositories from.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use server::egress::HostPort;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// A host of git on this machine. Repositories below `private/` are for those who prove who they are.
#[derive(Clone)]
pub(crate) struct GitHost {
    pub(crate) place: HostPort,
    folder: Arc<TempDir>,
}

impl GitHost {
    pub(crate) async fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap().to_string().parse().unwrap();
        let root = folder.path().to_owned();
        let answer = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| async move {
            tokio::task::spawn_blocking(move || answer(&root, &method, &uri, &headers, &body)).await.unwrap()
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Self { place, folder }
    }

    /// Where a repository is.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.place)
    }

    /// Makes a repository whose branch `main` has a commit of these files; an empty one of none.
    pub(crate) fn add(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let bare = self.folder.path().join(name);
        std::fs::create_dir_all(&bare).unwrap();
        git(&bare, &["init", "--quiet", "--bare", "--initial-branch=main", "."]);
        git(&bare, &["config", "uploadpack.allowFilter", "true"]);
        git(&bare, &["config", "uploadpack.allowAnySHA1InWant", "true"]);
        let work = self.folder.path().join(format!("{name}-work"));
        std::fs::create_dir_all(&work).unwrap();
        git(&work, &["clone", "--quiet", bare.to_str().unwrap(), "."]);
        git(&work, &["checkout", "--quiet", "-B", "main"]);
        if !files.is_empty() {
            commit(&work, "Begin", files);
        }
        work
    }
}

/// Commits files and pushes all branches and tags; gives the commit.
pub(crate) fn commit(work: &PathBuf, title: &str, files: &[(&str, &str)]) -> String {
    for (path, text) in files {
        let file = work.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        match text.strip_prefix("-> ") {
            Some(target) => std::os::unix::fs::symlink(target, file).unwrap(),
            None => std::fs::write(file, text).unwrap(),
        }
    }
    git(work, &["add", "--all"]);
    git(work, &["commit", "--quiet", "--allow-empty", "--message", title]);
    push(work);
    git(work, &["rev-parse", "HEAD"])
}

pub(crate) fn push(work: &PathBuf) {
    git(work, &["push", "--quiet", "--all", "origin"]);
    git(work, &["push", "--quiet", "--tags", "origin"]);
}

pub(crate) fn git(folder: &PathBuf, arguments: &[&str]) -> String {
    let settings = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgSign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(settings).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What `git http-backend` answers, which is a CGI program (RFC 3875).
fn answer(root: &std::path::Path, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Response {
    let header =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if uri.path().starts_with("/private/") && header("authorization").is_empty() {
        return (StatusCode::UNAUTHORIZED, [("WWW-Authenticate", "Basic")]).into_response();
    }
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("PATH_INFO", uri.path())
        .env("QUERY_STRING", uri.query().unwrap_or_default())
        .env("REQUEST_METHOD", method.as_str())
        .env("CONTENT_TYPE", header("content-type"))
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("HTTP_GIT_PROTOCOL", header("git-protocol"))
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(body).unwrap();
    let output = child.wait_with_output().unwrap().stdout;
    let end = output.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let mut response = Bytes::copy_from_slice(&output[end + 4..]).into_response();
    for line in String::from_utf8_lossy(&output[..end]).lines() {
        let (name, value) = line.split_once(": ").unwrap();
        if name == "Status" {
            *response.status_mut() = value.split(' ').next().unwrap().parse().unwrap();
        } else {
            let name: axum::http::HeaderName = name.parse().unwrap();
            response.headers_mut().insert(name, value.parse().unwrap());
        }
    }
    response
}

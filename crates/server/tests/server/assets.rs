//! The console's page and files.

use crate::support::{TestApp, on_each_database};
use std::fs;
use std::future::Future;

const PAGE: &str = "<!doctype html><title>Mantik</title>";
const SCRIPT: &str = "/static/console-1a2b3c4d5e6f7a8b.js";

#[tokio::test]
async fn each_path_that_is_no_file_shows_the_page() {
    on_console(|app| async move {
        for path in ["/", "/projects", "/projects/1/runs/2", "/tracking", "/tracking/", "/link?token=x"] {
            let answer = app.get(path).await.expect(200);
            assert_eq!(
                (answer.text().as_str(), answer.header("content-type")),
                (PAGE, "text/html; charset=utf-8"),
                "{path}"
            );
            assert_eq!(answer.header("cache-control"), "no-cache");
            assert!(
                answer.header("content-security-policy").contains("/static/ 'wasm-unsafe-eval'"),
                "{path}"
            );
        }
        app.call("HEAD".parse().unwrap(), "/projects").await.expect(200);
        app.post("/projects").await.expect(404);
        for path in ["/static/missing.js", "/missing.txt", "/api/missing", "/tracking/missing"] {
            assert!(!app.get(path).await.expect(404).text().contains("doctype"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_travels_in_the_smallest_form_that_the_browser_takes() {
    on_console(|app| async move {
        for (accepted, encoding, body) in [
            ("", "", "plain"),
            ("gzip", "gzip", "small"),
            ("gzip, br", "br", "smaller"),
            ("br;q=0", "", "plain"),
        ] {
            let answer = app.get(SCRIPT).header("accept-encoding", accepted).await.expect(200);
            assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (encoding, body));
            assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert!(answer.header("vary").contains("Accept-Encoding"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_the_browser_has_does_not_travel() {
    on_console(|app| async move {
        let first = app.get("/").await.expect(200);
        let again = app.get("/").header("if-none-match", first.header("etag")).await.expect(304);
        assert!(again.body.is_empty());
        let other = app.get(SCRIPT).await.expect(200);
        app.get("/").header("if-none-match", other.header("etag")).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    on_console(|app| async move {
        for path in [
            "/../secret.txt",
            "/static/../../secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e/secret.txt",
            "/%2e%2e%2fsecret.txt",
            "//etc/passwd.txt",
            "/static/..\u{5c}secret.txt",
            "/static/%00.txt",
            "/.git/config.txt",
            "/static/./console.txt",
            "/..;/secret.txt",
        ] {
            let Ok(_) = path.parse::<axum::http::Uri>() else { continue };
            let answer = app.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(!answer.text().contains("secret"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_without_a_console_says_how_to_build_one() {
    on_each_database(|store| async move {
        let app = TestApp::new(store, |settings| settings.dist = Some("/nonexistent".into()));
        let answer = app.get("/").await.expect(404);
        assert!(answer.text().contains("cargo xtask serve"));
    })
    .await;
}

async fn on_console<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    on_each_database(|store| async {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        fs::create_dir_all(dist.join("static")).unwrap();
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        fs::write(dist.join("index.html"), PAGE).unwrap();
        let script = dist.join(&SCRIPT[1..]).display().to_string();
        for (end, body) in [("", "plain"), (".gz", "small"), (".br", "smaller")] {
            fs::write(format!("{script}{end}"), body).unwrap();
        }
        test(TestApp::new(store, |settings| settings.dist = Some(dist))).await;
    })
    .await;
}

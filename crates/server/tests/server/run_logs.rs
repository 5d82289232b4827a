//! What runs printed: appended, read line by line, searched and downloaded.

use crate::fixture::Fixture;
use crate::support::{Person, TestApp, on_each_app, on_each_database};
use models::id::{ProjectId, RunId};
use models::paths;
use models::permission::Role;
use models::run::{LogDirection, LogLength, LogLevel, LogLines};
use serde_json::json;
use server::store::{LogWanted, StoreError};
use std::fmt::Write as _;

fn wanted(from: u64, count: u64) -> LogWanted {
    LogWanted {
        from,
        direction: LogDirection::Next,
        count,
        text: None,
        ignore_case: false,
        levels: Vec::new(),
    }
}

fn numbers(lines: &LogLines) -> Vec<u64> {
    lines.lines.iter().map(|line| line.number).collect()
}

#[tokio::test]
async fn a_repeated_call_appends_nothing() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await.id;
        let append = async |offset, text: &str| {
            fixture.store.append_run_log(fixture.project, run, offset, text.as_bytes().to_vec()).await
        };
        assert_eq!(append(Some(0), "one\ntw").await.unwrap(), LogLength { total_lines: 2, total_bytes: 6 });
        assert_eq!(append(Some(0), "one\ntw").await.unwrap().total_bytes, 6);
        assert_eq!(append(Some(4), "two\n").await.unwrap(), LogLength { total_lines: 2, total_bytes: 8 });
        assert!(matches!(append(Some(9), "x").await, Err(StoreError::Conflict(_))));
        assert!(matches!(append(Some(4), "TWO\n").await, Err(StoreError::Conflict(_))));
        assert_eq!(append(None, "three").await.unwrap(), LogLength { total_lines: 3, total_bytes: 13 });
        assert_eq!(fixture.store.run_log(fixture.project, run).await.unwrap(), "one\ntwo\nthree");
        assert_eq!(append(None, "").await.unwrap().total_bytes, 13);
    })
    .await;
}

#[tokio::test]
async fn a_line_without_end_is_broken_up_and_an_append_rewrites_little() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await.id;
        let mut printed = String::new();
        for part in ["begin\n".to_owned(), "x".repeat(40_000), "é".repeat(30_000), "y".repeat(1_000_000)] {
            fixture.append(run, &part).await;
            printed.push_str(&part);
        }
        // The open piece alone is written anew, and no piece is large.
        let sql = "SELECT MAX(n_bytes) AS most, COUNT(*) AS n FROM run_log_pieces";
        let row = fixture.store.read().await.unwrap().fetch_one(sql).await.unwrap();
        assert!(row.get::<u64>("most").unwrap() <= 128 * 1024 && row.get::<u64>("n").unwrap() > 8);
        let length = fixture.append(run, "\nthe end").await;
        printed.push_str("\nthe end");
        assert_eq!(length.total_bytes, printed.len() as u64);
        assert_eq!(fixture.store.run_log(fixture.project, run).await.unwrap(), printed);
        let end = wanted(length.total_lines, 1);
        let end = fixture.store.run_log_lines(fixture.project, run, end).await.unwrap();
        assert_eq!(end.lines[0].text, "the end");
        let offset = Some(1000);
        let again = printed.as_bytes()[1000..].to_vec();
        let again = fixture.store.append_run_log(fixture.project, run, offset, again).await.unwrap();
        assert_eq!(again, length, "a repeated call appends nothing");
    })
    .await;
}

#[tokio::test]
async fn a_log_too_long_for_one_text_is_read_by_its_link() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let run = run_of(&app, &ann, project).await;
        let part = "a line of the log\n".repeat(LogLength::MAX_WHOLE / 4 / 18);
        let append = paths::run_logs_append(project, run);
        for _ in 0..4 {
            app.post(&append).by(&ann).body("text/plain", part.clone()).await.expect(200);
        }
        let whole = app.get(paths::run_logs(project, run)).by(&ann).await.expect(200).json();
        assert_eq!(whole.as_str().unwrap().len(), 4 * part.len());
        app.post(&append).by(&ann).body("text/plain", "x".repeat(100)).await.expect(200);
        let refused = app.get(paths::run_logs(project, run)).by(&ann).await.expect(413).json();
        assert!(refused["detail"].as_str().unwrap().contains("logs/file"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_million_lines_are_read_from_anywhere_and_searched() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store).await;
        let run = fixture.run("run").await.id;
        let mut line = 0_u64;
        for _ in 0..50 {
            let mut text = String::new();
            for _ in 0..20_000 {
                line += 1;
                let level = if line.is_multiple_of(250_000) { "ERROR" } else { "INFO" };
                writeln!(text, "{level} step {line} Done").unwrap();
            }
            fixture.store.append_run_log(fixture.project, run, None, text.into_bytes()).await.unwrap();
        }
        let ask = async |wanted| fixture.store.run_log_lines(fixture.project, run, wanted).await.unwrap();
        let middle = ask(wanted(499_999, 3)).await;
        assert_eq!(middle.length.total_lines, 1_000_000);
        assert_eq!((numbers(&middle), middle.next), (vec![499_999, 500_000, 500_001], Some(500_002)));
        assert_eq!(middle.lines[1].text, "ERROR step 500000 Done");
        assert_eq!(middle.lines[1].level, Some(LogLevel::Error));
        let end = ask(wanted(999_999, 10)).await;
        assert_eq!((numbers(&end), end.next), (vec![999_999, 1_000_000], None));
        let errors = ask(LogWanted { levels: vec![LogLevel::Error], ..wanted(1, 10) }).await;
        assert_eq!(numbers(&errors), [250_000, 500_000, 750_000, 1_000_000]);
        let text = Some("STEP 777777 done".to_owned());
        let mut search = LogWanted { text, ignore_case: true, ..wanted(1, 1) };
        assert_eq!(found(&fixture, run, search.clone()).await, [777_777]);
        search.direction = LogDirection::Previous;
        search.from = 1_000_000;
        assert_eq!(found(&fixture, run, search.clone()).await, [777_777]);
        search.from = 777_776;
        assert!(found(&fixture, run, search.clone()).await.is_empty());
        search.ignore_case = false;
        search.from = 1_000_000;
        assert!(found(&fixture, run, search).await.is_empty());
    })
    .await;
}

/// Asks on until something is found or the log is at its end.
async fn found(fixture: &Fixture, run: RunId, mut wanted: LogWanted) -> Vec<u64> {
    loop {
        let answer = fixture.store.run_log_lines(fixture.project, run, wanted.clone()).await.unwrap();
        match answer.next {
            Some(next) if answer.lines.is_empty() => wanted.from = next,
            _ => return numbers(&answer),
        }
    }
}

#[tokio::test]
async fn a_log_is_appended_to_and_asked_for_over_the_api() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("ann").await;
        let project = app.project(&ann, "wine").await;
        let run = run_of(&app, &ann, project).await;

        let append = paths::run_logs_append(project, run);
        let text = "INFO begin\n10%\r20%\rERROR broken\r\nthe end";
        let first = format!("{append}?offset=0");
        let length = app.post(&first).by(&ann).body("text/plain", text).await.expect(200).json();
        assert_eq!(length, json!({"totalLines": 3, "totalBytes": text.len()}));
        app.post(format!("{append}?offset=99")).by(&ann).body("text/plain", "x").await.expect(409);
        let guest = app.member(project, "Gil", Role::Reporter).await;
        app.post(&append).by(&guest).body("text/plain", "x").await.expect(403);

        let lines = paths::run_logs_lines(project, run);
        let answer = app.get(format!("{lines}?tail=2")).by(&guest).await.expect(200).json();
        assert_eq!(answer["lines"][0], json!({"number": 2, "text": "ERROR broken", "level": "error"}));
        assert_eq!((&answer["lines"][1]["number"], &answer["next"]), (&json!(3), &json!(null)));
        app.get(format!("{lines}?count=2001")).by(&ann).await.expect(422);
        app.get(format!("{lines}?levels=loud")).by(&ann).await.expect(422);

        let search = paths::run_logs_search(project, run);
        let path = format!("{search}?text=END&ignoreCase=true&direction=previous");
        let answer = app.get(path).by(&ann).await.expect(200).json();
        assert_eq!(answer["lines"][0]["number"], 3);
        app.get(format!("{search}?text=")).by(&ann).await.expect(422);

        let link = app.get(paths::run_logs_file(project, run)).by(&guest).await.expect(200).json();
        let url = link["url"].as_str().unwrap();
        let path = url
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()))
            .unwrap();
        let file = app.get(&path).await.expect(200);
        assert!(file.header("content-disposition").starts_with("attachment"));
        assert_eq!(file.text(), text);
        app.delete(paths::project_member(project, guest.id)).by(&ann).await.expect(204);
        app.get(&path).await.expect(404);

        app.put(paths::run_logs(project, run)).by(&ann).json(&"new").await.expect(204);
        assert_eq!(app.get(paths::run_logs(project, run)).by(&ann).await.expect(200).json(), "new");
    })
    .await;
}

impl Fixture {
    async fn append(&self, run: RunId, text: &str) -> LogLength {
        self.store.append_run_log(self.project, run, None, text.as_bytes().to_vec()).await.unwrap()
    }
}

async fn run_of(app: &TestApp, by: &Person, project: ProjectId) -> RunId {
    let made = app.store().create_experiment(project, "first".to_owned(), None, Vec::new()).await.unwrap();
    let new = json!({"name": "run", "experimentRepositoryId": made.repository.experiment_repository_id});
    let path = format!("{}?submit=False", paths::runs(project));
    let added = app.post(path).by(by).json(&new).await.expect(201).json();
    added["runId"].as_str().unwrap().parse().unwrap()
}

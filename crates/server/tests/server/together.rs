//! Several questions in one request.

use crate::support::{Answer, Person, TestApp, on_each_app};
use models::paths;
use models::together::Answers;
use serde_json::{Value, json};

async fn together(app: &TestApp, by: &Person, questions: Value) -> Answer {
    app.post(paths::TOGETHER).by(by).json(&json!({"questions": questions})).await
}

fn get(path: impl AsRef<str>) -> Value {
    json!({"method": "GET", "path": path.as_ref()})
}

#[tokio::test]
async fn each_is_answered_as_if_it_were_alone() {
    on_each_app(|app: TestApp| async move {
        let (ann, ben) = (app.person("Ann").await, app.person("Ben").await);
        let project = app.project(&ann, "Rain").await;
        let search = json!({"method": "POST", "path": paths::runs_search(project), "body": "{}"});
        let questions = json!([get(paths::project(project)), search, get("/api/labels/search?pagelength=5")]);
        let answers: Answers = together(&app, &ann, questions.clone()).await.expect(200).read_as();
        let alone = [
            app.get(paths::project(project)).by(&ann).await,
            app.post(paths::runs_search(project)).by(&ann).json(&json!({})).await,
            app.get("/api/labels/search?pagelength=5").by(&ann).await,
        ];
        for (together, alone) in answers.answers.iter().zip(&alone) {
            assert_eq!((together.status, &together.body), (200, &alone.text()));
        }
        let hers: Answers = together(&app, &ben, questions).await.expect(200).read_as();
        let statuses: Vec<u16> = hers.answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, [404, 404, 200], "who is no member sees neither the project nor its runs");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_known_without_proof() {
    on_each_app(|app: TestApp| async move {
        let questions = json!({"questions": [get(paths::LABELS), get(paths::SESSION)]});
        let answers: Answers = app.post(paths::TOGETHER).json(&questions).await.expect(200).read_as();
        assert_eq!(answers.answers[0].status, 401);
        assert!(answers.answers[0].body.contains("\"code\":\"unauthenticated\""), "{answers:?}");
        assert_eq!((answers.answers[1].status, &*answers.answers[1].body), (200, "null"));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_changed_and_no_file_is_sent() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let post =
            |path: &str, body: Value| json!({"method": "POST", "path": path, "body": body.to_string()});
        let questions = json!([
            post(paths::PROJECTS, json!({"name": "Rain"})),
            post(paths::SESSION, json!({"name": "Ann", "password": "x"})),
            post(paths::TOGETHER, json!({"questions": []})),
            get(paths::EVENTS),
            get("/api/nothing"),
        ]);
        let answers: Answers = together(&app, &ann, questions).await.expect(200).read_as();
        let statuses: Vec<u16> = answers.answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, [400, 400, 404, 400, 404], "{answers:?}");
        assert_eq!(
            app.get(paths::PROJECTS).by(&ann).await.expect(200).json()["totalRecords"],
            1,
            "her own alone"
        );
    })
    .await;
}

#[tokio::test]
async fn questions_have_limits() {
    on_each_app(|app: TestApp| async move {
        let ann = app.person("Ann").await;
        let many = Value::Array(vec![get(paths::LABELS); 17]);
        let refused = together(&app, &ann, many).await.expect(422).text();
        assert!(refused.contains("at most 16"), "{refused}");
        for path in
            ["", "labels", "/tracking/api/2.0/mlflow/runs/get", "https://example.org/api/labels", "/api/ x"]
        {
            let refused = together(&app, &ann, json!([get(path)])).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"], json!(["body", "questions", "0", "path"]), "{path}");
        }
        together(&app, &ann, json!([])).await.expect(200);
        let forged = app.post(paths::TOGETHER).header("cookie", &format!("session={}", ann.cookie));
        forged.json(&json!({"questions": []})).await.expect(403);
    })
    .await;
}

//! Deployments that are asked for predictions: what their endpoints get, and what is kept.

use crate::support::{Deployed, TestApp, Upstream, on_each_database};
use models::deployment::{AskedPrediction, KeptText, PredictionOutcome};
use models::permission::Role;
use models::time::UnixMillis;
use serde_json::{Value, json};
use server::store::{NewPrediction, Store};
use std::time::Duration;

fn answer(body: &str) -> String {
    let kind = "Content-Type: application/json";
    format!("HTTP/1.1 200 OK\r\n{kind}\r\nSet-Cookie: a=b\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn app(store: Store, upstream: &Upstream) -> TestApp {
    let place = upstream.place.clone();
    TestApp::new(store, |settings| settings.allow_egress = vec![place])
}

/// The path and the body of the last request.
fn last(upstream: &Upstream) -> (String, Value) {
    let request = upstream.requests().pop().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    (path, serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn an_endpoint_is_asked_in_its_protocol() {
    on_each_database(|store| async move {
        let kserve = r#"{"model_name": "rain", "outputs": [{"name": "y", "shape": [2, 1], "datatype": "FP64", "data": [1.5, NaN]}]}"#;
        let upstream = Upstream::new(&answer(kserve)).await;
        let mode = json!({"name": "Endpoint", "values": {"protocol": "KServe v2", "modelName": "rain"}});
        let deployed = Deployed::new(app(store, &upstream), &upstream.url("/"), mode).await;
        let table = json!({"x": {"0": 1, "1": 2}, "y": {"0": "a"}});
        let got = deployed.ask(&table).await.expect(200);
        assert_eq!(got.json(), json!({"predictions": [1.5, "NaN"]}));
        assert_eq!((got.header("content-type"), got.header("set-cookie")), ("application/json", ""));
        let inputs = json!([
            {"name": "x", "shape": [2, 1], "datatype": "INT64", "data": [1, 2]},
            {"name": "y", "shape": [2, 1], "datatype": "BYTES", "data": ["a", null]},
        ]);
        let expected = json!({"inputs": inputs, "parameters": {"content_type": "pd"}});
        assert_eq!(last(&upstream), ("/v2/models/rain/infer".to_owned(), expected));
        let refused = deployed.ask(&json!({"x": {"0": 1, "1": "a"}})).await.expect(400).text();
        assert!(refused.contains("Column `x` mixes"), "{refused}");
        assert_eq!(deployed.history().await.len(), 1, "what was not sent is not kept");

        let change = |mode: Value| {
            deployed.app.put(&deployed.path).by(&deployed.ann).json(&json!({"mode": mode})).header("if-match", "*")
        };
        let unknown = json!({"name": "Endpoint", "values": {"protocol": "gRPC"}});
        assert!(change(unknown).await.expect(422).text().contains("choose one of MLflow, KServe v2"));
        change(json!({"name": "Endpoint", "values": {"protocol": "MLflow"}})).await.expect(200);
        deployed.ask(&table).await.expect(200);
        let split = json!({"columns": ["x", "y"], "data": [[1, "a"], [2, null]]});
        assert_eq!(last(&upstream), ("/invocations".to_owned(), json!({"dataframe_split": split})));
        change(Value::Null).await.expect(200);
        deployed.ask(&table).await.expect(200);
        assert_eq!(last(&upstream), ("/".to_owned(), table));
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_is_kept_and_told_to_those_who_may_ask() {
    on_each_database(|store| async move {
        let upstream = Upstream::new(&answer(r#"{"predictions":[0.25]}"#)).await;
        let deployed =
            Deployed::new(app(store, &upstream), &upstream.url("/score?key=sesame"), Value::Null).await;
        assert!(deployed.history().await.is_empty());
        let asked = json!({"x": {"0": "Grüße"}});
        deployed.ask(&asked).await.expect(200);
        let bob = deployed.app.member(deployed.project, "Bob", Role::Reporter).await;
        deployed
            .app
            .post(format!("{}/predict", deployed.path))
            .by(&bob)
            .json(&json!({"y": {"0": 2}}))
            .await
            .expect(200);
        let history = deployed.history().await;
        let [second, first] = &*history else { panic!("{history:?}") };
        assert_eq!((&second["user"]["name"], &first["user"]["name"]), (&json!("Bob"), &json!("Ann")));
        assert_eq!((&first["outcome"], &first["isScheduled"]), (&json!("ANSWERED"), &json!(false)));
        assert_eq!(first["requestStart"], asked.to_string());
        assert!(first["duration"].as_u64().unwrap() < 60_000 && first["askedAt"].as_i64().unwrap() > 0);
        let kept = deployed.kept(&first["predictionId"]).await;
        assert_eq!(kept["request"], json!({"text": asked.to_string(), "size": asked.to_string().len()}));
        assert_eq!(kept["answer"]["text"], r#"{"predictions":[0.25]}"#);
        assert!(!kept.to_string().contains("sesame"), "{kept}");
        assert!(!kept.to_string().contains(&deployed.ann.cookie), "{kept}");

        let page = format!("{}/predictions?startindex=1&pagelength=1", deployed.path);
        let page = deployed.app.get(page).by(&bob).await.expect(200).json();
        assert_eq!((&page["totalRecords"], &page["predictions"][0]), (&json!(2), first));
        let guest = deployed.app.member(deployed.project, "Gil", Role::Guest).await;
        let one = format!("{}/predictions/{}", deployed.path, first["predictionId"].as_str().unwrap());
        for path in [format!("{}/predictions", deployed.path), one.clone()] {
            deployed.app.get(path).by(&guest).await.expect(403);
        }
        deployed.app.delete(&deployed.path).by(&deployed.ann).await.expect(204);
        deployed.app.get(one).by(&deployed.ann).await.expect(404);
        let sql = "SELECT COUNT(*) AS n FROM predictions";
        let row = deployed.app.store().read().await.unwrap().fetch_one(sql).await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 0, "they went with their deployment");
    })
    .await;
}

#[tokio::test]
async fn a_long_request_and_answer_are_cut_and_say_so() {
    on_each_database(|store| async move {
        let long = format!(r#"{{"predictions":["{}"]}}"#, "ü".repeat(50_000));
        let upstream = Upstream::new(&answer(&long)).await;
        let deployed = Deployed::new(app(store, &upstream), &upstream.url("/"), Value::Null).await;
        let asked = json!({"x": {"0": "é".repeat(100_000)}});
        deployed.ask(&asked).await.expect(200);
        let listed = deployed.history().await.pop().unwrap();
        assert_eq!(listed["requestStart"].as_str().unwrap().chars().count(), AskedPrediction::START);
        let kept = deployed.kept(&listed["predictionId"]).await;
        for (what, whole) in [("request", asked.to_string()), ("answer", long)] {
            let text = kept[what]["text"].as_str().unwrap();
            assert!(whole.starts_with(text) && (KeptText::MAX - 2..=KeptText::MAX).contains(&text.len()));
            assert_eq!(kept[what]["size"], whole.len());
        }
        let too_long = json!({"x": {"0": "x".repeat(10 * 1024 * 1024)}});
        deployed.ask(&too_long).await.expect(413);
        let too_many = format!(r#"{{"inputs":[{}0]}}"#, "0,".repeat(2_000_001));
        let path = format!("{}/predict", deployed.path);
        let refused = deployed.app.post(path).by(&deployed.ann).body("application/json", too_many).await;
        assert!(refused.expect(400).text().contains("fewer rows"));
        assert_eq!(deployed.history().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn only_the_newest_are_kept() {
    on_each_database(|store| async move {
        let upstream = Upstream::with_status(503).await;
        let deployed = Deployed::new(app(store, &upstream), &upstream.url("/"), Value::Null).await;
        let told = deployed.ask(&json!({"x": {"0": 1}})).await.expect(424).text();
        assert!(told.contains("status 503"), "{told}");
        let failed = deployed.history().await.pop().unwrap();
        assert_eq!(failed["outcome"], "FAILED");
        assert!(failed["answerStart"].as_str().unwrap().contains("status 503"));
        let id = deployed.path.rsplit('/').next().unwrap().parse().unwrap();
        let new = |number: u64| NewPrediction {
            user: deployed.ann.id,
            is_scheduled: true,
            at: UnixMillis(i64::MAX - 1000 + i64::try_from(number).unwrap()),
            duration: Duration::from_millis(number),
            outcome: PredictionOutcome::Answered,
            request: KeptText::of(number.to_string()),
            answer: KeptText::of("{}".to_owned()),
        };
        for number in 0..=AskedPrediction::KEPT {
            deployed.app.store().keep_prediction(deployed.project, id, new(number)).await.unwrap();
        }
        let path = format!("{}/predictions?pagelength=200", deployed.path);
        let page = deployed.app.get(path).by(&deployed.ann).await.expect(200).json();
        assert_eq!(page["totalRecords"], AskedPrediction::KEPT);
        let all = page["predictions"].as_array().unwrap();
        assert_eq!((&all[0]["requestStart"], &all[199]["requestStart"]), (&json!("200"), &json!("1")));
    })
    .await;
}

//! Schedules over the REST API, and what becomes of their times.

use crate::support::{Answer, Call, Person, TestApp, connection, on_each_app, on_two_servers};
use models::id::{ProjectId, ScheduleId};
use models::paths;
use models::permission::Role;
use models::time::UnixMillis;
use serde_json::{Value, json};
use server::clock;
use server::services::{keep_schedules, run_due_schedules};
use server::store::{Sql, Store};
use std::time::Duration;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A project of Ann's with an experiment, and what a run of it asks for.
struct Lab {
    app: TestApp,
    ann: Person,
    project: ProjectId,
    request: Value,
}

impl Lab {
    async fn new(app: TestApp) -> Self {
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Weather").await;
        let made = app.post(paths::experiments(project)).by(&ann).json(&json!({"name": "Tuning"})).await;
        let experiment = made.expect(201).json()["experimentRepositoryId"].clone();
        let request = json!({"name": "nightly", "experimentRepositoryId": experiment, "entryPoint": "train",
            "mlflowParameters": {"alpha": 0.1}});
        Self { app, ann, project, request }
    }

    fn new_schedule(&self, cron: &str) -> Value {
        json!({"name": "Nightly", "request": self.request, "cronString": cron, "timeZone": "Europe/Berlin"})
    }

    fn create(&self, by: &Person, body: &Value) -> Call {
        self.app.post(paths::schedules(self.project)).by(by).json(body)
    }

    async fn made(&self, cron: &str, changes: Value) -> Value {
        let body = connection::with(self.new_schedule(cron), changes);
        self.create(&self.ann, &body).await.expect(201).json()
    }

    fn change(&self, by: &Person, schedule: &Value, patch: &Value) -> Call {
        let version = schedule["version"].as_i64().unwrap();
        self.app.put(paths::schedule(self.project, id(schedule))).by(by).if_match(version).json(patch)
    }

    async fn shown(&self, schedule: &Value) -> Value {
        self.app.get(paths::schedule(self.project, id(schedule))).by(&self.ann).await.expect(200).json()
    }

    async fn fires(&self, schedule: &Value) -> Vec<Value> {
        let path = paths::schedule_fires(self.project, id(schedule));
        let page = self.app.get(path).by(&self.ann).await.expect(200).json();
        let fires = page["fires"].as_array().unwrap().clone();
        assert_eq!(page["totalRecords"], json!(fires.len()));
        fires
    }

    async fn runs(&self) -> Vec<Value> {
        let page = self.app.get(paths::runs(self.project)).by(&self.ann).await.expect(200).json();
        page["runs"].as_array().unwrap().clone()
    }

    /// What the server does when its clock shows this time.
    async fn act(&self, now: i64) -> usize {
        run_due_schedules(self.app.state(), UnixMillis(now)).await.unwrap()
    }
}

fn id(schedule: &Value) -> ScheduleId {
    schedule["scheduleId"].as_str().unwrap().parse().unwrap()
}

fn next(schedule: &Value) -> i64 {
    schedule["nextTimes"][0].as_i64().unwrap()
}

#[track_caller]
fn field(refused: &Answer) -> String {
    let refused = refused.json();
    let place = refused["detail"][0]["loc"].as_array().unwrap()[1..].iter();
    place.map(|part| part.as_str().unwrap()).collect::<Vec<_>>().join(".")
}

async fn set_next(store: &Store, schedule: &Value, at: i64) {
    let sql =
        Sql::new("UPDATE schedules SET next_due_at = $1 WHERE schedule_id = $2").with(at).with(id(schedule));
    store.write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}

#[tokio::test]
async fn a_schedule_is_made_shown_changed_paused_and_deleted() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let made = lab.made("0 2 * * 1", json!({})).await;
        assert_eq!(made["sentence"], "At 02:00 every Monday, Europe/Berlin");
        assert_eq!(made["user"], json!({"userId": lab.ann.id, "name": "Ann"}));
        assert_eq!((&made["request"]["entryPoint"], &made["missedTimes"]), (&json!("train"), &json!("SKIP")));
        let times: Vec<i64> =
            made["nextTimes"].as_array().unwrap().iter().map(|at| at.as_i64().unwrap()).collect();
        assert!(times.len() == 5 && times.is_sorted() && times[0] > clock::now().0, "{times:?}");
        let read = lab.app.get(paths::schedule(lab.project, id(&made))).by(&lab.ann).await.expect(200);
        assert_eq!((read.header("etag"), read.json()), ("\"v1\"", made.clone()));
        let patch = json!({"cronString": "30 3 * * *", "timeZone": "UTC", "missedTimes": "ONCE"});
        let changed = lab.change(&lab.ann, &made, &patch).await.expect(200).json();
        assert_eq!(
            (&changed["sentence"], &changed["version"]),
            (&json!("At 03:30 every day, UTC"), &json!(2))
        );
        let stale = lab.change(&lab.ann, &made, &json!({"name": "x"})).await.expect(412).json();
        assert_eq!(stale["version"], json!(2));
        let paused = lab.change(&lab.ann, &changed, &json!({"paused": true})).await.expect(200).json();
        assert_eq!((&paused["paused"], &paused["nextTimes"]), (&json!(true), &json!([])));
        let listed = lab.app.get(paths::schedules(lab.project)).by(&lab.ann).await.expect(200).json();
        assert_eq!((&listed["totalRecords"], &listed["schedules"][0]), (&json!(1), &paused));
        let path = paths::schedule(lab.project, id(&made));
        lab.app.delete(&path).by(&lab.ann).await.expect(428);
        lab.app.delete(&path).by(&lab.ann).if_match(1).await.expect(412);
        lab.app.delete(&path).by(&lab.ann).if_match(3).await.expect(204);
        lab.app.get(&path).by(&lab.ann).await.expect(404);
        lab.app.get(paths::schedule_fires(lab.project, id(&made))).by(&lab.ann).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_its_field() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let ben = lab.app.member(lab.project, "Ben", Role::Researcher).await;
        let foreign = connection::create(&lab.app, &ben, &connection::code()).await;
        let elsewhere = lab.app.project(&lab.ann, "Other").await;
        let with = |changes: Value| connection::with(lab.new_schedule("0 2 * * *"), changes);
        let request =
            |changes: Value| with(json!({"request": connection::with(lab.request.clone(), changes)}));
        for (body, expected) in [
            (with(json!({"cronString": "0 25 * * *"})), "cronString"),
            (with(json!({"cronString": "0 0 31 2 *"})), "cronString"),
            (with(json!({"timeZone": "Europe/Atlantis"})), "timeZone"),
            (with(json!({"missedTimes": "ALL"})), "missedTimes"),
            (with(json!({"name": " "})), "name"),
            (request(json!({"experimentRepositoryId": uuid::Uuid::nil()})), "request.experimentRepositoryId"),
            (request(json!({"connectionId": foreign})), "request.connectionId"),
        ] {
            let refused = lab.create(&lab.ann, &body).await.expect(422);
            assert_eq!(field(&refused), expected, "{}", refused.json());
        }
        lab.app.post(paths::schedules(elsewhere)).by(&lab.ann).json(&with(json!({}))).await.expect(422);
        let made = lab.made("0 2 * * *", json!({})).await;
        let refused = lab.change(&lab.ann, &made, &json!({"cronString": "0 2 * * 8"})).await.expect(422);
        assert!(refused.json().to_string().contains("day of the week"), "{}", refused.json());
        let preview = |cron: &str, zone: &str| {
            let body = json!({"cronString": cron, "timeZone": zone});
            lab.app.post(paths::schedules_preview(lab.project)).by(&lab.ann).json(&body)
        };
        let told = preview("0 2 * * *", "Europe/Berlin").await.expect(200).json();
        assert_eq!((&told["sentence"], &told["nextTimes"]), (&made["sentence"], &made["nextTimes"]));
        assert_eq!(field(&preview("0 2 * * x", "UTC").await.expect(422)), "cronString");
        assert_eq!(field(&preview("0 2 * * *", "x").await.expect(422)), "timeZone");
    })
    .await;
}

#[tokio::test]
async fn the_same_request_makes_one_schedule() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let send = |name: &str| {
            let body = connection::with(lab.new_schedule("0 2 * * *"), json!({"name": name}));
            lab.create(&lab.ann, &body).header("idempotency-key", "k")
        };
        let first = send("Nightly").await.expect(201).json();
        assert_eq!(send("Nightly").await.expect(201).json(), first);
        send("Other").await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_time_makes_one_run_however_many_try() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let made = lab.made("0 * * * *", json!({})).await;
        let due = next(&made);
        assert_eq!(lab.act(due - 1).await, 0);
        let (one, two, three) = tokio::join!(lab.act(due), lab.act(due + 10), lab.act(due + 20));
        assert_eq!(one + two + three, 1);
        let runs = lab.runs().await;
        assert_eq!(
            (runs.len(), &runs[0]["name"], &runs[0]["status"]),
            (1, &json!("nightly"), &json!("SCHEDULED"))
        );
        let fires = lab.fires(&made).await;
        assert_eq!(
            (fires.len(), &fires[0]["dueAt"], &fires[0]["outcome"]),
            (1, &json!(due), &json!("STARTED"))
        );
        assert_eq!(
            fires[0]["run"],
            json!({"runId": runs[0]["runId"], "name": "nightly", "status": "SCHEDULED"})
        );
        assert_eq!(lab.shown(&made).await["lastFire"], fires[0]);
        // Another start of the server over the same database.
        let again = TestApp::new(lab.app.store().clone(), |_| ());
        assert_eq!(run_due_schedules(again.state(), UnixMillis(due + 100)).await.unwrap(), 0);
        assert_eq!(run_due_schedules(again.state(), UnixMillis(due + HOUR)).await.unwrap(), 1);
        // Nor does a clock that was put back do anything twice.
        set_next(lab.app.store(), &made, due).await;
        assert_eq!(lab.act(due + 200).await, 0);
        assert_eq!(lab.runs().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn of_two_servers_one_acts() {
    on_two_servers(|here, there| async move {
        let lab = Lab::new(TestApp::new(here, |_| ())).await;
        let other = TestApp::new(there, |_| ());
        let mut due = 0;
        for n in 0..10 {
            due = due.max(next(&lab.made("0 * * * *", json!({"name": format!("N{n}")})).await));
        }
        for round in 1..=3 {
            let now = UnixMillis(due + HOUR * (round - 1));
            let (ours, theirs) =
                tokio::join!(run_due_schedules(lab.app.state(), now), run_due_schedules(other.state(), now));
            assert_eq!(ours.unwrap() + theirs.unwrap(), 10);
            assert_eq!(lab.runs().await.len(), 10 * usize::try_from(round).unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn missed_times_are_passed_over_or_made_up_for_once() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let skipping = lab.made("0 * * * *", json!({})).await;
        let catching = lab.made("0 * * * *", json!({"missedTimes": "ONCE", "name": "Catching"})).await;
        let due = next(&skipping);
        lab.act(due + 3 * HOUR + 20 * MINUTE).await;
        assert_eq!(lab.runs().await.len(), 1);
        let fires = lab.fires(&skipping).await;
        assert_eq!(
            (fires.len(), &fires[0]["outcome"], &fires[0]["run"]),
            (1, &json!("SKIPPED"), &Value::Null)
        );
        assert_eq!(fires[0]["message"], "4 times passed while no server ran.");
        let fires = lab.fires(&catching).await;
        assert_eq!(
            (fires.len(), &fires[0]["outcome"], &fires[0]["dueAt"]),
            (1, &json!("STARTED"), &json!(due))
        );
        assert_eq!(fires[0]["message"], "4 times passed while no server ran; this makes up for it.");
        lab.act(due + 4 * HOUR).await;
        assert_eq!(lab.runs().await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_rests_does_nothing_and_resumes_with_the_times_to_come() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let made = lab.made("0 * * * *", json!({"missedTimes": "ONCE"})).await;
        let due = next(&made);
        let paused = lab.change(&lab.ann, &made, &json!({"paused": true})).await.expect(200).json();
        assert_eq!(lab.act(due + 10 * HOUR).await, 0);
        let resumed = lab.change(&lab.ann, &paused, &json!({"paused": false})).await.expect(200).json();
        assert!(next(&resumed) > clock::now().0);
        assert!(lab.runs().await.is_empty() && lab.fires(&made).await.is_empty());
        assert_eq!(lab.act(next(&resumed)).await, 1);
    })
    .await;
}

#[tokio::test]
async fn it_rests_once_its_maker_may_not_start_runs_any_more() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let ben = lab.app.member(lab.project, "Ben", Role::Researcher).await;
        let made = lab.create(&ben, &lab.new_schedule("0 * * * *")).await.expect(201).json();
        lab.app.store().set_member(lab.project, ben.id, Role::Reporter).await.unwrap();
        lab.act(next(&made)).await;
        assert!(lab.runs().await.is_empty());
        let resting = lab.shown(&made).await;
        assert_eq!((&resting["paused"], &resting["nextTimes"]), (&json!(true), &json!([])));
        assert!(
            resting["problem"].as_str().unwrap().contains("in the name of Ben"),
            "{}",
            resting["problem"]
        );
        assert_eq!(resting["lastFire"]["outcome"], "REFUSED");
        lab.change(&ben, &resting, &json!({"paused": false})).await.expect(403);
        let resumed = lab.change(&lab.ann, &resting, &json!({"paused": false})).await.expect(200).json();
        assert_eq!((&resumed["user"]["name"], &resumed["problem"]), (&json!("Ann"), &Value::Null));
        assert_eq!(lab.act(next(&resumed) + HOUR).await, 1);
        let runs = lab.runs().await;
        assert_eq!((runs.len(), &runs[0]["user"]["name"]), (1, &json!("Ann")));
    })
    .await;
}

#[tokio::test]
async fn it_rests_once_what_it_needs_is_gone() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let code =
            json!({"codeRepositoryName": "Code", "uri": "https://example.org/code", "platform": "GitHub"});
        let code = lab.app.post(paths::code(lab.project)).by(&lab.ann).json(&code).await.expect(201).json();
        let request =
            connection::with(lab.request.clone(), json!({"codeRepositoryId": code["codeRepositoryId"]}));
        let made = lab.made("0 * * * *", json!({"request": request})).await;
        let path = format!("{}/{}", paths::code(lab.project), code["codeRepositoryId"].as_str().unwrap());
        lab.app.delete(path).by(&lab.ann).await.expect(204);
        lab.act(next(&made)).await;
        assert!(lab.runs().await.is_empty(), "nothing of what failed is left");
        let resting = lab.shown(&made).await;
        assert_eq!(resting["problem"], "choose a code repository of this project");
        assert_eq!(lab.fires(&made).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_says_anew_what_is_done_has_it_done_in_her_name() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let ben = lab.app.member(lab.project, "Ben", Role::Researcher).await;
        let own = connection::create(&lab.app, &lab.ann, &connection::code()).await;
        let request = connection::with(lab.request.clone(), json!({"connectionId": own}));
        let made = lab.made("0 * * * *", json!({"request": request})).await;
        let renamed =
            lab.change(&ben, &made, &json!({"name": "Ours", "paused": true})).await.expect(200).json();
        assert_eq!(renamed["user"]["name"], "Ann");
        let refused = lab.change(&ben, &renamed, &json!({"paused": false})).await.expect(422);
        assert_eq!(field(&refused), "request.connectionId", "with her connection it is hers");
        let patch = json!({"request": lab.request, "cronString": "30 * * * *"});
        let taken = lab.change(&ben, &renamed, &patch).await.expect(200).json();
        assert_eq!(taken["user"]["name"], "Ben");
    })
    .await;
}

#[tokio::test]
async fn it_is_done_now_in_the_name_of_who_asks() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let ben = lab.app.member(lab.project, "Ben", Role::Researcher).await;
        let made = lab.made("0 2 * * *", json!({"paused": true})).await;
        let path = paths::schedule_run(lab.project, id(&made));
        let send = || lab.app.post(&path).by(&ben).header("idempotency-key", "k");
        let fire = send().await.expect(201).json();
        assert_eq!((&fire["isManual"], &fire["outcome"]), (&json!(true), &json!("STARTED")));
        assert_eq!(send().await.expect(201).json(), fire);
        let runs = lab.runs().await;
        assert_eq!((runs.len(), &runs[0]["user"]["name"]), (1, &json!("Ben")));
        let shown = lab.shown(&made).await;
        assert_eq!((&shown["version"], &shown["user"]["name"]), (&json!(1), &json!("Ann")));
        let own = connection::create(&lab.app, &lab.ann, &connection::code()).await;
        let request = connection::with(lab.request.clone(), json!({"connectionId": own}));
        let hers = lab.made("0 2 * * *", json!({"request": request, "name": "Hers"})).await;
        lab.app.post(paths::schedule_run(lab.project, id(&hers))).by(&ben).await.expect(422);
        assert!(lab.fires(&hers).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_server_waits_for_the_times_and_ends_when_it_is_told() {
    on_each_app(|app: TestApp| async move {
        let lab = Lab::new(app).await;
        let keeper = tokio::spawn(keep_schedules(lab.app.state().clone()));
        let made = lab.made("0 2 * * *", json!({})).await;
        set_next(lab.app.store(), &made, clock::now().0 + 200).await;
        // That something has changed wakes it.
        lab.change(&lab.ann, &made, &json!({"name": "Soon"})).await.expect(200);
        tokio::time::timeout(Duration::from_secs(20), async {
            while lab.runs().await.is_empty() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        })
        .await
        .unwrap();
        lab.app.state().shutdown().cancel();
        tokio::time::timeout(Duration::from_secs(5), keeper).await.unwrap().unwrap();
    })
    .await;
}

//! Deployments that the server serves itself, over the REST API.
#![cfg(target_os = "linux")]

use crate::served::{PLAY, Serving, is_alive, start, until};
use crate::support::wheel::wheel;
use crate::support::{TestApp, on_each_database, on_two_servers};
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};
use server::store::ArtifactRecord;

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_served_asked_changed_and_stopped() {
    on_each_database(|store| async {
        let scene = Serving::new(store, Some(4)).await;
        let id = scene.deploy(&scene.model("serve").await, scene.mode(json!({"workers": 2}))).await;
        assert_eq!(scene.shown(id).await["status"], "CREATED");
        let asked = json!({"dataframe_split": {"columns": ["x"], "data": [[1.5]]}});
        let early = scene.app.post(paths::deployment_predict(scene.project, id)).by(&scene.ann);
        early.json(&asked).await.expect(409);
        assert_eq!(scene.start(id).await["status"], "DEPLOYING");
        scene.start(id).await;
        let shown = scene.reaches(id, "RUNNING").await;
        assert!(
            shown["serving"]["readyAt"].is_i64() && shown["serving"]["needsRestart"] == false,
            "{shown:#}"
        );
        assert_eq!(shown["endpointUri"], Value::Null, "nobody learns the port");
        let first = scene.predict(id, asked.clone()).await;
        assert_eq!((&first["predictions"], &first["path"]), (&asked, &json!("/invocations")));
        let log = scene.log(id).await;
        assert!(log.contains(&"playing serve with 2 workers".to_owned()), "{log:?}");

        let change = |body: Value| {
            let path = paths::deployment(scene.project, id);
            scene.app.put(path).by(&scene.ann).header("if-match", "*").json(&body)
        };
        let changed = change(json!({"mode": scene.mode(json!({"workers": 1}))})).await.expect(200).json();
        assert_eq!(changed["serving"]["needsRestart"], true, "{changed:#}");
        assert_eq!(scene.predict(id, asked.clone()).await["pid"], first["pid"], "it answers as before");
        change(json!({"mode": null})).await.expect(409);
        change(json!({"status": "STOPPED"})).await.expect(422);
        change(json!({"endpointUri": "https://example.org/"})).await.expect(422);

        scene.stop(id).await;
        scene.stop(id).await;
        let shown = scene.reaches(id, "STOPPED").await;
        assert_eq!(shown["serving"]["isStopping"], false);
        assert!(!is_alive(&first["pid"]) && !is_alive(&first["child"]), "the whole group ends: {first}");
        let late = scene.app.post(paths::deployment_predict(scene.project, id)).by(&scene.ann);
        late.json(&asked).await.expect(409);
        let told: Vec<_> = scene.history(id).await.into_iter().rev().collect();
        let states: Vec<_> = told.iter().map(|event| (&event["status"], &event["person"])).collect();
        let (ann, nobody) = (json!("Ann"), Value::Null);
        let expected = [
            ("CREATED", &ann),
            ("DEPLOYING", &ann),
            ("RUNNING", &nobody),
            ("RUNNING", &ann),
            ("STOPPED", &nobody),
        ];
        assert_eq!(
            states,
            expected.map(|(state, person)| (json!(state), person)).each_ref().map(|(a, b)| (a, *b))
        );
        scene.start(id).await;
        scene.reaches(id, "RUNNING").await;
        let second = scene.predict(id, asked.clone()).await;
        assert_ne!(second["pid"], first["pid"]);
        // Whoever asks for the end and for a start right after it gets another process.
        scene.stop(id).await;
        assert_eq!(scene.start(id).await["status"], "DEPLOYING");
        scene.reaches(id, "RUNNING").await;
        assert_ne!(scene.predict(id, asked).await["pid"], second["pid"]);
        assert!(!is_alive(&second["pid"]));
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_by_itself_is_started_again_and_given_up_in_the_end() {
    on_each_database(|store| async {
        let scene = Serving::new(store, Some(4)).await;
        let (model, mode) = (scene.model("crash").await, scene.mode(json!({})));
        let id = scene.deploy(&model, mode.clone()).await;
        let living = scene.deploy(&scene.model("serve").await, mode).await;
        scene.start(living).await;
        scene.start(id).await;
        scene.reaches(living, "RUNNING").await;
        let before = scene.predict(living, json!({"die": true})).await;
        scene.reaches(living, "DEPLOYING").await;
        scene.reaches(living, "RUNNING").await;
        let after = scene.predict(living, json!({})).await;
        assert_ne!(before["pid"], after["pid"]);
        assert!(!is_alive(&before["child"]), "what it started ends with it");
        assert!(scene.history(living).await[1]["reason"].as_str().unwrap().contains("exit code 9"));

        let shown = scene.reaches(id, "FAILED").await;
        let reason = shown["serving"]["reason"].as_str().unwrap();
        assert!(reason.contains("exit code 3") && reason.contains("5 times"), "{reason}");
        assert!(reason.ends_with("ERROR no wine left [31m"), "the last lines follow: {reason}");
        let told = scene.history(id).await;
        let times: Vec<i64> = told.iter().rev().map(|event| event["at"].as_i64().unwrap()).collect();
        let again = told
            .iter()
            .filter(|event| event["reason"].as_str().is_some_and(|why| why.contains("started again after")));
        assert_eq!(again.count(), 4, "{told:#?}");
        // Made, started, then each end; between them the waits, each twice as long.
        let waits: Vec<i64> = times[2..].windows(2).map(|pair| pair[1] - pair[0]).collect();
        let least = [1_000, 2_000, 4_000, 8_000];
        assert!(waits.iter().zip(least).all(|(wait, least)| *wait >= least), "{waits:?}");
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_answer_fails_with_the_reason() {
    on_each_database(|store| async {
        let scene = Serving::new(store, Some(4)).await;
        let silent = scene.deploy(&scene.model("silent").await, scene.mode(json!({"startSeconds": 2}))).await;
        let nowhere = scene.mode(json!({"path": "/nowhere"}));
        let missing = scene.deploy(&scene.model("serve").await, nowhere).await;
        let bare = scene.model_of("bare", &[("MLmodel", "x")]).await;
        let bare = scene.deploy(&bare, json!({"name": "Local"})).await;
        for (id, expected) in [
            (silent, "did not answer within 2 seconds"),
            (missing, "no virtual environment at /nowhere"),
            (bare, "neither python_env.yaml nor requirements.txt"),
        ] {
            scene.start(id).await;
            let reason = scene.reaches(id, "FAILED").await["serving"]["reason"].clone();
            assert!(reason.as_str().unwrap().contains(expected), "{reason}");
        }
        let empty = scene
            .deploy(&scene.model_of("empty", &[("plot.png", "x")]).await, json!({"name": "Local"}))
            .await;
        let refused = scene.app.post(paths::deployment_start(scene.project, empty)).by(&scene.ann).await;
        assert!(refused.expect(409).text().contains("MLmodel"));
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_model_needs_is_installed() {
    on_each_database(|store| async {
        let scene = Serving::new(store, Some(1)).await;
        // It is begun as the module of a package here.
        let play = format!("import sys\nsys.argv[1:1] = ['-m', 'mlflow']\n{PLAY}");
        let name = "mlflow-9.0-py3-none-any.whl";
        let artifacts = vec![
            scene.artifact("MLmodel", "flavors: {}").await,
            scene.artifact("behaviour", "serve").await,
            scene.artifact("requirements.txt", format!("--no-index\n./{name}\n")).await,
            scene.artifact(name, wheel("mlflow", "mlflow/__main__.py", &play)).await,
        ];
        let model = scene.model_with("needy", artifacts).await;
        let id = scene.deploy(&model, json!({"name": "Local"})).await;
        scene.start(id).await;
        scene.reaches(id, "RUNNING").await;
        assert_eq!(scene.predict(id, json!({})).await["path"], "/invocations");
        let log = scene.log(id).await;
        assert!(log.iter().any(|line| line.contains("Successfully installed mlflow-9.0")), "{log:?}");
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_of_too_much_is_refused_with_what_to_do() {
    on_each_database(|store| async {
        let scene = Serving::new(store, Some(1)).await;
        let artifact = |path: String, size| ArtifactRecord { path, sha256: vec![7; 32], size };
        let other = (0..2_001).map(|number| artifact(format!("plots/{number}.png"), 30_000_000_000));
        let many: Vec<_> = other.chain([artifact("model/MLmodel".to_owned(), 1)]).collect();
        let mut inside = many.clone();
        inside.push(artifact("plots/MLmodel".to_owned(), 1));
        inside.remove(2_001);
        let large = vec![artifact("MLmodel".to_owned(), 1), artifact("weights".to_owned(), 21_000_000_000)];
        for (name, artifacts, expected) in [
            ("beside", many, None),
            ("inside", inside, Some("has more than 2000 files. Log the model into a folder of its own")),
            ("large", large, Some("have 21 GB, and this server serves models of at most 20 GB")),
        ] {
            let model = scene.model_with(name, artifacts).await;
            let id = scene.deploy(&model, scene.mode(json!({}))).await;
            let answer = scene.app.post(paths::deployment_start(scene.project, id)).by(&scene.ann).await;
            match expected {
                None => {
                    answer.expect(200);
                    scene.stop(id).await;
                }
                Some(expected) => {
                    let told = answer.expect(409).text();
                    assert!(told.contains(expected), "{told}");
                }
            }
        }
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_ends() {
    on_each_database(|store| async {
        let scene = Serving::new(store, Some(1)).await;
        let id = scene.deploy(&scene.model("serve").await, scene.mode(json!({}))).await;
        let other = scene.deploy(&scene.model("crash").await, scene.mode(json!({}))).await;
        scene.start(id).await;
        scene.reaches(id, "RUNNING").await;
        let refused = scene.app.post(paths::deployment_start(scene.project, other)).by(&scene.ann).await;
        assert!(refused.expect(409).text().contains("--local-models"));
        let served = scene.predict(id, json!({})).await;
        scene.app.delete(paths::deployment(scene.project, id)).by(&scene.ann).await.expect(204);
        until("it goes on", || !is_alive(&served["pid"]) && !is_alive(&served["child"])).await;
        until("its folder stays", || {
            std::fs::read_dir(scene.app.state().data().join("serving")).unwrap().count() == 0
        })
        .await;
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_and_where_is_checked() {
    on_each_database(|store| async {
        let scene = Serving::new(store, None).await;
        let (app, project) = (&scene.app, scene.project);
        let model = scene.model("serve").await;
        let id = scene.deploy(&model, scene.mode(json!({}))).await;
        let refused = app.post(paths::deployment_start(project, id)).by(&scene.ann).await.expect(409).text();
        assert!(refused.contains("--local-executor"), "{refused}");
        let modes = app.get(paths::deployment_modes(project)).by(&scene.ann).await.expect(200).json();
        assert_eq!(modes[0]["name"], "Local");
        assert!(modes[0]["unavailable"].as_str().unwrap().contains("--local-executor"));
        let described = scene.deploy(&model, Value::Null).await;
        for path in [paths::deployment_start(project, described), paths::deployment_stop(project, described)]
        {
            app.post(path).by(&scene.ann).await.expect(409);
        }
        let (bob, gil) = (
            app.member(project, "Bob", Role::Researcher).await,
            app.member(project, "Gil", Role::Guest).await,
        );
        for person in [&bob, &gil] {
            app.post(paths::deployment_start(project, id)).by(person).await.expect(403);
            app.post(paths::deployment_stop(project, id)).by(person).await.expect(403);
        }
        app.get(paths::deployment_history(project, id)).by(&bob).await.expect(200);
        app.get(paths::deployment_logs_lines(project, id)).by(&gil).await.expect(403);
        for (mode, field) in
            [(scene.mode(json!({"workers": 0})), "workers"), (scene.mode(json!({"path": "venv"})), "path")]
        {
            let new = json!({"modelId": model, "mode": mode});
            let refused =
                app.post(paths::deployments(project)).by(&scene.ann).json(&new).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"][3], field, "{refused}");
        }
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_says_where_a_model_is_served_and_can_have_it_stopped() {
    on_two_servers(|here, there| async {
        let scene = Serving::new(here, Some(4)).await;
        let other = TestApp::new(there, |settings| settings.local_models = Some(4));
        let keeping = start(&other);
        let id = scene.deploy(&scene.model("serve").await, scene.mode(json!({}))).await;
        scene.start(id).await;
        scene.reaches(id, "RUNNING").await;
        let first = scene.predict(id, json!({})).await;
        let asked = other.post(paths::deployment_predict(scene.project, id)).by(&scene.ann).json(&json!({}));
        assert!(asked.await.expect(409).text().contains("another server"));
        other.post(paths::deployment_start(scene.project, id)).by(&scene.ann).await.expect(200);
        assert_eq!(scene.predict(id, json!({})).await["pid"], first["pid"], "it is served once");
        other.post(paths::deployment_stop(scene.project, id)).by(&scene.ann).await.expect(200);
        scene.reaches(id, "STOPPED").await;
        assert!(!is_alive(&first["pid"]));
        other.state().shutdown().cancel();
        keeping.await.unwrap();
        scene.end().await;
    })
    .await;
}

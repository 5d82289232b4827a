//! What code repositories hold, as the server reads it at their host.

use crate::support::git_host::{GitHost, commit, git, push};
use crate::support::{Answer, Person, TestApp, on_each_database};
use models::id::{CodeRepositoryId, ProjectId};
use models::paths;
use models::permission::Role;
use serde_json::{Value, json};

const ML_PROJECT: &str = "name: wine\npython_env: python_env.yaml\nentry_points:\n  main:\n    parameters:\n      alpha: \
                          {type: float, default: 0.5}\n      data: path\n    command: \"python train.py {alpha} {data}\"\n";

struct Scene {
    app: TestApp,
    ann: Person,
    project: ProjectId,
}

impl Scene {
    async fn code(&self, uri: &str) -> CodeRepositoryId {
        let new = json!({"codeRepositoryName": uri, "uri": uri});
        let made = self.app.post(paths::code(self.project)).by(&self.ann).json(&new).await.expect(201).json();
        serde_json::from_value(made["codeRepositoryId"].clone()).unwrap()
    }

    async fn ask(&self, code: CodeRepositoryId, query: &str) -> Answer {
        let path = format!("{}?{query}", paths::code_contents(self.project, code));
        self.app.get(path).by(&self.ann).await
    }
}

async fn on_each_scene<F: Future<Output = ()>>(test: impl Fn(Scene, GitHost) -> F) {
    on_each_database(|store| async {
        let host = GitHost::new().await;
        let app = TestApp::new(store, |settings| settings.allow_egress = vec![host.place.clone()]);
        let ann = app.person("Ann").await;
        let project = app.project(&ann, "Wine").await;
        test(Scene { app, ann, project }, host).await;
    })
    .await;
}

#[tokio::test]
async fn entry_points_are_read_at_a_branch_a_tag_or_a_commit() {
    on_each_scene(|scene, host| async move {
        let work = host.add("wine", &[("MLproject", ML_PROJECT), ("train.py", "print()\n")]);
        let first = git(&work, &["rev-parse", "HEAD"]);
        git(&work, &["tag", "--annotate", "--message", "One", "v1"]);
        git(&work, &["checkout", "--quiet", "-b", "work/deep"]);
        let deep = ML_PROJECT.replace("main", "evaluate");
        let second = commit(&work, "Evaluate, too", &[("deep/mlproject", &deep)]);
        let code = scene.code(&host.url("wine")).await;
        let contents = scene.ask(code, "").await.expect(200).json();
        assert_eq!(contents["commit"], json!(first));
        assert_eq!(contents["branches"], json!(["main", "work/deep"]));
        assert_eq!((&contents["tags"], &contents["defaultBranch"]), (&json!(["v1"]), &json!("main")));
        assert_eq!(contents["commits"][0]["title"], "Begin");
        let main = &contents["project"]["entryPoints"][0];
        assert_eq!(main["name"], "main");
        assert_eq!(
            main["parameters"][0],
            json!({"name": "alpha", "type": "float", "default": 0.5, "required": false})
        );
        assert_eq!(main["parameters"][1]["required"], true);
        for (query, expected, name) in [
            ("ref=v1", &first, "main"),
            ("ref=work/deep&path=deep", &second, "evaluate"),
            (&*format!("ref={second}&path=deep/MLproject"), &second, "evaluate"),
            (&*format!("ref={first}"), &first, "main"),
        ] {
            let contents = scene.ask(code, query).await.expect(200).json();
            assert_eq!(contents["commit"], json!(expected), "{query}");
            assert_eq!(contents["project"]["entryPoints"][0]["name"], json!(name), "{query}");
        }
        // What was pushed in the meantime is seen.
        git(&work, &["checkout", "--quiet", "main"]);
        let third = commit(&work, "Go on", &[("train.py", "print(1)\n")]);
        let contents = scene.ask(code, "").await.expect(200).json();
        assert_eq!((&contents["commit"], &contents["commits"][1]["title"]), (&json!(third), &json!("Begin")));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_project_is_told_with_what_to_do() {
    on_each_scene(|scene, host| async move {
        host.add(
            "wine",
            &[
                ("readme", "x"),
                ("broken/MLproject", "name: x\nentry_points:\n  main: [\n"),
                ("link/MLproject", "-> ../../../../etc/passwd"),
            ],
        );
        let code = scene.code(&host.url("wine")).await;
        for (query, expected) in [
            ("", "There is no MLproject file at the root"),
            ("path=else", "There is no MLproject file in the folder else"),
            ("path=broken", "in line "),
            ("path=link", "There is no MLproject file in the folder link"),
        ] {
            let contents = scene.ask(code, query).await.expect(200).json();
            assert_eq!(contents["project"], Value::Null, "{query}");
            let problem = contents["problem"].as_str().unwrap();
            assert!(problem.contains(expected), "{query}: {problem}");
        }
        for (query, field) in [
            ("ref=nowhere", "ref"),
            ("ref=--upload-pack=x", "ref"),
            ("path=../x", "path"),
            ("path=/etc", "path"),
        ] {
            let refused = scene.ask(code, query).await.expect(422).json();
            assert_eq!(refused["detail"][0]["loc"], json!(["query", field]), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_repository_that_cannot_be_read_says_why() {
    on_each_scene(|scene, host| async move {
        host.add("private/wine", &[("MLproject", ML_PROJECT)]);
        host.add("empty", &[]);
        for (uri, expected) in [
            (host.url("private/wine"), "name a connection of yours"),
            (host.url("nothing"), "is not there, or is not open to you"),
            (host.url("empty"), "The repository is empty"),
            ("http://127.0.0.1:8080/inside".to_owned(), "https://"),
            ("https://127.0.0.1/inside".to_owned(), "did not answer"),
            ("git@github.com:ann/wine.git".to_owned(), "https://"),
            ("https://ann:secret@example.org/wine".to_owned(), "user name"),
        ] {
            let code = scene.code(&uri).await;
            let told = scene.ask(code, "").await.expect(424).json()["detail"].to_string();
            assert!(told.contains(expected), "{uri}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_hostile_repository_does_nothing() {
    on_each_scene(|scene, host| async move {
        let hook = "#!/bin/sh\ntouch marker\n";
        let files =
            [("MLproject", ML_PROJECT), ("hooks/post-checkout", hook), (".gitattributes", "* filter=run\n")];
        let work = host.add("hostile", &files);
        let head = git(&work, &["rev-parse", "HEAD"]);
        git(&work, &["update-index", "--add", "--cacheinfo", &format!("160000,{head},module")]);
        git(&work, &["commit", "--quiet", "--message", "A module without an address \u{1f}"]);
        push(&work);
        let code = scene.code(&host.url("hostile")).await;
        let contents = scene.ask(code, "").await.expect(200).json();
        assert_eq!(contents["project"]["name"], "wine");
        let folder = scene.app.state().data().join("code");
        let copy = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        assert!(!copy.join("marker").exists() && !copy.join("MLproject").exists(), "nothing is checked out");

        let text = "[submodule \"module\"]\n\tpath = module\n\turl = https://example.org\n\tupdate = !touch marker\n";
        std::fs::write(work.join(".gitmodules"), text).unwrap();
        git(&work, &["add", ".gitmodules"]);
        git(&work, &["commit", "--quiet", "--message", "A module that runs a program"]);
        push(&work);
        let told = scene.ask(code, "").await.expect(424).json()["detail"].to_string();
        assert!(told.contains("could do harm"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn who_starts_no_runs_asks_no_host() {
    on_each_scene(|scene, host| async move {
        host.add("wine", &[("MLproject", ML_PROJECT)]);
        let code = scene.code(&host.url("wine")).await;
        let path = paths::code_contents(scene.project, code);
        let reporter = scene.app.member(scene.project, "Rita", Role::Reporter).await;
        scene.app.get(&path).by(&reporter).await.expect(403);
        let researcher = scene.app.member(scene.project, "Rolf", Role::Researcher).await;
        scene.app.get(&path).by(&researcher).await.expect(200);
        let other = format!("{path}?connectionId={}", uuid::Uuid::now_v7());
        let refused = scene.app.get(other).by(&researcher).await.expect(422).json();
        assert_eq!(refused["detail"][0]["loc"], json!(["query", "connectionId"]));
    })
    .await;
}

//! The code of runs: what is written into their folder, and what is not.
#![cfg(target_os = "linux")]

use crate::support::executing::{Executing, on_each_executing, reason};
use crate::support::git_host::{commit, git, push};
use serde_json::json;

const LIST: &str =
    "find . -not -name list.sh -not -path . | sort; cat latest/file; ls -l run.sh | cut -c1-10\n";

#[tokio::test(flavor = "multi_thread")]
async fn files_programs_and_links_are_there_as_they_were_committed() {
    on_each_executing(|scene: Executing| async move {
        let large = "0123456789abcdef".repeat(150_000);
        let files = [
            ("list.sh", LIST),
            ("run.sh", "true\n"),
            ("deep/er/file", "told\n"),
            ("latest", "-> deep/er"),
            ("deep/up", "-> ../run.sh"),
            ("large.bin", &large),
            ("ß and space", "x"),
            ("hooks/post-checkout", "touch marker\n"),
            (".gitattributes", "* filter=run text eol=crlf\n"),
        ];
        let work = scene.host.add("wine", &files);
        git(&work, &["update-index", "--chmod=+x", "run.sh"]);
        git(&work, &["commit", "--quiet", "--message", "A program"]);
        push(&work);
        let code = scene.code_at(&scene.host.url("wine")).await;
        let id = scene.submit(code, json!({"entryPoint": "list.sh"})).await;
        let run = scene.ended(id).await;
        let log = scene.log(id).await;
        assert_eq!(run["status"], "FINISHED", "{log}");
        for line in ["./large.bin", "./ß and space", "./latest", "./deep/up", "told", "-rwxr-xr-x"] {
            assert!(log.lines().any(|own| own == line), "{line}: {log}");
        }
        assert!(!log.contains("marker") && !log.contains(".git/"), "{log}");
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_keeps_the_commit_that_it_began_with() {
    on_each_executing(|scene: Executing| async move {
        let work = scene.host.add("wine", &[("a.sh", "echo first\n")]);
        let first = git(&work, &["rev-parse", "HEAD"]);
        let code = scene.code_at(&scene.host.url("wine")).await;
        let second = commit(&work, "Second", &[("a.sh", "echo second\n")]);
        for (more, expected, word) in [
            (json!({"entryPoint": "a.sh", "commit": first}), &first, "first"),
            (json!({"entryPoint": "a.sh"}), &second, "second"),
            (json!({"entryPoint": "a.sh", "branch": null}), &second, "second"),
        ] {
            let id = scene.submit(code, more).await;
            let run = scene.ended(id).await;
            assert_eq!(run["commit"], json!(expected));
            assert!(scene.log(id).await.ends_with(&format!("{word}\n")), "{run:#}");
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_leave_the_folder_is_refused_with_what_to_do() {
    on_each_executing(|scene: Executing| async move {
        for (name, files) in [
            ("absolute", [("a.sh", "true\n"), ("link", "-> /etc/passwd")]),
            ("relative", [("a.sh", "true\n"), ("deep/link", "-> ../../outside")]),
            ("through", [("a.sh", "true\n"), ("deep/er/link", "-> x/../../../../outside")]),
        ] {
            let code = scene.code(name, &files).await;
            let id = scene.submit(code, json!({"entryPoint": "a.sh"})).await;
            assert_eq!(scene.ended(id).await["status"], "FAILED", "{name}");
            let data = scene.data(id).await;
            assert!(reason(&data).contains("leads out of the repository"), "{name}: {}", reason(&data));
        }
        let work = scene.host.add("module", &[("a.sh", "true\n")]);
        let head = git(&work, &["rev-parse", "HEAD"]);
        git(&work, &["update-index", "--add", "--cacheinfo", &format!("160000,{head},module")]);
        git(&work, &["commit", "--quiet", "--message", "A module"]);
        push(&work);
        let code = scene.code_at(&scene.host.url("module")).await;
        let id = scene.submit(code, json!({"entryPoint": "a.sh"})).await;
        scene.ended(id).await;
        let data = scene.data(id).await;
        assert!(reason(&data).contains("a submodule at module"), "{}", reason(&data));
        scene
    })
    .await;
}

/// A folder named `..` is made by git's plumbing alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_leads_upwards_is_refused() {
    on_each_executing(|scene: Executing| async move {
        let work = scene.host.add("upwards", &[("a.sh", "true\n")]);
        let script = "blob=$(git rev-parse HEAD:a.sh); tree=$(printf \"100644 blob $blob\\tout\" | git mktree); \
                      tree=$(printf \"100644 blob $blob\\ta.sh\\n040000 tree $tree\\t..\" | git mktree); \
                      commit=$(git -c user.name=a -c user.email=a@b commit-tree $tree -p HEAD -m x); \
                      git update-ref refs/heads/main $commit";
        let made = std::process::Command::new("bash").args(["-c", script]).current_dir(&work).status().unwrap();
        assert!(made.success());
        push(&work);
        let code = scene.code_at(&scene.host.url("upwards")).await;
        let id = scene.submit(code, json!({"entryPoint": "a.sh"})).await;
        let run = scene.ended(id).await;
        assert_eq!(run["status"], "FAILED");
        let data = scene.data(id).await;
        assert!(reason(&data).contains("could do harm"), "{}", reason(&data));
        scene
    })
    .await;
}

//! Repositories that mean harm, all the way into the folder of a run: each is refused with what to do, and leaves nothing.
#![cfg(target_os = "linux")]

use crate::support::executing::{Executing, on_each_executing, reason};
use models::id::CodeRepositoryId;
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The tree of 100 names for each of `$tree`, `$levels` times.
const NEST: &str = "for level in $(seq $levels); do \
                    tree=$(for name in $(seq 100); do printf \"040000 tree $tree\\td$name\\n\"; done | git mktree); done";
const COMMIT: &str = "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; \
                      git update-ref refs/heads/main $(git commit-tree $tree -m x)";

impl Executing {
    /// A repository that this script makes, with this on its standard input.
    async fn made(&self, name: &str, script: &str, input: &[u8]) -> CodeRepositoryId {
        let bare = self.host.add(name, &[]).with_file_name(name);
        let mut shell = Command::new("bash");
        shell.args(["-ec", script]).current_dir(bare).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = shell.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        assert!(child.wait().unwrap().success(), "{script}");
        self.code_at(&self.host.url(name)).await
    }

    /// That a run of this code fails for this reason, at once, and leaves nothing.
    async fn refused(&self, code: CodeRepositoryId, more: Value, expected: &str) {
        let run = self.submit(code, more).await;
        let ended = self.ended(run).await;
        assert_eq!((&ended["status"], &ended["job"]["attempt"]), (&json!("FAILED"), &json!(1)), "{ended:#}");
        let data = self.data(run).await;
        assert!(reason(&data).contains(expected), "{}", reason(&data));
        assert!(reason(&data).chars().count() < 1_000, "{}", reason(&data));
        // The run is over first, and its folder goes then.
        let left = || std::fs::read_dir(self.app.state().data().join("jobs")).unwrap().count();
        for _ in 0..100 {
            if left() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} folders are left: {expected}", left());
    }

    async fn script_refused(&self, code: CodeRepositoryId, expected: &str) {
        self.refused(code, json!({"entryPoint": "a.sh"}), expected).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_objects_that_are_many_files_are_refused() {
    on_each_executing(|scene: Executing| async move {
        let leaf = "tree=$(for name in $(seq 100); do printf \"100644 blob $(echo x | git hash-object -w --stdin)\\tf$name\\n\"; \
                    done | git mktree)";
        // A million, and more than anybody could count.
        for levels in [2, 9] {
            let script = format!("levels={levels}; {leaf}; {NEST}; {COMMIT}");
            let code = scene.made(&format!("many{levels}"), &script, b"").await;
            scene.script_refused(code, "more than 50000 files").await;
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_pack_of_many_bytes_is_refused() {
    on_each_executing(|scene: Executing| async move {
        // Below and above the size from which on files are left behind at first.
        for n_bytes in [900_000, 20_000_000] {
            let n_names = 1_000_000_000 / n_bytes + 1;
            let script = format!(
                "blob=$(head -c {n_bytes} /dev/zero | git hash-object -w --stdin); \
                 tree=$(for name in $(seq {n_names}); do printf \"100644 blob $blob\\tf$name\\n\"; done | git mktree); {COMMIT}"
            );
            let code = scene.made(&format!("bytes{n_bytes}"), &script, b"").await;
            scene.script_refused(code, "more than 1000 MB").await;
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_that_are_too_deep_are_refused() {
    on_each_executing(|scene: Executing| async move {
        for (depth, expected) in [(600, "Rename it"), (2_500, "nested too deep")] {
            let input = format!(
                "commit refs/heads/main\ncommitter a <a@b> 1700000000 +0000\ndata 1\nx\nM 100644 inline {}a.sh\ndata 4\ntrue\n",
                "d/".repeat(depth)
            );
            let script = "git -c core.maxTreeDepth=100000 fast-import --quiet";
            let code = scene.made(&format!("deep{depth}"), script, input.as_bytes()).await;
            scene.script_refused(code, expected).await;
        }
        scene
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn descriptions_that_multiply_are_refused() {
    on_each_executing(|scene: Executing| async move {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let before = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", "));
        }
        let project = "python_env: python_env.yaml\nentry_points:\n  main:\n    command: \"true\"\n";
        let own = format!("{bomb}entry_points: *a8\n");
        let code = scene.code("project", &[("MLproject", &own)]).await;
        scene.refused(code, json!({}), "The MLproject file cannot be read").await;
        let environment = format!("{bomb}dependencies: *a8\n");
        let files = [("MLproject", project), ("python_env.yaml", &environment)];
        let code = scene.code("environment", &files).await;
        scene.refused(code, json!({}), "python_env.yaml: it cannot be read").await;
        let long = format!("dependencies:\n{}", "- numpy\n".repeat(200_000));
        let files = [("MLproject", project), ("python_env.yaml", &long)];
        let code = scene.code("long", &files).await;
        scene.refused(code, json!({}), "python_env.yaml is larger than").await;
        scene
    })
    .await;
}

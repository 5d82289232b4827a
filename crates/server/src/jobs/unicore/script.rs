//! The script that a job executes on its machine.

use std::fmt::Write as _;

use models::backend_config::{Environment, Execution};

use super::archive::FOLDER;
use crate::jobs::Order;
use crate::jobs::command::quoted;

/// What it is called.
pub(super) const NAME: &str = "mantik.sh";
/// The archive with the code.
pub(super) const CODE: &str = "mantik-code.tar.gz";
/// What it prints into.
pub(super) const LOG: &str = "mantik.log";

/// The script. What stands in the backend config is a command as it is; what does not is one word each.
pub(super) fn script(order: &Order) -> String {
    let environment = &order.config.environment;
    let folder = match order.folder.as_str() {
        "" => FOLDER.to_owned(),
        folder => format!("{FOLDER}/{folder}"),
    };
    let mut text = String::from("#!/bin/bash\n");
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    add(&format!("exec >> {LOG} 2>&1"));
    add(&format!("echo {}", quoted(&format!("Commit {}", order.commit))));
    add(&format!("[ -d {FOLDER} ] || tar -xzf {CODE} || exit"));
    for (name, value) in order.variables.iter().filter(|(name, _)| !is_wanted(environment, name)) {
        add(&format!("export {name}={}", quoted(value)));
    }
    add(&format!("export MANTIK_WORKING_DIRECTORY=\"$PWD/\"{}", quoted(&folder)));
    if !environment.modules.is_empty() {
        let modules: Vec<String> = environment.modules.iter().map(|module| quoted(module)).collect();
        add(&format!("module load {} || exit", modules.join(" ")));
    }
    if let Some((last, others)) = environment.pre_run_on_compute_node.split_last() {
        others.iter().for_each(|command| add(command));
        add(last);
        add("status=$?; [ $status -eq 0 ] || exit $status");
    }
    // In a shell of its own, so that what it exits does not keep the last commands from being executed.
    add("(");
    add("cd \"$MANTIK_WORKING_DIRECTORY\" || exit");
    let command = command(order);
    add(&format!("echo {}", quoted(&format!("$ {}", order.command.trim()))));
    add(&command);
    add(")");
    add("status=$?");
    environment.post_run_on_compute_node.iter().for_each(|command| add(command));
    add("exit $status");
    text
}

/// Whether a variable is one of the backend config, which UNICORE sets by itself.
pub(super) fn is_wanted(environment: &Environment, name: &str) -> bool {
    environment.variables.contains_key(name) && !is_own(name)
}

/// Whether a variable is told by this server alone.
fn is_own(name: &str) -> bool {
    name.starts_with("MLFLOW_") || name.starts_with("MANTIK_")
}

fn command(order: &Order) -> String {
    let own = order.command.trim();
    match &order.config.environment.execution {
        Execution::Plain => own.to_owned(),
        Execution::Python { path } => {
            format!(
                "source {} || exit\n{own}",
                quoted(&format!("{}/bin/activate", path.trim_end_matches('/')))
            )
        }
        Execution::Apptainer(apptainer) => {
            let mut command = String::from("srun apptainer run");
            for option in &apptainer.options {
                let _ = write!(command, " {option}");
            }
            format!("{command} {} {own}", quoted(&apptainer.path))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::unicore::description::tests::order;
    use serde_json::{Value, json};
    use std::process::Command;

    /// What the script leaves when it is executed where `srun` and `module` only tell of themselves.
    fn run(environment: Value, command: &str) -> (i32, String) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("code/wine")).unwrap();
        let mut order = order(json!({"Environment": environment}));
        command.clone_into(&mut order.command);
        let told = "module() { echo module \"$@\"; }\nsrun() { printf '%s|' srun \"$@\"; echo; }\n";
        let text = script(&order).replacen('\n', &format!("\n{told}"), 1);
        let done = Command::new("bash").arg("-c").arg(text).current_dir(folder.path()).output().unwrap();
        let log = std::fs::read_to_string(folder.path().join(LOG)).unwrap();
        (done.status.code().unwrap(), log)
    }

    #[test]
    fn commands_are_executed_in_their_order() {
        let environment = json!({
            "Modules": ["Stages/2024", "Python"],
            "PreRunCommandOnComputeNode": ["false", "echo before"], "PostRunCommandOnComputeNode": ["echo after"],
        });
        let (code, log) = run(environment, "basename $PWD; echo $MLFLOW_RUN_ID \"$BRANCH_MARK\"; exit 3");
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines[1..3], ["module load Stages/2024 Python", "before"]);
        assert!(lines[3].starts_with("$ basename"), "{log}");
        assert_eq!(lines[4..], ["wine", "0190 $(touch x)", "after"]);
        assert_eq!(code, 3, "the status is that of the command");
    }

    #[test]
    fn the_last_command_before_decides_whether_there_is_a_run() {
        let (code, log) = run(json!({"PreRunCommandOnComputeNode": ["true", "(exit 5)"]}), "echo run");
        assert!(code == 5 && !log.contains("run\n"), "{log}");
    }

    #[test]
    fn the_command_is_executed_where_the_config_says() {
        let apptainer =
            json!({"Apptainer": {"Path": "/a b.sif", "Type": "remote", "Options": ["--nv", "-B /p"]}});
        let (_, log) = run(apptainer, "python train.py 'x y'");
        assert!(log.contains("srun|apptainer|run|--nv|-B|/p|/a b.sif|python|train.py|x y|\n"), "{log}");
        let (code, log) = run(json!({"Python": "/nowhere/venv"}), "echo run");
        assert!(
            code == 1 && log.contains("/nowhere/venv/bin/activate") && !log.contains("run\nrun"),
            "{log}"
        );
    }
}

//! The description of a job: <https://unicore-docs.readthedocs.io/en/latest/user-docs/rest-api/job-description/>.

use models::backend_config::Resources;
use serde_json::{Map, Value, json};

use super::script::{self, is_wanted};
use crate::jobs::Order;

/// How many characters of the name of a run the site gets.
const MOST_OF_NAME: usize = 100;

/// What the site is told of a run. It waits for the code and to be started.
pub(super) fn description(order: &Order) -> Value {
    let environment = &order.config.environment;
    let name: String = order.name.chars().take(MOST_OF_NAME).collect();
    let mut job = json!({
        "Name": name,
        "Tags": [order.attempt.name()],
        "Executable": "/bin/bash",
        "Arguments": [script::NAME],
        "Environment": variables(order),
        "Resources": resources(&order.config.resources),
        "haveClientStageIn": "true",
    });
    let mut set = |key: &str, value: &str| {
        job[key] = Value::from(value);
    };
    if let Some(account) = order.account.as_deref().map(str::trim).filter(|account| !account.is_empty()) {
        set("Project", account);
    }
    if !environment.pre_run_on_login_node.is_empty() {
        let commands = environment.pre_run_on_login_node.join(" && ");
        set("User precommand", &format!("tar -xzf {} && {commands}", script::CODE));
        set("RunUserPrecommandOnLoginNode", "true");
    }
    if !environment.post_run_on_login_node.is_empty() {
        set("User postcommand", &environment.post_run_on_login_node.join(" && "));
        set("RunUserPostcommandOnLoginNode", "true");
    }
    job
}

/// What the backend config sets, as it is; and of what this server sets, what no shell reads as anything but itself. The
/// script sets all of the latter.
fn variables(order: &Order) -> Map<String, Value> {
    let environment = &order.config.environment;
    let is_plain = |value: &str| {
        value.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./:@%+=, ".contains(letter))
    };
    let told = order.variables.iter().filter(|(name, value)| is_wanted(environment, name) || is_plain(value));
    let mut variables: Map<_, _> = told.map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    if let Some(n_cpus) = order.config.resources.cpus_per_node {
        variables.entry("SRUN_CPUS_PER_TASK").or_insert_with(|| n_cpus.to_string().into());
    }
    variables
}

fn resources(wanted: &Resources) -> Map<String, Value> {
    let count = |count: Option<u32>| count.map(|count| count.to_string());
    // A number of seconds is understood by all; what is not known here, the site may understand.
    let runtime = match (wanted.seconds(), &wanted.runtime) {
        (Some(0), _) | (None, None) => None,
        (Some(seconds), _) => Some(seconds.to_string()),
        (None, Some(text)) => Some(text.clone()),
    };
    let is_amount = |text: &String| !text.trim().starts_with('-');
    let all = [
        ("Queue", Some(wanted.queue.clone())),
        ("Runtime", runtime),
        ("Nodes", count(wanted.nodes)),
        ("TotalCPUs", count(wanted.total_cpus)),
        ("CPUsPerNode", count(wanted.cpus_per_node)),
        ("GPUS", count(wanted.gpus_per_node)),
        ("MemoryPerNode", wanted.memory_per_node.clone().filter(is_amount)),
        ("Reservation", wanted.reservation.clone()),
        ("NodeConstraints", wanted.node_constraints.clone()),
        ("QoS", wanted.qos.clone()),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::jobs::{Attempt, PythonChoice};
    use crate::services::ProjectEnvironment;
    use models::backend_config;

    /// An order with these changes of its backend config.
    pub(in crate::jobs::unicore) fn order(changes: Value) -> Order {
        let mut config = json!({"UnicoreApiUrl": "https://x/rest/core", "Resources": {"Queue": "devel"}});
        config.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let variables = [("MLFLOW_RUN_ID", "0190"), ("BRANCH_MARK", "$(touch x)"), ("SEED", "$HOME")];
        Order {
            attempt: Attempt::named("0190a5b2c3d44e5f8a9bcdef01234567-2").unwrap(),
            name: "first".to_owned(),
            config: backend_config::check(&config).unwrap().0,
            account: Some(" hai ".to_owned()),
            folder: "wine".to_owned(),
            commit: "4be1c0d".to_owned(),
            command: "python train.py".to_owned(),
            variables: variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            project_environment: ProjectEnvironment::None,
            python: PythonChoice::Project,
            wall_limit: None,
            memory: None,
        }
    }

    #[test]
    fn a_job_asks_for_what_the_config_does() {
        let resources = json!({
            "Queue": "booster", "Runtime": "2h", "Nodes": 2, "CPUsPerNode": 24, "GPUsPerNode": 4, "MemoryPerNode": "10GiB",
        });
        let environment = json!({
            "Variables": {"SEED": "$HOME"}, "PreRunCommandOnLoginNode": ["a", "b"], "PostRunCommandOnLoginNode": "c",
        });
        let job = description(&order(json!({"Resources": resources, "Environment": environment})));
        assert_eq!(job["Tags"], json!(["0190a5b2c3d44e5f8a9bcdef01234567-2"]));
        assert_eq!((&job["Project"], &job["haveClientStageIn"]), (&json!("hai"), &json!("true")));
        assert_eq!(
            job["Resources"],
            json!({
                "Queue": "booster", "Runtime": "7200", "Nodes": "2", "CPUsPerNode": "24", "GPUS": "4",
                "MemoryPerNode": "10GiB",
            })
        );
        let variables = json!({"MLFLOW_RUN_ID": "0190", "SEED": "$HOME", "SRUN_CPUS_PER_TASK": "24"});
        assert_eq!(job["Environment"], variables, "a shell would execute what is not there");
        assert_eq!(job["User precommand"], "tar -xzf mantik-code.tar.gz && a && b");
        assert_eq!(
            (&job["User postcommand"], &job["RunUserPostcommandOnLoginNode"]),
            (&json!("c"), &json!("true"))
        );
    }

    #[test]
    fn what_is_not_said_is_left_out() {
        let job =
            description(&order(json!({"Resources": {"Queue": "q", "Runtime": "0", "MemoryPerNode": "-1"}})));
        assert_eq!(job["Resources"], json!({"Queue": "q"}));
        assert!(job.get("User precommand").is_none() && job.get("User postcommand").is_none());
    }
}

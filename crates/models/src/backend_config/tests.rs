//! The rules of a backend config, one test for each message.

use serde_json::{Value, json};

use super::*;

const UNICORE: &str = r#"{"UnicoreApiUrl":"https://x/rest/core","Resources":{"Queue":"devel"}}"#;

#[test]
fn the_queue_is_required() {
    refused(
        json!({"UnicoreApiUrl": "u", "Resources": {}}),
        "Resources.Queue",
        "Config is missing entry for key 'Queue'",
    );
}

#[test]
fn resources_are_required() {
    refused(json!({"UnicoreApiUrl": "u"}), "Resources", "Config is missing entry for key 'Resources'");
    refused(
        json!({"UnicoreApiUrl": "u", "Resources": 1}),
        "Resources",
        "Config value for 'Resources' has to be of type dict",
    );
}

#[test]
fn a_count_is_a_number_or_a_text_that_spells_one() {
    let (config, _) = check(&with("Resources", json!({"Queue": "q", "Nodes": "2", "TotalCPUs": 8}))).unwrap();
    assert_eq!((config.resources.nodes, config.resources.total_cpus), (Some(2), Some(8)));
    for key in ["Nodes", "TotalCPUs", "CPUsPerNode", "GPUsPerNode"] {
        let message = format!("Config value for '{key}' has to be of type int");
        for wrong in [json!("two"), json!(2.5), json!([2])] {
            refused(
                with("Resources", json!({"Queue": "q", key: wrong})),
                &format!("Resources.{key}"),
                &message,
            );
        }
    }
    refused(
        with("Resources", json!({"Queue": "q", "Nodes": -1})),
        "Resources.Nodes",
        "use a number from 0 to 4294967295",
    );
}

#[test]
fn there_is_one_compute_system() {
    let resources = json!({"Queue": "q"});
    refused(
        json!({"Resources": resources}),
        "",
        "Either UnicoreApiUrl or Firecrest details must be provided",
    );
    refused(
        json!({"UnicoreApiUrl": "u", "Firecrest": {}, "Resources": resources}),
        "",
        "Either UnicoreApiUrl or Firecrest details must be provided, but both are given",
    );
    refused(
        json!({"UnicoreApiUrl": "u", "SSH": {}, "Resources": resources}),
        "",
        "Either UnicoreApiUrl or Firecrest or SSH details must be provided, but not more than 1.",
    );
}

#[test]
fn firecrest_needs_all_three_details() {
    let problems = check(&json!({"Firecrest": {}, "Resources": {"Queue": "q"}})).unwrap_err();
    let messages: Vec<_> = problems.iter().map(|problem| problem.msg.as_str()).collect();
    assert_eq!(
        messages,
        ["ApiUrl", "TokenUrl", "Machine"].map(|key| format!("Config is missing entry for key '{key}'"))
    );
}

#[test]
fn ssh_takes_the_port_as_text_or_number() {
    for port in [json!("22"), json!(22)] {
        let config = json!({"SSH": {"Hostname": "login", "Port": port}, "Resources": {"Queue": "q"}});
        let expected = ComputeSystem::Ssh { hostname: "login".to_owned(), port: Some(22) };
        assert_eq!(check(&config).unwrap().0.system, expected);
    }
}

#[test]
fn there_is_at_most_one_execution_environment() {
    refused(
        with("Environment", json!({"Apptainer": {"Path": "a.sif"}, "Python": "/venv"})),
        "Environment",
        "Only one execution environment is allowed, but in config these have been found: 'Apptainer', 'Python'.",
    );
}

#[test]
fn the_path_of_a_virtual_environment_is_absolute() {
    let message = "The given path to the Python Venv must be absolute. The given path is: 'venv'.";
    refused(with("Environment", json!({"Python": "venv"})), "Environment.Python", message);
    refused(with("Environment", json!({"Python": {"Path": "venv"}})), "Environment.Python", message);
    let expected = Execution::Python { path: "/venv".to_owned() };
    for python in [json!("/venv"), json!({"Path": "/venv"})] {
        assert_eq!(
            check(&with("Environment", json!({"Python": python}))).unwrap().0.environment.execution,
            expected
        );
    }
}

#[test]
fn an_image_on_the_machine_has_an_absolute_path() {
    refused(
        with("Environment", json!({"Apptainer": {"Path": "a.sif", "Type": "Remote"}})),
        "Environment.Apptainer.Path",
        "If image type 'remote' is given for an Apptainer image, the given path must be absolute. \
         The given path is: 'a.sif'.",
    );
    refused(
        with("Environment", json!({"Apptainer": {"Path": "a.sif", "Type": "docker"}})),
        "Environment.Apptainer.Type",
        "The given Apptainer image type 'docker' is not supported, the supported ones are: 'local', 'remote'.",
    );
}

#[test]
fn only_unicore_executes_commands_on_the_login_node() {
    let environment = json!({"PreRunCommandOnLoginNode": "module load git"});
    let firecrest = json!({"ApiUrl": "a", "TokenUrl": "t", "Machine": "m"});
    refused(
        json!({"Firecrest": firecrest, "Resources": {"Queue": "q"}, "Environment": environment}),
        "Environment.PreRunCommandOnLoginNode",
        "Pre-/PostRunCommandOnLoginNode not supported by firecREST",
    );
    warned(
        json!({"SSH": {"Hostname": "h"}, "Resources": {"Queue": "q"}, "Environment": environment}),
        "backendConfig.Environment.PreRunCommandOnLoginNode",
    );
    assert_eq!(check(&with("Environment", environment)).unwrap().1, []);
}

#[test]
fn a_command_is_a_text_or_a_list() {
    refused(
        with("Environment", json!({"PreRunCommandOnComputeNode": {"a": 1}})),
        "Environment.PreRunCommandOnComputeNode",
        "Config value for 'PreRunCommandOnComputeNode' has to be of type str or list",
    );
}

#[test]
fn slurm_is_strict_about_runtime_and_memory_and_unicore_is_warned() {
    for (key, value) in [("Runtime", "1h30m"), ("MemoryPerNode", "lots")] {
        let resources = json!({"Queue": "q", key: value});
        warned(with("Resources", resources.clone()), &format!("backendConfig.Resources.{key}"));
        let problems = check(&json!({"SSH": {"Hostname": "h"}, "Resources": resources})).unwrap_err();
        assert_eq!(problems[0].loc, ["body", "backendConfig", "Resources", key]);
    }
    for runtime in ["0", "45s", "30m", "12h", "1d"] {
        let resources = json!({"Queue": "q", "Runtime": runtime, "MemoryPerNode": "10GiB"});
        assert_eq!(check(&with("Resources", resources)).unwrap().1, [], "{runtime}");
    }
}

#[test]
fn unknown_keys_and_a_pattern_that_is_no_list_are_warnings() {
    warned(with("SingularityImage", json!("x.sif")), "backendConfig.SingularityImage");
    warned(with("Resources", json!({"Queue": "q", "Node": 2})), "backendConfig.Resources.Node");
    warned(with("Exclude", json!("data/")), "backendConfig.Exclude");
    assert_eq!(check(&with("Exclude", json!("data/"))).unwrap().0.exclude, ["data/"]);
}

#[test]
fn what_is_no_object_is_refused() {
    refused(json!([]), "", "Config value for 'backendConfig' has to be of type dict");
}

#[test]
fn a_config_is_written_as_it_is_read() {
    let written = json!({
        "Firecrest": {"ApiUrl": "https://a", "TokenUrl": "https://t", "Machine": "daint"},
        "Resources": {"Queue": "normal", "Runtime": "12h", "Nodes": 2, "CPUsPerNode": 12, "GPUsPerNode": 1,
            "MemoryPerNode": "64", "QoS": "high", "Special": true},
        "Environment": {
            "Apptainer": {"Path": "/images/net.sif", "Type": "remote", "Options": ["--nv"]},
            "Modules": ["cuda"],
            "Variables": {"SEED": "7"},
            "PreRunCommandOnComputeNode": ["echo begin"],
        },
        "Exclude": ["data/", "*.sif"],
    });
    let (config, warnings) = check(&written).unwrap();
    assert_eq!(serde_json::to_value(&config).unwrap(), written);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}

fn with(key: &str, value: Value) -> Value {
    let mut config: Value = serde_json::from_str(UNICORE).unwrap();
    config[key] = value;
    config
}

#[track_caller]
fn refused(config: Value, path: &str, message: &str) {
    let problems = check(&config).unwrap_err();
    let problem = &problems[0];
    let way: Vec<&str> = ["body", "backendConfig"]
        .into_iter()
        .chain(path.split('.').filter(|part| !part.is_empty()))
        .collect();
    assert_eq!(
        (problem.loc.iter().map(String::as_str).collect::<Vec<_>>(), problem.msg.as_str()),
        (way, message)
    );
}

#[track_caller]
fn warned(config: Value, field: &str) {
    let (_, warnings) = check(&config).unwrap();
    assert_eq!(warnings.iter().map(|warning| warning.field.as_str()).collect::<Vec<_>>(), [field]);
}

#[test]
fn the_servers_own_machine_has_no_queue() {
    let (config, warnings) = check(&json!({"Local": {"Runtime": "2h", "MemoryPerNode": "512MiB"}})).unwrap();
    assert_eq!((&config.system, &*warnings), (&ComputeSystem::Local, &[][..]));
    assert_eq!(config.resources.wall_limit().unwrap().as_secs(), 7_200);
    assert_eq!(config.resources.memory(), Some(512 * 1024 * 1024));
    let written =
        json!({"Local": {"Runtime": "2h", "CPUsPerNode": 2}, "Environment": {"Variables": {"A": "1"}}});
    assert_eq!(serde_json::to_value(check(&written).unwrap().0).unwrap(), written);
    let (config, _) = check(&json!({"Local": {}, "Resources": {"Queue": "q", "Runtime": "0"}})).unwrap();
    assert_eq!((config.resources.wall_limit(), config.resources.memory()), (None, None));
    let (config, _) = check(&json!({"Local": {}})).unwrap();
    assert_eq!(config.resources.wall_limit(), Some(Resources::LOCAL_RUNTIME));
}

#[test]
fn the_servers_own_machine_refuses_what_it_does_not_do() {
    let runtime = "use one number with one unit, such as 45s, 30m, 12h or 1d; 0 is without a limit";
    refused(json!({"Local": {"Runtime": "1h30m"}}), "Local.Runtime", runtime);
    let memory = "use a number of MiB, or one with a unit, such as 512MiB or 10GiB";
    refused(json!({"Local": {"MemoryPerNode": "lots"}}), "Local.MemoryPerNode", memory);
    refused(json!({"Local": {"CPUsPerNode": 0}}), "Local.CPUsPerNode", "use 1 or more");
    refused(json!({"Local": true}), "Local", "Config value for 'Local' has to be of type dict");
    let problems =
        check(&json!({"Local": {}, "Environment": {"Modules": ["cuda"], "Apptainer": {"Path": "a"}}}))
            .unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:?}");
    let both = json!({"Local": {}, "SSH": {"Hostname": "h"}});
    let message = "Either UnicoreApiUrl or Firecrest or SSH details must be provided, but not more than 1.";
    refused(both, "", message);
}

#[test]
fn amounts_of_memory_have_units() {
    for (text, expected) in [
        ("2048", Some(2048 << 20)),
        ("10GiB", Some(10 << 30)),
        ("10G", Some(10 << 30)),
        ("10GB", Some(10_000_000_000)),
        ("64k", Some(65_536)),
        ("0", None),
        ("-1", None),
        ("GiB", None),
        ("1.5GiB", None),
    ] {
        let resources = Resources { memory_per_node: Some(text.to_owned()), ..Resources::default() };
        assert_eq!(resources.memory(), expected, "{text}");
    }
}

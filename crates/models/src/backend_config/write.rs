//! Writes a backend config the way the `mantik` client reads it.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::config::{BackendConfig, ComputeSystem};
use super::environment::{Apptainer, Environment, Execution};
use crate::lenient::JsonObject;

impl Serialize for BackendConfig {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = JsonObject::new();
        let mut resources = serde_json::to_value(&self.resources).map_err(serde::ser::Error::custom)?;
        match system(&self.system) {
            Some((key, system)) => {
                fields.insert(key.to_owned(), system);
                fields.insert("Resources".to_owned(), resources);
            }
            None => {
                // This machine has no queue to be named.
                resources.as_object_mut().and_then(|resources| resources.remove("Queue"));
                fields.insert("Local".to_owned(), resources);
            }
        }
        let environment = environment(&self.environment);
        if !environment.is_empty() {
            fields.insert("Environment".to_owned(), environment.into());
        }
        if !self.exclude.is_empty() {
            fields.insert("Exclude".to_owned(), json!(self.exclude));
        }
        fields.serialize(serializer)
    }
}

/// The key of a system and what stands there; `None` for the server's own machine, whose resources stand at its key.
fn system(system: &ComputeSystem) -> Option<(&'static str, Value)> {
    Some(match system {
        ComputeSystem::Unicore { api_url } => ("UnicoreApiUrl", json!(api_url)),
        ComputeSystem::Firecrest { api_url, token_url, machine } => {
            ("Firecrest", json!({"ApiUrl": api_url, "TokenUrl": token_url, "Machine": machine}))
        }
        ComputeSystem::Ssh { hostname, port: None } => ("SSH", json!({"Hostname": hostname})),
        ComputeSystem::Ssh { hostname, port: Some(port) } => {
            ("SSH", json!({"Hostname": hostname, "Port": port.to_string()}))
        }
        ComputeSystem::Local => return None,
    })
}

fn environment(environment: &Environment) -> JsonObject {
    let mut fields = JsonObject::new();
    match &environment.execution {
        Execution::Plain => {}
        Execution::Apptainer(container) => {
            fields.insert("Apptainer".to_owned(), apptainer(container));
        }
        Execution::Python { path } => {
            fields.insert("Python".to_owned(), json!(path));
        }
    }
    if !environment.variables.is_empty() {
        fields.insert("Variables".to_owned(), json!(environment.variables));
    }
    let lists = [
        ("Modules", &environment.modules),
        ("PreRunCommandOnLoginNode", &environment.pre_run_on_login_node),
        ("PostRunCommandOnLoginNode", &environment.post_run_on_login_node),
        ("PreRunCommandOnComputeNode", &environment.pre_run_on_compute_node),
        ("PostRunCommandOnComputeNode", &environment.post_run_on_compute_node),
    ];
    for (key, texts) in lists.into_iter().filter(|(_, texts)| !texts.is_empty()) {
        fields.insert(key.to_owned(), json!(texts));
    }
    fields
}

fn apptainer(container: &Apptainer) -> Value {
    let mut fields = json!({"Path": container.path, "Type": container.image_type});
    if !container.options.is_empty() {
        fields["Options"] = json!(container.options);
    }
    fields
}

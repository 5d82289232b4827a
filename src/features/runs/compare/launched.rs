//! What runs asked of the machine that they ran on, as rows. Pure.

use std::collections::BTreeMap;

use models::comparison::Comparison;
use models::run::Run;
use serde_json::Value;

use super::facts::{Fact, Topic};

/// The sections of a backend config that are compared.
const SECTIONS: [(&str, Topic); 2] = [("Resources", Topic::Resources), ("Environment", Topic::Environment)];

/// A row for each entry of the resources and of the environment that any of the runs asked for.
pub(super) fn launched(comparison: &Comparison) -> Vec<Fact> {
    SECTIONS.iter().flat_map(|(section, topic)| rows(comparison, section, *topic)).collect()
}

fn rows(comparison: &Comparison, section: &str, topic: Topic) -> Vec<Fact> {
    let runs = comparison.runs.len();
    let mut rows: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for (place, run) in comparison.runs.iter().enumerate() {
        for (name, value) in entries(run, section) {
            let row = rows.entry(name).or_insert_with(|| vec![None; runs]);
            if let Some(cell) = row.get_mut(place) {
                *cell = Some(value);
            }
        }
    }
    rows.into_iter().map(|(name, values)| Fact::text(topic, name, values)).collect()
}

fn entries(run: &Run, section: &str) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    if let Some(value) = run.backend_config.as_ref().and_then(|config| config.get(section)) {
        gather(String::new(), value, &mut entries);
    }
    entries
}

/// The texts and numbers of a value with the ways to them: `Apptainer.Path`.
fn gather(name: String, value: &Value, entries: &mut Vec<(String, String)>) {
    match value {
        Value::Object(parts) => {
            for (key, value) in parts {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                gather(name, value, entries);
            }
        }
        Value::Null => {}
        Value::Array(parts) => {
            let parts: Vec<_> = parts.iter().map(plain).collect();
            entries.push((name, parts.join(", ")));
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => entries.push((name, plain(value))),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entries_are_told_by_the_way_to_them() {
        let config = json!({
            "Queue": "gpu", "Nodes": 2, "QoS": null,
            "Apptainer": { "Path": "image.sif", "Options": ["--nv", 1] },
        });
        let mut entries = Vec::new();
        gather(String::new(), &config, &mut entries);
        entries.sort();
        let expected = [
            ("Apptainer.Options", "--nv, 1"),
            ("Apptainer.Path", "image.sif"),
            ("Nodes", "2"),
            ("Queue", "gpu"),
        ];
        assert_eq!(entries, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}

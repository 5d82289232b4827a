//! What a run and its tags tell of where it ran. Pure.

use models::run::{KeyValue, Run};

/// Tags of MLflow, and what they tell.
const TAGS: [(&str, &str); 8] = [
    ("mlflow.source.name", "Program"),
    ("mlflow.source.type", "Started as"),
    ("mlflow.user", "User on the machine"),
    ("mlflow.source.git.repoURL", "Repository"),
    ("mlflow.project.env", "Environment of the project"),
    ("mlflow.project.backend", "Backend"),
    ("mlflow.docker.image.uri", "Image"),
    ("mlflow.docker.image.id", "Digest of the image"),
];

/// What is known, by name.
pub(super) fn facts(run: &Run, tags: &[KeyValue]) -> Vec<(&'static str, String)> {
    let tag = |key: &str| tags.iter().find(|tag| tag.key == key).map(|tag| tag.value.clone());
    let mut facts: Vec<_> = TAGS.iter().filter_map(|(key, name)| Some((*name, tag(key)?))).collect();
    if let Some(machine) = &run.infrastructure {
        facts.extend([
            ("Python", machine.python_version.clone()),
            ("Interpreter", machine.python_executable.clone()),
            ("Platform", machine.platform.clone()),
        ]);
    }
    facts.retain(|(_, value)| !value.trim().is_empty());
    facts
}

//! What somebody else has changed of a template, in words.

use models::run_template::RunTemplate;

use crate::widgets::differences;

/// What differs between two versions of a template, in sentences.
pub(super) fn changes(before: &RunTemplate, now: &RunTemplate) -> Vec<String> {
    let of = |template: &RunTemplate| {
        let draft = &template.draft;
        let given = draft.mlflow_parameters.iter().map(|(name, value)| format!("{name} = {value}"));
        let reference = if draft.commit.is_empty() { draft.branch.clone() } else { draft.commit.clone() };
        let shared = if template.is_shared { "shared" } else { "private" };
        (
            template.name.clone(),
            reference,
            draft.entry_point.clone(),
            given.collect::<Vec<_>>().join(", "),
            draft.data_version.clone(),
            draft.backend_config_yaml.clone(),
            shared.to_owned(),
        )
    };
    let (before, now) = (of(before), of(now));
    differences([
        ("name", before.0, now.0),
        ("branch, tag or commit", before.1, now.1),
        ("entry point", before.2, now.2),
        ("choice of parameters", before.3, now.3),
        ("version of the data", before.4, now.4),
        ("backend config", before.5, now.5),
        ("visibility", before.6, now.6),
    ])
}

//! What is known of how a run came about, from whoever told it. Pure.

use models::code::Platform;
use models::run::{KeyValue, Run};
use serde_json::Value;

/// What is known of how a run came about.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Source {
    /// Where the code lies.
    pub(super) uri: Option<String>,
    /// Who hosts it.
    pub(super) platform: Option<Platform>,
    /// The commit of the code.
    pub(super) commit: Option<String>,
    /// The branch of the code.
    pub(super) branch: Option<String>,
    /// Whether the code had changes that were not committed; `None` when nobody looked.
    pub(super) is_dirty: Option<bool>,
    /// Those changes.
    pub(super) diff: Option<String>,
    /// The folder of the MLproject file in the code; empty for its root.
    pub(super) folder: String,
    /// The way to the MLproject file in the code, as it was submitted.
    pub(super) project_file: Option<String>,
    /// The entry point of the MLproject.
    pub(super) entry_point: Option<String>,
    /// The program, where no entry point was started.
    pub(super) program: Option<String>,
    /// What the entry point was given.
    pub(super) parameters: Vec<(String, String)>,
    /// Whether these are all parameters that were logged, because nobody told which of them the entry point was given.
    pub(super) are_all_logged: bool,
}

impl Source {
    /// What a run and its tags tell; the run itself is believed first.
    pub(super) fn of(run: &Run, tags: &[KeyValue], logged: &[KeyValue]) -> Self {
        let tag = |key: &str| {
            let tag = tags.iter().find(|tag| tag.key == key)?;
            Some(tag.value.clone()).filter(|value| !value.trim().is_empty())
        };
        let code = run.code_repository.as_ref();
        let own = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let is_project = tag("mlflow.source.type").as_deref() == Some("PROJECT");
        let program = tag("mlflow.source.name").filter(|_| !is_project);
        let entry_point = own(&run.entry_point).or_else(|| tag("mlflow.project.entryPoint"));
        let given = run
            .mlflow_parameters
            .as_ref()
            .map(|given| given.iter().map(|(key, value)| (key.clone(), plain(value))).collect::<Vec<_>>());
        let project_file = own(&run.mlflow_mlproject_file_path);
        let logged = || logged.iter().map(|line| (line.key.clone(), line.value.clone())).collect();
        Self {
            uri: code.map(|code| code.uri.clone()).or_else(|| tag("mlflow.source.git.repoURL")),
            platform: code.map(|code| code.platform.clone()),
            commit: own(&run.commit).or_else(|| tag("mlflow.source.git.commit")),
            branch: own(&run.branch).or_else(|| tag("mlflow.source.git.branch")),
            is_dirty: tag("mlflow.source.git.dirty").map(|dirty| dirty.eq_ignore_ascii_case("true")),
            diff: tag("mlflow.source.git.diff"),
            folder: project_file.as_deref().map(folder).unwrap_or_default(),
            project_file,
            are_all_logged: given.is_none() && entry_point.is_some(),
            parameters: given.unwrap_or_else(logged),
            entry_point,
            program,
        }
    }

    /// The commit, or the branch where no commit is known.
    pub(super) fn version(&self) -> Option<&str> {
        self.commit.as_deref().or(self.branch.as_deref())
    }

    /// What cannot be said of the run, a sentence each.
    pub(super) fn unknown(&self, run: &Run, has_inputs: bool) -> Vec<String> {
        let mut unknown = Vec::new();
        if self.uri.is_none() {
            unknown.push("Where the code lies was not logged.".to_owned());
        }
        match (&self.commit, &self.branch) {
            (Some(_), _) => {}
            (None, Some(branch)) => {
                unknown.push(format!("No commit was logged; the branch {branch} may have moved on since."));
            }
            (None, None) => unknown.push("No commit was logged; the code may have changed since.".to_owned()),
        }
        match self.is_dirty {
            Some(true) if self.diff.is_some() => {
                unknown.push("The code had changes that were not committed; they stand below.".to_owned());
            }
            Some(true) => {
                unknown.push(
                    "The code had changes that were not committed, and they were not logged.".to_owned(),
                );
            }
            Some(false) => {}
            None if self.commit.is_some() => {
                unknown
                    .push("Whether the code had changes that were not committed was not logged.".to_owned());
            }
            None => {}
        }
        if self.entry_point.is_none() {
            unknown.push("How the program was called was not logged.".to_owned());
        }
        match (&run.data_repository, &run.data_commit) {
            (Some(_), None) => unknown.push("Which version of the data it read was not logged.".to_owned()),
            (None, None) if !has_inputs => unknown.push("Which data it read was not logged.".to_owned()),
            (_, Some(_)) | (None, None) => {}
        }
        unknown
    }
}

/// The folder of an MLproject file; a path that ends otherwise is one.
fn folder(path: &str) -> String {
    let path = path.trim_start_matches("./").trim_matches('/');
    let folder = path.strip_suffix("MLproject").map_or(path, |folder| folder.trim_end_matches('/'));
    if folder == "." { String::new() } else { folder.to_owned() }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::folder;

    #[test]
    fn an_mlproject_is_named_by_its_file_or_its_folder() {
        for (path, expected) in
            [("wine/MLproject", "wine"), ("MLproject", ""), ("a/b/", "a/b"), (".", ""), ("./a", "a")]
        {
            assert_eq!(folder(path), expected, "{path}");
        }
    }
}

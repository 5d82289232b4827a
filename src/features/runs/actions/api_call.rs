//! The question of the table as a call of the REST API, to be put elsewhere. Pure.

use models::paths;
use models::query::RunQuery;
use models::run_table::{GroupPageRequest, RunPageRequest, TableScope};
use serde_json::{Map, Value};

use crate::features::runs::address::RunsUrl;

/// The token that the calls send is taken from this variable of the environment.
pub(super) const TOKEN: &str = "MANTIK_TOKEN";
/// As many as the server gives at once.
const LIMIT: u64 = 200;

/// A call of the REST API that answers what the table shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiCall {
    path: String,
    body: Value,
}

impl ApiCall {
    /// Asks for the first groups where the table is grouped, else for the first runs.
    pub(crate) fn of(scope: TableScope, url: &RunsUrl, query: RunQuery) -> Self {
        let (within, offset, limit, lifecycle_stage) = (Vec::new(), 0, LIMIT, url.stage());
        // Plain data becomes JSON whatever it holds.
        let (path, body) = if query.group_by.is_empty() {
            let request = RunPageRequest { query, within, offset, limit, lifecycle_stage };
            (
                scope.project().map_or_else(paths::all_runs_search, paths::runs_search),
                serde_json::to_value(request).unwrap_or_default(),
            )
        } else {
            let request = GroupPageRequest { query, within, offset, limit, lifecycle_stage };
            (
                scope.project().map_or_else(paths::all_runs_groups, paths::runs_groups),
                serde_json::to_value(request).unwrap_or_default(),
            )
        };
        Self { path, body: without_empty(body) }
    }

    /// The call for a shell.
    pub(super) fn curl(&self, origin: &str) -> String {
        let body = format!("{:#}", self.body).replace('\'', r"'\''");
        format!(
            "curl -X POST '{origin}{}' \\\n    -H \"Authorization: Bearer ${TOKEN}\" \\\n    -H 'Content-Type: application/json' \\\n    -d '{body}'\n",
            self.path
        )
    }

    /// The call in Python, with the package `requests`.
    pub(super) fn python(&self, origin: &str) -> String {
        let body = literal(&self.body, 1);
        format!(
            "import os\n\nimport requests\n\nanswer = requests.post(\n    \"{origin}{}\",\n    headers={{\"Authorization\": f\"Bearer {{os.environ['{TOKEN}']}}\"}},\n    json={body},\n)\nanswer.raise_for_status()\npage = answer.json()\n",
            self.path
        )
    }
}

/// Leaves out what is as if it were not there.
fn without_empty(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let is_told = |value: &Value| match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Number(number) => number.as_u64() != Some(0),
        Value::Bool(is) => *is,
        Value::Null => false,
        Value::Object(_) => true,
    };
    let members = members.into_iter().filter(|(_, value)| is_told(value));
    Value::Object(members.map(|(name, value)| (name, without_empty(value))).collect::<Map<_, _>>())
}

/// The value as Python writes it, `depth` levels further in.
fn literal(value: &Value, depth: usize) -> String {
    let (inner, outer) = ("    ".repeat(depth + 1), "    ".repeat(depth));
    let lines = |open: char, lines: Vec<String>, close: char| {
        let lines: String = lines.iter().map(|line| format!("{inner}{line},\n")).collect();
        format!("{open}\n{lines}{outer}{close}")
    };
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        // JSON writes both as Python does.
        Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(items) => lines('[', items.iter().map(|item| literal(item, depth + 1)).collect(), ']'),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), literal(value, depth + 1))
            };
            lines('{', members.iter().map(member).collect(), '}')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::query::{Attribute, Field, SortKey};

    const ORIGIN: &str = "https://mantik.example.org";
    const PROJECT: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

    fn call(group_by: Vec<Field>) -> ApiCall {
        let Ok(project) = PROJECT.parse() else { panic!("an id") };
        let loss = Field::Metric("loss".to_owned());
        let query = RunQuery {
            filter: "params.\"it's\" = 'a'".to_owned(),
            group_by,
            sort: vec![SortKey { field: loss.clone(), descending: true }],
            columns: vec![loss],
        };
        ApiCall::of(TableScope::Project(project), &RunsUrl::default(), query)
    }

    #[test]
    fn a_shell_sends_the_question_as_it_is() {
        let curl = call(Vec::new()).curl(ORIGIN);
        let begin = format!("curl -X POST '{ORIGIN}/api/projects/{PROJECT}/runs/search' \\\n");
        assert!(curl.starts_with(&begin), "{curl}");
        let body = curl.split_once("-d '").and_then(|(_, body)| body.strip_suffix("'\n"));
        let body: Value = body
            .map(|body| body.replace(r"'\''", "'"))
            .and_then(|body| serde_json::from_str(&body).ok())
            .unwrap_or_default();
        let expected = serde_json::json!({
            "lifecycleStage": "active", "limit": 200,
            "query": {
                "filter": "params.\"it's\" = 'a'", "columns": ["metrics.loss"],
                "sort": [{"field": "metrics.loss", "descending": true}],
            },
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn python_gets_its_own_words() {
        let python = call(vec![Field::Attribute(Attribute::Data)]).python(ORIGIN);
        assert!(
            python.contains(&format!("    \"{ORIGIN}/api/projects/{PROJECT}/runs/groups\",\n")),
            "{python}"
        );
        assert!(python.contains("\"descending\": True,\n"), "{python}");
        assert!(python.contains("\"filter\": \"params.\\\"it's\\\" = 'a'\",\n"), "{python}");
        assert!(python.contains("\"groupBy\": [\n                \"data\",\n            ],\n"), "{python}");
        assert!(python.ends_with("    },\n)\nanswer.raise_for_status()\npage = answer.json()\n"), "{python}");
    }
}

//! The same prediction from a program. Pure.

use models::deployment::PredictionRequest;
use serde_json::Value;

use crate::ui::Choice;
use crate::widgets::shell_words::quote;

/// Where the token is taken from: never from here.
const TOKEN: &str = "MANTIK_TOKEN";

/// What a snippet is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Curl,
    Python,
    Mantik,
}

impl Language {
    pub(super) fn choices() -> Vec<Choice<Self>> {
        vec![
            Choice::new(Self::Curl, "curl"),
            Choice::new(Self::Python, "Python"),
            Choice::new(Self::Mantik, "mantik"),
        ]
    }

    /// What the code block is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Curl => "Shell",
            Self::Python => "Python, with requests",
            Self::Mantik => "Python, with the mantik client",
        }
    }

    /// The request as a program that asks at `url`.
    pub(super) fn snippet(self, url: &str, request: &PredictionRequest) -> String {
        match self {
            Self::Curl => curl(url, request),
            Self::Python => {
                let token = format!("os.environ[\"{TOKEN}\"]");
                python(&["import os", "", "import requests"], url, &token, request)
            }
            Self::Mantik => python(
                &["import requests", "from mantik.authentication.auth import get_valid_access_token"],
                url,
                "get_valid_access_token()",
                request,
            ),
        }
    }
}

fn curl(url: &str, request: &PredictionRequest) -> String {
    let body = quote(&serde_json::to_string(request).unwrap_or_default());
    let url = quote(url);
    format!(
        "curl {url} \\\n  --header \"Authorization: Bearer ${TOKEN}\" \\\n  --header 'Content-Type: application/json' \\\n  --data {body}\n"
    )
}

fn python(imports: &[&str], url: &str, token: &str, request: &PredictionRequest) -> String {
    let body = literal(&Value::Object(request.0.clone()));
    let (imports, url) = (imports.join("\n"), Value::from(url));
    format!(
        "{imports}\n\nanswer = requests.post(\n    {url},\n    headers={{\"Authorization\": \"Bearer \" + {token}}},\n    json={body},\n    timeout=60,\n)\nanswer.raise_for_status()\nprint(answer.json())\n"
    )
}

/// The value as Python writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        // JSON writes both as Python does.
        Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), literal(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const URL: &str = "https://mantik.example.org/api/projects/p/deployments/d/predict";

    fn snippet(language: Language) -> String {
        let request = json!({"dataframe_split": {"columns": ["it's"], "data": [[1.5], [null], [true]]}});
        let Value::Object(request) = request else { panic!("no object") };
        language.snippet(URL, &PredictionRequest(request))
    }

    #[test]
    fn a_shell_sends_the_request_as_it_is() {
        let curl = snippet(Language::Curl);
        let body = r#"--data '{"dataframe_split":{"columns":["it'\''s"],"data":[[1.5],[null],[true]]}}'"#;
        assert!(curl.starts_with(&format!("curl {URL} \\\n")) && curl.contains(body), "{curl}");
    }

    #[test]
    fn python_gets_its_own_words_and_no_secret() {
        let body = r#"json={"dataframe_split": {"columns": ["it's"], "data": [[1.5], [None], [True]]}},"#;
        for (language, token) in [
            (Language::Python, "os.environ[\"MANTIK_TOKEN\"]"),
            (Language::Mantik, "get_valid_access_token()"),
        ] {
            let python = snippet(language);
            assert!(python.contains(body), "{python}");
            assert!(python.contains(&format!("\"Bearer \" + {token}}}")), "{python}");
        }
    }
}

//! Whole addresses: where the server is, and the query behind the path.

use serde::Serialize;
use serde_json::Value;

/// What stands behind the `?` of an address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// No query.
    #[must_use]
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// Adds the properties of a flat record; those that are missing or `null` are left out.
    #[must_use]
    pub(crate) fn with(mut self, record: &impl Serialize) -> Self {
        if let Ok(Value::Object(properties)) = serde_json::to_value(record) {
            self.0.extend(properties.into_iter().filter_map(|(name, value)| Some((name, plain(value)?))));
        }
        self
    }

    /// Adds one parameter.
    #[must_use]
    pub(crate) fn and(mut self, name: &str, value: impl ToString) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// A path with this query behind it.
    #[must_use]
    pub(super) fn behind(&self, path: &str) -> String {
        let mark = if self.0.is_empty() { "" } else { "?" };
        format!("{path}{mark}{}", self.encoded())
    }

    fn encoded(&self) -> String {
        let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
        let pairs = self.0.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

fn plain(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Some(other.to_string())
        }
    }
}

/// The whole address of `path`. The page names another server in `<meta name="api-base">`, or is served by it.
#[must_use]
pub(crate) fn address(path: &str, query: &Query) -> String {
    on_server(&query.behind(path))
}

/// The whole address of a path that has its query behind it.
pub(super) fn on_server(path: &str) -> String {
    let base = api_base().unwrap_or_default();
    format!("{}{path}", base.trim_end_matches('/'))
}

fn api_base() -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector("meta[name=api-base]").ok()??.get_attribute("content")
}

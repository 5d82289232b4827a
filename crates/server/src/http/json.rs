//! JSON bodies, in and out.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use models::problem::FieldProblem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::body::Whole;
use crate::error::Error;

/// How deep objects and arrays may lie in each other.
const MAX_DEPTH: usize = 32;

/// A JSON body. A request that holds something else is refused with the way to the field that is wrong.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Error::UnsupportedMediaType);
        }
        let Whole(body) = Whole::from_request(request, state).await?;
        parse(&body).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Error::internal(error).into_response(),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Reads a value.
///
/// # Errors
/// [`Error::BadRequest`] when it is no JSON, or lies too deep; [`Error::Invalid`] when it is another value.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    if depth(body) > MAX_DEPTH {
        return Err(Error::BadRequest(format!(
            "Put at most {MAX_DEPTH} objects and arrays into each other."
        )));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().clone();
        refuse(&path, &error.into_inner())
    })?;
    deserializer.end().map_err(|error| no_json(&error))?;
    Ok(value)
}

/// How deep the deepest value lies, counted without trusting that the text is JSON.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in body {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'[' | b'{') => depth += 1,
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn no_json(error: &serde_json::Error) -> Error {
    Error::BadRequest(format!("This is no JSON: {error}."))
}

fn refuse(path: &Path, error: &serde_json::Error) -> Error {
    if error.classify() != Category::Data {
        return no_json(error);
    }
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message);
    let mut loc: Vec<String> = vec!["body".to_owned()];
    loc.extend(path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    }));
    let named = |start: &str| message.strip_prefix(start)?.split('`').nth(1).map(str::to_owned);
    let (msg, kind) = if let Some(field) = named("missing field ") {
        loc.push(field);
        ("enter a value".to_owned(), "missing")
    } else if let Some(field) = named("unknown field ") {
        loc.retain(|segment| *segment != field);
        loc.push(field);
        ("there is no such field; leave it out".to_owned(), "extra_forbidden")
    } else if let (Some(field), Some((_, rest))) = (named("field "), message.split_once("`: ")) {
        loc.push(field);
        (rest.to_owned(), "value_error")
    } else {
        (message.to_owned(), "value_error")
    };
    Error::Invalid(vec![FieldProblem { loc, msg, kind: kind.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[allow(dead_code, reason = "only its reading is of interest")]
        numbers: Vec<u8>,
    }

    #[test]
    fn a_refusal_names_the_way_to_the_field() {
        check(r#"{"numbers": [1, 300]}"#, &["body", "numbers", "1"]);
        check("{}", &["body", "numbers"]);
        check(r#"{"numbers": [], "colour": 1}"#, &["body", "colour"]);
    }

    #[test]
    fn what_is_no_json_is_a_bad_request() {
        for text in ["", "{", "{\"numbers\": []} x", "\u{feff}{}", "nul"] {
            assert!(matches!(parse::<Sample>(text.as_bytes()), Err(Error::BadRequest(_))), "{text:?}");
        }
    }

    #[test]
    fn values_lie_at_most_32_deep() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse::<serde_json::Value>(nested(32).as_bytes()).is_ok());
        assert!(parse::<serde_json::Value>(nested(33).as_bytes()).is_err());
        assert!(
            parse::<serde_json::Value>(format!("{:?}", nested(99)).as_bytes()).is_ok(),
            "brackets in a text"
        );
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let Err(Error::Invalid(fields)) = parse::<Sample>(text.as_bytes()) else { panic!("{text} was read") };
        assert_eq!(fields[0].loc, expected);
    }
}

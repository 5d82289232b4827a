//! What MLflow allows clients to log, in MLflow's own words.

use models::run::KeyValue;
use serde_json::Value;

use super::error::TrackingError;
use super::wire::{Dataset, MetricBody, Pair};

const MAX_METRICS: usize = 1000;
const MAX_PARAMETERS: usize = 100;
const MAX_TAGS: usize = 100;
const MAX_ENTITIES: usize = 1000;
const MAX_KEY: usize = 250;
const MAX_PARAMETER: usize = 6000;
const MAX_TAG: usize = 8000;
const MAX_EXPERIMENT_NAME: usize = 500;
const MAX_EXPERIMENT_TAG: usize = 20_000;
/// The last millisecond of the year 9999.
const MAX_TIME: i64 = models::time::UnixMillis::MAX.0;

type Checked<T> = Result<T, TrackingError>;

/// Refuses batches of more than MLflow allows.
pub(super) fn batch_size(n_metrics: usize, n_parameters: usize, n_tags: usize) -> Checked<()> {
    let limits = [
        ("metrics", n_metrics, MAX_METRICS),
        ("params", n_parameters, MAX_PARAMETERS),
        ("tags", n_tags, MAX_TAGS),
        ("metrics, params, and tags", n_metrics + n_parameters + n_tags, MAX_ENTITIES),
    ];
    match limits.into_iter().find(|(_, n, limit)| n > limit) {
        None => Ok(()),
        Some((name, n, limit)) => Err(TrackingError::invalid(format!(
            "A batch logging request can contain at most {limit} {name}. Got {n} {name}. Please split up {name} across \
             multiple requests and try again."
        ))),
    }
}

/// A point of a metric.
pub(super) fn metric(metric: &MetricBody, path: &str) -> Checked<()> {
    name(&metric.key, &format!("{path}name"))?;
    if metric.value.is_none() {
        return Err(TrackingError::required(&format!("{path}value")));
    }
    if !(0..=MAX_TIME).contains(&metric.timestamp) {
        return Err(value(
            &format!("{path}timestamp"),
            metric.timestamp,
            &format!("metric '{}'. Timestamp must be a nonnegative long (64-bit integer) ", metric.key),
        ));
    }
    length("Metric name", MAX_KEY, &metric.key)
}

/// A parameter. What is too long is cut off, as MLflow does unless it is told otherwise.
pub(super) fn parameter(pair: Pair, path: &str) -> Checked<KeyValue> {
    name(&pair.key, &format!("{path}key"))?;
    length("Param key", MAX_KEY, &pair.key)?;
    Ok(KeyValue { key: pair.key, value: cut(text(pair.value, path)?, MAX_PARAMETER) })
}

/// The tag that holds the name of a run.
pub(super) const RUN_NAME: &str = "mlflow.runName";

/// A tag of a run. What is too long is cut off, as MLflow does unless it is told otherwise.
pub(super) fn tag(pair: Pair, path: &str) -> Checked<KeyValue> {
    name(&pair.key, &format!("{path}key"))?;
    length(&format!("{path}key"), MAX_KEY, &pair.key)?;
    let value = text(pair.value, path)?;
    // It becomes the name of the run.
    let value = if pair.key == RUN_NAME { run_name(&value) } else { cut(value, MAX_TAG) };
    Ok(KeyValue { key: pair.key, value })
}

/// A tag of an experiment.
pub(super) fn experiment_tag(pair: Pair) -> Checked<KeyValue> {
    name(&pair.key, "key")?;
    length("key", MAX_KEY, &pair.key)?;
    length("value", MAX_EXPERIMENT_TAG, &pair.value)?;
    Ok(KeyValue { key: pair.key, value: text(pair.value, "")? })
}

/// A data set that a run read.
pub(super) fn dataset(dataset: &Dataset) -> Checked<()> {
    const LIMITS: [usize; 6] = [500, 36, 65_535, 65_535, 1_048_575, 16_777_215];
    let fields = [
        ("name", &dataset.name),
        ("digest", &dataset.digest),
        ("source_type", &dataset.source_type),
        ("source", &dataset.source),
        ("schema", &dataset.schema),
        ("profile", &dataset.profile),
    ];
    for ((field, value), limit) in fields.into_iter().zip(LIMITS) {
        if value.is_empty() && !matches!(field, "schema" | "profile") {
            return Err(TrackingError::invalid(format!("Dataset {field} cannot be None")));
        }
        length(field, limit, value)?;
        if matches!(field, "name" | "digest" | "source_type") {
            visible(&format!("Dataset {field}"), value)?;
        } else if value.contains('\0') {
            return Err(text_error(&format!("{field} "), value));
        }
    }
    Ok(())
}

/// The name of an experiment.
pub(super) fn experiment_name(name: String) -> Checked<String> {
    if name.trim().is_empty() {
        return Err(TrackingError::invalid(format!("Invalid experiment name: '{name}'")));
    }
    length("name", MAX_EXPERIMENT_NAME, &name)?;
    visible("experiment name", &name)?;
    Ok(name)
}

/// The name of a run; what no line can hold is left out, because a run must not fail for it.
pub(super) fn run_name(name: &str) -> String {
    models::text::visible(name).chars().take(MAX_KEY).collect()
}

/// Refuses what reorders, hides or breaks a line of text.
pub(super) fn visible(what: &str, text: &str) -> Checked<()> {
    match text.chars().position(models::text::is_invisible) {
        None => Ok(()),
        Some(position) => Err(TrackingError::invalid(format!(
            "Invalid {what}: remove the control or text-direction character at position {}.",
            position + 1
        ))),
    }
}

/// A key is written once in a batch.
pub(super) fn unique_parameters(parameters: &[KeyValue]) -> Checked<()> {
    let mut keys = std::collections::HashSet::new();
    let twice: Vec<String> = parameters
        .iter()
        .filter(|pair| !keys.insert(&pair.key))
        .map(|pair| format!("'{}'", pair.key))
        .collect();
    if twice.is_empty() {
        return Ok(());
    }
    Err(TrackingError::invalid(format!(
        "Duplicate parameter keys have been submitted: [{}]. Please ensure the request contains only one param value per \
         param key.",
        twice.join(", ")
    )))
}

fn name(name: &str, path: &str) -> Checked<()> {
    if name.is_empty() {
        return Err(value(path, "", "A key name must be provided."));
    }
    let is_allowed = |character: char| character.is_alphanumeric() || "_-. :/".contains(character);
    if !name.chars().all(is_allowed) {
        let reason = "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) \
                      and slashes (/).";
        return Err(value(path, name, reason));
    }
    if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        let reason = "Names may be treated as files in certain cases, and must not resolve to other names when treated as \
                      such.";
        return Err(value(path, name, reason));
    }
    Ok(())
}

fn value(path: &str, value: impl Into<Value>, reason: &str) -> TrackingError {
    TrackingError::invalid(format!(
        "Invalid value {} for parameter '{path}' supplied: {reason}",
        value.into()
    ))
}

fn length(name: &str, limit: usize, text: &str) -> Checked<()> {
    if text.chars().count() > limit {
        return Err(TrackingError::invalid(format!(
            "'{name}' exceeds the maximum length of {limit} characters"
        )));
    }
    Ok(())
}

/// PostgreSQL cannot keep the character that C ends texts with.
fn text(text: String, path: &str) -> Checked<String> {
    if text.contains('\0') { Err(text_error(path, &text)) } else { Ok(text) }
}

fn text_error(path: &str, text: &str) -> TrackingError {
    value(&format!("{path}value"), text, "Values must not contain the character with the code 0.")
}

fn cut(text: String, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_a_file_could_have() {
        for good in ["loss", "val/loss.mean of all", "a:b", "é", "...", "a-b_c"] {
            assert_eq!(name(good, "key"), Ok(()), "{good}");
        }
        for bad in ["", "a#b", "a\nb", "/a", "a/", "a//b", "../a", "a/./b", "..", "a\\b", "a\0"] {
            assert!(name(bad, "key").is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_batch_has_its_limits() {
        assert_eq!(batch_size(800, 100, 100), Ok(()));
        for (metrics, parameters, tags) in [(1001, 0, 0), (0, 101, 0), (0, 0, 101), (801, 100, 100)] {
            assert!(batch_size(metrics, parameters, tags).is_err());
        }
    }

    #[test]
    fn what_is_too_long_is_cut_or_refused() {
        let pair = |key: usize, value: usize| Pair { key: "k".repeat(key), value: "é".repeat(value) };
        assert_eq!(parameter(pair(250, 6001), "").unwrap().value.chars().count(), 6000);
        assert_eq!(tag(pair(250, 8000), "").unwrap().value.chars().count(), 8000);
        assert!(parameter(pair(251, 1), "").is_err() && tag(pair(251, 1), "").is_err());
        assert!(experiment_tag(pair(1, 20_001)).is_err());
        assert!(experiment_name("n".repeat(500)).is_ok() && experiment_name("n".repeat(501)).is_err());
    }

    #[test]
    fn a_parameter_is_in_a_batch_once() {
        let pair = |key: &str| KeyValue { key: key.to_owned(), value: String::new() };
        assert!(unique_parameters(&[pair("a"), pair("b")]).is_ok());
        let error = unique_parameters(&[pair("a"), pair("a")]).unwrap_err();
        assert!(
            error.message.starts_with("Duplicate parameter keys have been submitted: ['a']"),
            "{error:?}"
        );
    }

    #[test]
    fn no_name_turns_hides_or_breaks_a_line() {
        let deceiving = "exe.\u{202E}gpj\u{2028}";
        assert_eq!(run_name(deceiving), "exe.gpj");
        let tagged = Pair { key: RUN_NAME.to_owned(), value: deceiving.to_owned() };
        assert_eq!(tag(tagged, "").unwrap().value, "exe.gpj");
        assert!(experiment_name(deceiving.to_owned()).is_err());
        let dataset = |name: &str| {
            let field = |text: &str| text.to_owned();
            let (digest, source_type, source) = (field("1"), field("local"), field("{}"));
            super::dataset(&Dataset { name: field(name), digest, source_type, source, ..Dataset::default() })
        };
        assert!(dataset("wine").is_ok() && dataset(deceiving).is_err());
    }
}

//! The answer that holds runs as one file, read from the store piece by piece while it is sent.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use models::query::{Attribute, Field};
use models::run::RunExportRequest;

use super::export_format::Writer;
use super::name;
use crate::store::{ExportNames, Projects, Store, StoreError};

/// How many runs are read at once at most.
const MOST_RUNS: usize = 500;
/// How many characters their values may have at most.
const MOST_CHARACTERS: usize = 8 * 1024 * 1024;

/// What is still to be sent.
struct Rest {
    store: Store,
    fields: Vec<Field>,
    names: ExportNames,
    writer: Writer,
    numbers: std::vec::IntoIter<i64>,
    is_ended: bool,
}

/// A file of runs. Where reading them fails on the way the connection is broken off, so nobody takes a part for the
/// whole.
///
/// # Errors
/// [`StoreError`]
pub async fn runs(
    file_name: &str,
    store: Store,
    projects: &Projects,
    request: RunExportRequest,
) -> Result<Response, StoreError> {
    let numbers = store.export_order(projects, &request).await?.into_iter();
    let mut fields: Vec<Field> = Vec::new();
    for field in request.columns {
        // The id stands in front anyway.
        if field != Field::Attribute(Attribute::RunId) && !fields.contains(&field) {
            fields.push(field);
        }
    }
    let writer = Writer::new(request.format, &fields);
    let rest = Rest { store, fields, names: ExportNames::default(), writer, numbers, is_ended: false };
    let headers = [
        (header::CONTENT_TYPE, request.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name::disposition(file_name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    let body = Body::from_stream(stream::try_unfold(rest, |rest| async { rest.next().await }));
    Ok((headers, body).into_response())
}

impl Rest {
    /// The next piece of the file.
    async fn next(mut self) -> Result<Option<(String, Self)>, StoreError> {
        if self.is_ended {
            return Ok(None);
        }
        let numbers: Vec<i64> = self.numbers.by_ref().take(runs_at_once(&self.fields)).collect();
        let text = if numbers.is_empty() {
            self.is_ended = true;
            self.writer.end()
        } else {
            let rows = self.store.export_rows(&numbers, &self.fields, &mut self.names).await?;
            self.writer.rows(&rows.run_ids, &rows.columns)
        };
        Ok(Some((text, self)))
    }
}

/// How many runs are read at once, so that their values are few enough whatever they hold.
fn runs_at_once(fields: &[Field]) -> usize {
    let longest: usize = fields.iter().map(longest).sum();
    (MOST_CHARACTERS / longest.max(1)).clamp(1, MOST_RUNS)
}

/// How many characters a value of a field may have, about.
fn longest(field: &Field) -> usize {
    match field {
        _ if field.is_note() => 65_536,
        Field::Metric(_) => 32,
        Field::Parameter(_) => 6000,
        Field::Tag(_) | Field::Attribute(Attribute::Branch | Attribute::Commit | Attribute::Label) => 8000,
        Field::Attribute(_) => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_runs_are_read_at_once_where_each_may_hold_much() {
        let fields = |name: &str, n: usize| (0..n).map(|n| format!("{name}{n}").parse().unwrap()).collect();
        let at_once = |fields: Vec<Field>| runs_at_once(&fields);
        assert_eq!(at_once(Vec::new()), MOST_RUNS);
        assert_eq!(at_once(fields("metrics.m", 200)), MOST_RUNS);
        assert_eq!(at_once(fields("params.p", 200)), 6);
        assert_eq!(at_once(vec!["note".parse().unwrap()]), 128);
    }
}

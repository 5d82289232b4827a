//! The answer that holds runs as one file, read from the store piece by piece while it is sent.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use models::query::{Attribute, Field};
use models::run::RunExportRequest;

use super::export_format::Writer;
use super::name;
use crate::store::{Projects, Store, StoreError};

/// How many runs are read at once: with two hundred columns some megabytes.
const PIECE: usize = 500;

/// What is still to be sent.
struct Rest {
    store: Store,
    fields: Vec<Field>,
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
    let rest = Rest { store, fields, writer, numbers, is_ended: false };
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
        let numbers: Vec<i64> = self.numbers.by_ref().take(PIECE).collect();
        let text = if numbers.is_empty() {
            self.is_ended = true;
            self.writer.end()
        } else {
            let rows = self.store.export_rows(&numbers, &self.fields).await?;
            self.writer.rows(&rows.run_ids, &rows.columns)
        };
        Ok(Some((text, self)))
    }
}

//! The answer that holds the bytes of an artifact.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, IntoResponseParts, Response};
use std::fmt::Write as _;
use std::io::SeekFrom;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::{name, range, range::Part};
use crate::blobs::{BlobError, Blobs};
use crate::store::ArtifactRecord;

const CHUNK: usize = 256 * 1024;

/// An artifact on its way out: the bytes that the request asks for, under headers that keep a browser from running
/// them.
#[derive(Debug)]
pub struct Download {
    artifact: ArtifactRecord,
    part: Part,
    etag: String,
}

impl Download {
    /// What the headers of a request ask for of this artifact.
    #[must_use]
    pub fn new(artifact: ArtifactRecord, request: &HeaderMap) -> Self {
        let mut etag = String::from("\"");
        for byte in &artifact.sha256 {
            // Writing to a text cannot fail.
            let _ = write!(etag, "{byte:02x}");
        }
        etag.push('"');
        let text = |name| request.get(name).and_then(|value| value.to_str().ok());
        let is_changed = text(header::IF_RANGE).is_some_and(|known| known != etag);
        let part = match text(header::RANGE) {
            Some(range) if !is_changed => range::part(range, artifact.size),
            _ => Part::Whole,
        };
        Self { artifact, part, etag }
    }

    /// The answer.
    ///
    /// # Errors
    /// [`BlobError::Disk`] when the bytes are not where they were put.
    pub async fn open(self, blobs: &Blobs) -> Result<Response, BlobError> {
        let size = self.artifact.size;
        let (first, length) = match self.part {
            Part::Whole => (0, size),
            Part::Between(first, last) => (first, last - first + 1),
            Part::Nowhere => {
                let range = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
                return Ok((StatusCode::RANGE_NOT_SATISFIABLE, range).into_response());
            }
        };
        let mut file = blobs.open(&self.artifact.sha256).await?;
        if first > 0 {
            file.seek(SeekFrom::Start(first)).await?;
        }
        let body = Body::from_stream(ReaderStream::with_capacity(file.take(length), CHUNK));
        let mut response = (self.headers(length), body).into_response();
        if let Part::Between(first, last) = self.part {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("bytes {first}-{last}/{size}");
            response
                .headers_mut()
                .extend([(header::CONTENT_RANGE, range.parse().map_err(std::io::Error::other)?)]);
        }
        Ok(response)
    }

    fn headers(&self, length: u64) -> impl IntoResponseParts + use<> {
        let file_name = self.artifact.path.rsplit('/').next().unwrap_or_default();
        axum::response::AppendHeaders([
            (header::CONTENT_TYPE, name::media_type(file_name).to_owned()),
            (header::CONTENT_LENGTH, length.to_string()),
            (header::CONTENT_DISPOSITION, name::disposition(file_name)),
            (
                header::CONTENT_SECURITY_POLICY,
                "sandbox; default-src 'none'; frame-ancestors 'none'".to_owned(),
            ),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
            (header::ACCEPT_RANGES, "bytes".to_owned()),
            (header::ETAG, self.etag.clone()),
        ])
    }
}

//! Compresses answers that are text.

use axum::http::{HeaderMap, header};
use tower_http::compression::{CompressionLayer, Predicate};

/// Below this many bytes, compressing costs more than it saves.
const MIN_BYTES: u64 = 1024;

/// Compresses answers that are text and not compressed yet; never a stream of events, and never an artifact.
#[must_use]
pub fn compression() -> CompressionLayer<IsText> {
    CompressionLayer::new().compress_when(IsText)
}

/// Chooses what is compressed.
#[derive(Debug, Clone, Copy)]
pub struct IsText;

impl Predicate for IsText {
    fn should_compress<B: http_body::Body>(&self, response: &axum::http::Response<B>) -> bool {
        let headers = response.headers();
        let is_small = response.body().size_hint().exact().is_some_and(|size| size < MIN_BYTES);
        !is_small && !headers.contains_key(header::CONTENT_DISPOSITION) && is_text(headers)
    }
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind != "text/event-stream"
        && (kind.starts_with("text/")
            || matches!(
                kind,
                "application/json" | "application/javascript" | "application/wasm" | "image/svg+xml"
            ))
}

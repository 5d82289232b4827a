//! Markdown.

use models::document::Document;

use super::{Query, Topic, read_when};
use crate::api;

/// A text as a tree; nothing is asked while there is none. It never goes stale.
pub fn document(text: impl Fn() -> Option<String> + Send + Sync + 'static) -> Query<Document> {
    read_when(|_| Topic::Markdown, api::markdown::render, text)
}

//! One search over everything that the person may see.

use models::search::SearchHits;

use super::{Query, Topic, read_when};
use crate::api;

/// What has `text` in its name; nothing is asked while there is none.
pub fn everything(text: impl Fn() -> Option<String> + Send + Sync + 'static) -> Query<SearchHits> {
    read_when(|_| Topic::Search, api::search::search, text)
}

//! The smallest messages: nothing, and a key with its value.

use models::run::KeyValue;
use serde::{Deserialize, Serialize};

/// An answer that says nothing.
#[derive(Debug, Clone, Copy, Serialize)]
pub(in crate::tracking) struct Nothing {}

/// A parameter or tag on its way in; MLflow leaves out what is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::tracking) struct Pair {
    pub(in crate::tracking) key: String,
    pub(in crate::tracking) value: String,
}

impl From<Pair> for KeyValue {
    fn from(pair: Pair) -> Self {
        Self { key: pair.key, value: pair.value }
    }
}

//! What a deployment was asked, and what came of it.

use serde::{Deserialize, Serialize};

use crate::id::PredictionId;
use crate::macros::open_enum;
use crate::page::Listed;
use crate::person::User;
use crate::time::UnixMillis;

open_enum! {
    /// What came of asking a deployment.
    PredictionOutcome {
        /// It answered.
        Answered = "ANSWERED",
        /// It did not, or not with a prediction.
        Failed = "FAILED",
    }
}

/// A prediction that a deployment was asked for, in brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AskedPrediction {
    /// Identifies it.
    pub prediction_id: PredictionId,
    /// Who asked, or in whose name the schedule did; `null` when there is no such person any more.
    pub user: Option<User>,
    /// Whether the schedule of the deployment asked.
    pub is_scheduled: bool,
    /// When it was asked.
    pub asked_at: UnixMillis,
    /// How long it took, in milliseconds.
    pub duration: u64,
    /// What came of it.
    pub outcome: PredictionOutcome,
    /// The beginning of what was asked.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub request_start: String,
    /// The beginning of what was answered, or why there is no answer.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub answer_start: String,
}

impl AskedPrediction {
    /// How many of a deployment are kept: the newest.
    pub const KEPT: u64 = 200;
    /// How many characters of request and answer the list tells.
    pub const START: usize = 200;
}

impl Listed for AskedPrediction {
    const PROPERTY: &'static str = "predictions";
}

/// A prediction that a deployment was asked for, with what was asked and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeptPrediction {
    /// It in brief.
    #[serde(flatten)]
    pub asked: AskedPrediction,
    /// What was asked, as JSON.
    pub request: KeptText,
    /// What was answered, as JSON, or why there is no answer.
    pub answer: KeptText,
}

/// A text of which only so much is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeptText {
    /// The text, or its beginning.
    pub text: String,
    /// How many bytes the whole text has; more than `text` where the rest is not kept.
    pub size: u64,
}

impl KeptText {
    /// How many bytes are kept.
    pub const MAX: usize = 64 * 1024;

    /// A text, or its beginning where it is too long to be kept.
    #[must_use]
    pub fn of(mut text: String) -> Self {
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        text.truncate(text.floor_char_boundary(Self::MAX));
        Self { text, size }
    }

    /// Whether its end is missing.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        u64::try_from(self.text.len()).is_ok_and(|kept| kept < self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_letters_and_says_so() {
        let whole = KeptText::of("x".repeat(KeptText::MAX));
        assert_eq!((whole.text.len(), whole.is_cut()), (KeptText::MAX, false));
        let cut = KeptText::of(format!("x{}", "ü".repeat(KeptText::MAX / 2)));
        assert_eq!((cut.text.len(), cut.size, cut.is_cut()), (KeptText::MAX - 1, 65_537, true));
    }
}
